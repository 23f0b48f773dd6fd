"""The share card of an article: made when it is live, another when it says something else, gone."""

import io
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from articles import share_cards
from articles.models import Article, Author, PublishedArticle, Section
from articles.models.kinds import ChangeKind
from articles.publishing import publish, restore, schedule, unpublish, withdraw
from articles.publishing.due import run_due
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.media import lab, typesetting
from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from newsroom.pages.models import SiteSettings
from tests.buckets import OwnBucket
from tests.media.conftest import drawing, encoded, upload
from tests.pages.heads import meta

Live = Callable[..., PublishedArticle]


@pytest.fixture
def picture(db: None) -> Picture:
    return accept(upload(encoded(drawing(1600, 1000))), alt_text="A red and a blue half")


@pytest.fixture(autouse=True)
def _paper(db: None) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": "The Courier"})


def card_of(client: Client, row: PublishedArticle) -> str:
    """The path of the card that the article's page names."""
    address = meta(client.get(row.get_absolute_url()))["og:image"]
    return address.removeprefix(settings.SITE_URL)


def opened(response: HttpResponse) -> Image.Image:
    assert response.status_code == 200
    return Image.open(io.BytesIO(b"".join(response.streaming_content)))


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT, "share").rglob("*") if path.is_file()]


def test_the_page_names_a_card_that_is_drawn_when_it_is_asked_for(
    client: Client, live: Live, picture: Picture
) -> None:
    row = live("Tram line opens", lead_picture=picture)
    told = meta(client.get(row.get_absolute_url()))
    address = card_of(client, row)
    assert files() == []
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert int(response["Content-Length"]) < 300_000
    image = opened(response)
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:type"] == "image/jpeg"
    assert told["og:image:alt"] == "City. Tram line opens. A red and a blue half"
    assert told["twitter:card"] == "summary_large_image"
    (kept,) = files()
    written = kept.stat().st_mtime_ns
    etag = response["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert kept.stat().st_mtime_ns == written


def test_the_headline_is_on_the_card(client: Client, live: Live) -> None:
    blank, told = (opened(client.get(card_of(client, live(words)))) for words in (".", "Trams"))
    box = (60, 110, 1140, 480)
    dark = [
        sum(pixel < 80 for pixel in image.convert("L").crop(box).tobytes())
        for image in (blank, told)
    ]
    assert dark[1] > 10 * dark[0] > 0


def test_a_corrected_headline_makes_another_card_and_the_old_address_leads_there(
    client: Client, live: Live
) -> None:
    row = live("Tarm line opens")
    old = card_of(client, row)
    opened(client.get(old))
    article = row.article
    article.headline = "Tram line opens"
    article.save()
    row = publish(article, by=None, revision=revise(article, by=None), change=ChangeKind.SILENT)
    new = card_of(client, row)
    assert new != old
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert "no-cache" in response["Cache-Control"]
    opened(client.get(new))
    assert [path.stem in new for path in files()] == [True], "the old card is deleted"


CHANGES: dict[str, Callable[[], Any]] = {
    "headline": lambda: PublishedArticle.objects.update(headline="Other"),
    "headline for sharing": lambda: PublishedArticle.objects.update(share_title="Other"),
    "kicker": lambda: PublishedArticle.objects.update(kicker="Other"),
    "section's name": lambda: Section.objects.update(name="Other"),
    "kind": lambda: PublishedArticle.objects.update(kind="analysis"),
    "focal point": lambda: Picture.objects.update(focus_x=0.1),
    "file of the picture": lambda: Picture.objects.update(token="0" * 32),
    "no picture": lambda: PublishedArticle.objects.update(lead_picture=None),
    "name of the paper": lambda: SiteSettings(name="Other").save(),
    "direction": lambda: PublishedArticle.objects.update(language="he"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_else_it_shows_makes_another_card(
    client: Client, live: Live, picture: Picture, change: str
) -> None:
    row = live(lead_picture=picture)
    before = card_of(client, row)
    assert card_of(client, row) == before
    CHANGES[change]()
    caches["local"].clear()
    assert card_of(client, row) != before


def test_what_it_does_not_show_makes_none(client: Client, live: Live) -> None:
    row = live()
    before = card_of(client, row)
    PublishedArticle.objects.update(standfirst="Other", body="<p>Other</p>", byline_line="Other")
    assert card_of(client, row) == before


def test_a_task_in_the_transaction_of_publishing_draws_it_before_anybody_asks(
    client: Client, live: Live, write: Callable[..., Article], run_tasks: Callable[[], None]
) -> None:
    row = live()
    address = card_of(client, row)
    assert files() == []
    run_tasks()
    assert [path.stem in address for path in files()] == [True]
    share_cards.draw_ahead.func(row.pk)  # safe to repeat
    assert len(files()) == 1
    waiting = DBTaskResult.objects.count()
    with transaction.atomic():
        publish(write("Another"), by=None)
        assert DBTaskResult.objects.count() == waiting + 1
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == waiting


def test_an_import_has_no_card_drawn(write: Callable[..., Article]) -> None:
    publish(write(), by=None, judged=False)
    assert DBTaskResult.objects.count() == 0


def test_what_is_not_live_has_no_card_and_what_is_withdrawn_has_none_at_once(
    client: Client, write: Callable[..., Article], editor: User, run_tasks: Callable[[], None],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    article = write("Embargoed tram")
    any_digest = f"/share-card/{article.pk}-{'0' * 24}.jpg"
    assert client.get(any_digest).status_code == 404
    minute = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    schedule(article, by=editor, publish_at=minute)
    run_tasks()
    assert client.get(any_digest).status_code == 404
    assert files() == []
    run_due(minute)
    row = PublishedArticle.objects.get(pk=article.pk)
    run_tasks()
    address = card_of(client, row)
    opened(client.get(address))
    for take_down in (
        lambda: withdraw(article, by=editor, reason="Wrong."),
        lambda: unpublish(article, by=editor),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            take_down()
        assert client.get(address).status_code == 404
        assert files() == []
        run_tasks()
        assert files() == []
        article.refresh_from_db()
        if article.state == "withdrawn":
            restore(article, by=editor)
            opened(client.get(address))
        article.refresh_from_db()


def test_a_digest_that_was_guessed_has_nothing_drawn(client: Client, live: Live) -> None:
    row = live()
    for number in range(20):
        response = client.get(f"/share-card/{row.pk}-{number:024x}.jpg")
        assert response["Location"] == card_of(client, row)
    for odd in ("0" * 23, "0" * 25, "G" * 24, ""):
        assert client.get(f"/share-card/{row.pk}-{odd}.jpg").status_code == 404
    assert client.get(f"/share-card/{10**17}-{'0' * 24}.jpg").status_code == 404
    assert files() == []


def test_who_comes_while_another_card_is_drawn_gets_the_picture(
    client: Client, live: Live, picture: Picture
) -> None:
    with_picture, without = live(lead_picture=picture), live("No picture")
    with lab._readers_turn:
        response = client.get(card_of(client, with_picture))
        assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
        assert response["Location"] == picture.rendition_path("share")
        response = client.get(card_of(client, without))
        assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert files() == []
    opened(client.get(card_of(client, without)))


def test_a_card_whose_picture_is_not_there_is_the_picture_s_own_404(
    client: Client, live: Live, picture: Picture
) -> None:
    row = live(lead_picture=picture)
    Path(settings.MEDIA_ROOT, picture.master_name).unlink()
    assert client.get(card_of(client, row)).status_code == 302


def test_staff_can_have_the_picture_alone(client: Client, live: Live, picture: Picture) -> None:
    row = live(lead_picture=picture)
    address = card_of(client, row)
    SiteSettings(name="The Courier", share_cards=False).save()
    told = meta(client.get(row.get_absolute_url()))
    assert told["og:image"] == picture.rendition_url("share")
    assert told["og:image:alt"] == picture.alt_text
    assert client.get(address).status_code == 404


def test_letters_that_no_face_holds_leave_the_picture_alone(
    client: Client, live: Live, picture: Picture
) -> None:
    told = meta(client.get(live("Трамвай", lead_picture=picture).get_absolute_url()))
    assert told["og:image"] == picture.rendition_url("share")
    bare = meta(client.get(live("Трамвай").get_absolute_url()))
    assert "/share-card/" in bare["og:image"], "the paper's own card"


def test_opinion_shows_the_face_of_who_speaks(live: Live, author: Author, picture: Picture) -> None:
    Author.objects.update(portrait=picture)
    row = PublishedArticle.objects.for_cards().get(pk=live("Trams are good", kind="opinion").pk)
    card = share_cards.share_card(row)
    assert card is not None
    assert (card.kind, card.label, card.byline) == ("opinion", "Opinion", "Rami Reporter")
    assert card.picture == picture.master_name


@pytest.mark.skipif(not typesetting.SHAPES, reason="Pillow found no FriBidi on this machine")
def test_the_words_of_a_hebrew_paper_are_the_same_in_the_worker(live: Live, client: Client) -> None:
    SiteSettings(name="העיתון", language="he").save()
    row = live("הרכבת נפתחה", kind="opinion")
    address = card_of(client, row)  # in the paper's language
    card = share_cards.share_card(PublishedArticle.objects.for_cards().get(pk=row.pk))
    assert card is not None
    assert card.label == "דעות"
    assert share_cards.address(row, card) == address


def test_the_desk_sees_the_card_of_a_version_before_it_is_published(
    write: Callable[..., Article], editor: User, reporter: User, client: Client,
    client_for: Callable[[User], Client],
) -> None:  # fmt: skip
    article = write("Embargoed tram")
    base = f"/admin/articles/article/{article.pk}/preview/"
    assert client.get(f"{base}share-card/").status_code == 302, "a stranger is asked to log in"
    desk = client_for(editor)
    assert f"{base}share-card/?version=1" in desk.get(f"{base}share/").content.decode()
    response = desk.get(f"{base}share-card/?version=1")
    assert response["Cache-Control"] == "private, no-store"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert files() == []
    assert desk.get(f"{base}share-card/?version=9").status_code == 404


def test_the_card_costs_two_queries_beside_the_stored_identity(
    client: Client, live: Live, django_assert_max_num_queries: Any
) -> None:
    row = live()
    address = card_of(client, row)
    opened(client.get(address))
    with django_assert_max_num_queries(2):
        opened(client.get(address))


@pytest.mark.django_db(transaction=True)
def test_a_card_in_a_bucket_is_gone_with_its_story_and_who_withdraws_does_not_wait(
    client: Client,
    live: Live,
    bucket: OwnBucket,
    run_tasks: Callable[[], None],
    editor: User,
) -> None:
    row = live("Tram line opens")
    address = card_of(client, row)
    image = opened(client.get(address))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    (name,) = [name for name in bucket.names() if name.startswith("share/")]
    bucket.store.freeze()
    try:
        began = time.monotonic()
        withdraw(row.article, by=editor, reason="Wrong.")
        assert client.get(address).status_code == 404
        assert time.monotonic() - began < 3
    finally:
        bucket.store.thaw()
    run_tasks()
    assert name not in bucket.names()
    assert not Path(settings.MEDIA_ROOT).exists()
