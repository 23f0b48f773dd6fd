"""Previews: one revision as readers would get it, for the desk and for who has a link."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import previews
from articles.models import Article, History, PreviewLink, PublishedArticle, Revision
from articles.publishing import publish, withdraw
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.lib.signing import seal
from newsroom.media.uploads import accept
from tests.media.conftest import drawing, encoded, upload

Log = Callable[[User], Client]
Write = Callable[..., Article]
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def first(article: Article) -> Revision:
    return article.revisions.get(number=1)


def path(link: PreviewLink) -> str:
    return "/preview/" + previews.address(link).rpartition("/preview/")[2]


@pytest.fixture
def link(write: Write, chief: User) -> PreviewLink:
    return previews.make_link(first(write("Embargoed tram")), by=chief)


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_link_shows_its_revision_to_a_stranger_and_no_later_one(
    client: Client, link: PreviewLink
) -> None:
    article = link.article
    article.headline, article.body = "Later words", "<p>Changed since.</p>"
    article.save()
    revise(article, by=None)
    page = client.get(path(link))
    assert page.status_code == 200
    assert "articles/article.html" in {template.name for template in page.templates}
    text = page.content.decode()
    assert "Embargoed tram" in text
    assert "It opened." in text
    assert "Rami Reporter" in text
    assert "Preview of version 1" in text
    assert "Later words" not in text
    assert "Changed since" not in text


def test_the_page_of_a_link_is_kept_by_nobody_and_found_by_nobody(
    client: Client, link: PreviewLink
) -> None:
    page = client.get(path(link))
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.has_header("ETag")
    assert not page.has_header("Last-Modified")
    assert not page.cookies
    text = page.content.decode()
    assert '<meta name="robots" content="noindex' in text
    for public in ("ld+json", 'rel="canonical"', "og:", "twitter:", "share-link", "/feed/"):
        assert public not in text, public
    for listed in ("/", "/city/", "/feed/", "/author/rami-reporter/", "/opinion/"):
        assert "Embargoed" not in client.get(listed).content.decode()


def test_wrong_expired_and_revoked_links_get_one_and_the_same_404(
    client: Client, write: Write, chief: User
) -> None:
    revision = first(write())
    good, revoked, expired = (previews.make_link(revision, by=chief) for _each in range(3))
    PreviewLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    previews.revoke(revoked, by=chief)
    other = seal("preview", good.pk, revision.pk + 1)
    foreign = seal("unsubscribe", good.pk, revision.pk)
    whole = path(good)
    wrong = [
        path(revoked), path(expired), f"/preview/{other}/", f"/preview/{foreign}/",
        f"/preview/{seal('preview', 'x')}/", f"/preview/{good.pk}/", "/preview/%00/",
        whole[:-2] + "/", f"{whole[:-2]}{'A' if whole[-2] != 'A' else 'B'}/",
        f"/preview/{seal('preview', 10**30, 1)}/", "/preview/" + "x" * 4000 + "/",
    ]  # fmt: skip
    assert client.get(whole).status_code == 200
    answers = [client.get(address) for address in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert answers[0]["Cache-Control"] == "private, no-store"


def test_a_link_is_signed_with_256_bits_over_itself_and_its_revision(link: PreviewLink) -> None:
    token = path(link).split("/")[2]
    assert previews.find(token, at=timezone.now()) == link
    assert len(token.rpartition(":")[2]) >= 43  # base64 of 32 bytes
    assert path(link).split("/")[2] == token  # the same each time it is shown
    body, _colon, signature = token.rpartition(":")
    for turned in range(len(signature) - 1):  # the last letter carries two spare bits
        changed = "A" if signature[turned] != "A" else "B"
        forged = f"{body}:{signature[:turned]}{changed}{signature[turned + 1 :]}"
        assert previews.find(forged, at=timezone.now()) is None


def test_a_link_ends_by_itself_after_two_days_and_never_holds_longer_than_seven(
    write: Write, chief: User
) -> None:
    revision = first(write())
    usual = previews.make_link(revision, by=chief, at=NOON)
    token = previews.address(usual).split("/")[-2]
    just = timedelta(seconds=1)
    assert previews.find(token, at=NOON + timedelta(days=2) - just) == usual
    assert previews.find(token, at=NOON + timedelta(days=2)) is None
    for days in (0, -1, 8, 400):
        with pytest.raises(ValueError, match="one to seven days"):
            previews.make_link(revision, by=chief, days=days)
    # Not even if somebody writes another date into the row.
    PreviewLink.objects.filter(pk=usual.pk).update(expires_at=NOON + timedelta(days=400))
    assert previews.find(token, at=NOON + timedelta(days=1)) is None


@pytest.mark.parametrize("fate", ["withdrawn", "binned"])
def test_no_link_shows_what_is_withdrawn_or_in_the_bin(
    fate: str, client: Client, link: PreviewLink, chief: User
) -> None:
    if fate == "withdrawn":
        publish(link.article, by=chief)
        withdraw(link.article, by=chief, reason="Wrong in every line.")
    else:
        Article.objects.filter(pk=link.article_id).update(binned_at=timezone.now())
    assert client.get(path(link)).status_code == 404


def test_looking_writes_no_row_and_publishes_nothing(
    client: Client, client_for: Log, chief: User, link: PreviewLink
) -> None:
    desk = client_for(chief)
    desk.get(f"/admin/articles/article/{link.article_id}/preview/")
    before = rows()
    client.get(path(link))
    for sight in ("page", "card", "share"):
        assert desk.get(frame(link.article, sight)).status_code == 200
        assert desk.get(sights(link.article), {"as": sight}).status_code == 200
    assert rows() == before
    assert not PublishedArticle.objects.exists()


def test_everything_of_a_revision_is_shown_the_lead_picture_and_the_topics_too(
    client: Client, write: Write, chief: User
) -> None:
    lead, inside = (
        accept(upload(encoded(drawing())), alt_text=name) for name in ("Lead", "Inside")
    )
    body = f'<p>Text</p><figure data-picture="{inside.pk}"></figure>'
    article = write(topics=["Trams", "Budget"], lead_picture=lead, body=body, standfirst="Stands")
    text = client.get(path(previews.make_link(first(article), by=chief))).content.decode()
    for shown in (lead.master_url, inside.master_url, "Trams", "Budget", "Stands"):
        assert shown in text, shown


def test_a_draft_without_section_or_headline_can_be_looked_at(
    client_for: Log, chief: User, write: Write
) -> None:
    article = write("", section=None, body="")
    desk = client_for(chief)
    for sight in ("page", "card", "share"):
        assert desk.get(frame(article, sight)).status_code == 200


def test_a_revision_whose_author_section_and_picture_are_gone_is_still_shown(
    client_for: Log, chief: User, write: Write
) -> None:
    article = write()
    revision = first(article)
    gone = {"section_id": 10**9, "column_id": 10**9, "lead_picture_id": 10**9}
    lost = [{"author_id": 10**9, "text": "", "role": ""}]
    revision.snapshot = {**revision.snapshot, **gone, "bylines": lost, "topics": [10**9]}
    revision.save()
    page = client_for(chief).get(frame(article, "page"))
    assert page.status_code == 200
    assert "No section yet" in page.content.decode()


# On the desk -----------------------------------------------------------------------------------


def sights(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def frame(article: Article, what: str = "page") -> str:
    return reverse("admin:articles_article_preview_frame", args=[article.pk, what])


def make(article: Article) -> str:
    return reverse("admin:articles_article_make_link", args=[article.pk])


def test_phone_and_desktop_stand_side_by_side_as_page_card_and_share_card(
    client_for: Log, chief: User, write: Write
) -> None:
    article = write(share_title="Shared words", share_text="Told to friends")
    desk = client_for(chief)
    for sight in ("page", "card", "share"):
        text = desk.get(sights(article), {"as": sight}).content.decode()
        assert text.count(f'src="{frame(article, sight)}?version=1"') == 2
        shown = desk.get(frame(article, sight))
        assert shown.status_code == 200
        assert "Tram line opens" in shown.content.decode() or sight == "share"
        # The desk may frame it, nobody else, and no cache keeps it.
        assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
        assert shown["Cache-Control"] == "private, no-store"
    text = desk.get(frame(article, "share")).content.decode()
    assert "Shared words" in text
    assert "Told to friends" in text


def test_any_version_can_be_looked_at_and_one_that_is_not_there_is_a_404(
    client_for: Log, chief: User, write: Write
) -> None:
    article = write("First words")
    article.headline = "Second words"
    article.save()
    revise(article, by=None)
    desk = client_for(chief)
    assert "First words" in desk.get(frame(article), {"version": 1}).content.decode()
    assert "Second words" in desk.get(frame(article)).content.decode()
    for odd in ("0", "3", "-1", "x", "", "9" * 40, "\x00", "²"):
        assert desk.get(frame(article), {"version": odd}).status_code == 404
        assert desk.get(sights(article), {"version": odd}).status_code == 404
    assert desk.get(frame(article, "nothing")).status_code == 404
    assert desk.get(sights(article), {"as": "nothing"}).status_code == 404


def test_a_link_is_made_shown_and_revoked_on_the_desk_and_each_act_is_logged(
    client: Client, client_for: Log, editor: User, write: Write
) -> None:
    article, desk = write(), client_for(editor)
    page = desk.post(
        make(article), {"version": "1", "days": "3", "note": "For the lawyer"}, follow=True
    )
    link = PreviewLink.objects.get()
    assert previews.address(link) in page.content.decode()
    assert "For the lawyer" in page.content.decode()
    assert link.expires_at - link.at == timedelta(days=3)
    assert client.get(path(link)).status_code == 200
    address = reverse("admin:articles_article_revoke_link", args=[article.pk, link.pk])
    assert desk.get(address).status_code == 302  # only a POST revokes
    assert client.get(path(link)).status_code == 200
    after = desk.post(address, follow=True)
    assert previews.address(link) not in after.content.decode()
    assert client.get(path(link)).status_code == 404
    desk.post(address)  # a second press does nothing
    verbs = History.objects.filter(article=article, verb__startswith="preview")
    assert [(act.verb, act.by, act.note) for act in verbs.order_by("pk")] == [
        ("preview_link", editor, "For the lawyer"),
        ("preview_revoked", editor, "For the lawyer"),
    ]


@pytest.mark.parametrize("days", ["0", "8", "-1", "x", "", "\x00", "9" * 30, "２"])
def test_a_wrong_number_of_days_makes_no_link_and_says_why(
    days: str, client_for: Log, chief: User, write: Write
) -> None:
    page = client_for(chief).post(make(write()), {"version": "1", "days": days}, follow=True)
    assert "one to seven days" in page.content.decode()
    assert not PreviewLink.objects.exists()


def test_links_are_made_and_revoked_by_who_may_change_the_article(
    client_for: Log, reporter: User, letters: User, service: User, chief: User, write: Write
) -> None:
    article = write()
    link = previews.make_link(first(article), by=chief)
    revoking = reverse("admin:articles_article_revoke_link", args=[article.pk, link.pk])
    for person in (reporter, letters, service):
        desk = client_for(person)
        assert desk.post(make(article), {"version": "1", "days": "2"}).status_code == 403
        assert desk.post(revoking).status_code == 403
    # Who may not read articles does not look at them either.
    assert client_for(service).get(sights(article)).status_code == 403
    assert client_for(service).get(frame(article)).status_code == 403
    assert previews.address(link) not in client_for(reporter).get(sights(article)).content.decode()
    link.refresh_from_db()
    assert link.revoked_at is None
    assert PreviewLink.objects.count() == 1


def test_a_link_of_another_article_is_not_revoked_through_this_one(
    client_for: Log, chief: User, write: Write
) -> None:
    link, other = previews.make_link(first(write()), by=chief), write("Another")
    address = reverse("admin:articles_article_revoke_link", args=[other.pk, link.pk])
    assert client_for(chief).post(address).status_code == 404


def test_hostile_words_in_a_preview_are_harmless(
    client_for: Log, chief: User, write: Write
) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202eevil\u200b'
    article = write(
        evil, standfirst=evil, share_title=evil[:120], share_text=evil, body=f"<p>{evil}</p>"
    )
    desk = client_for(chief)
    desk.post(make(article), {"version": "1", "days": "1", "note": evil})
    for address in (sights(article), *(frame(article, what) for what in ("page", "card", "share"))):
        text = desk.get(address).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_the_date_of_a_preview_is_the_article_s_own(write: Write) -> None:
    article = write()
    article.publish_at = NOON
    article.save()
    with time_machine.travel(NOON - timedelta(days=3)):
        page: Any = previews.page_of(first(article), at=timezone.now())
    assert page.article.published_at == NOON
