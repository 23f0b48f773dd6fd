"""The front before it is published: on both widths, of the draft or a plan, for the desk alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.fronts.arranging import plan, publish, save_draft
from articles.fronts.content import Content, Placement
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Arrangement, Front
from articles.models import Article, PublishedArticle, Section
from articles.publishing import publish as publish_article
from articles.revisions import revise
from newsroom.accounts.models import User

Log = Callable[[User], Client]


@pytest.fixture
def city(db: None) -> Section:
    return Section.objects.create(name="City", slug="city", on_front=True)


@pytest.fixture
def home(city: Section) -> Front:
    return front_of(Front.Kind.HOME)


def write(city: Section, headline: str, *, live: bool = True) -> Article:
    article = Article.objects.create(headline=headline, body="<p>Text</p>", section=city)
    revise(article, by=None)
    if live:
        publish_article(article, by=None)
    return article


def lead(front: Front, article: Article, headline: str = "") -> Content:
    return content_of(front).with_slot("lead.1", Placement(article.pk, headline=headline))


def preview(front: Front) -> str:
    return f"/admin/fronts/front/{front.pk}/preview/"


def frame(front: Front) -> str:
    return f"{preview(front)}frame/"


def test_phone_and_desktop_show_the_draft_while_readers_see_what_is_live(
    client_for: Log, editor: User, client: Client, city: Section, home: Front
) -> None:
    tram, ferry = write(city, "Tram opens"), write(city, "Ferry sails")
    publish(home, by=editor, content=lead(home, tram, "The live lead"))
    home.refresh_from_db()
    number = home.draft_number
    save_draft(home, lead(home, ferry, "The draft lead"), by=editor, base_number=number)
    desk = client_for(editor)
    page = desk.get(preview(home)).content.decode()
    assert page.count(f'src="{frame(home)}?of=draft"') == 2
    assert 'width="390"' in page
    assert 'width="1280"' in page
    shown = desk.get(frame(home))
    text = shown.content.decode()
    assert "The draft lead" in text
    assert "The live lead" not in text
    assert "The live lead" in desk.get(frame(home), {"of": "live"}).content.decode()
    readers = client.get("/").content.decode()
    assert "The live lead" in readers
    assert "The draft lead" not in readers
    # The desk may frame it, nobody else; no cache keeps it and no search engine lists it.
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["Cache-Control"] == "private, no-store"
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in text


def test_a_plan_is_looked_at_before_its_time(
    client_for: Log, editor: User, city: Section, home: Front
) -> None:
    later = timezone.now() + timedelta(hours=3)
    content = lead(home, write(city, "Tram opens"), "The planned lead")
    made = plan(home, by=editor, content=content, publish_at=later)
    desk = client_for(editor)
    assert f"?of={made.number}" in desk.get(preview(home)).content.decode()
    text = desk.get(frame(home), {"of": made.number}).content.decode()
    assert "The planned lead" in text
    assert "The planned lead" not in desk.get(frame(home)).content.decode()


def test_what_readers_may_not_see_yet_is_skipped_and_said(
    client_for: Log, editor: User, city: Section, home: Front
) -> None:
    secret = write(city, "Embargoed words", live=False)
    write(city, "Tram opens")
    save_draft(home, lead(home, secret, "Own embargoed words"), by=editor, base_number=0)
    desk = client_for(editor)
    assert "1 story is skipped" in desk.get(preview(home)).content.decode()
    text = desk.get(frame(home)).content.decode()
    assert "mbargoed words" not in text
    assert "Tram opens" in text


@pytest.mark.parametrize("kind", [k for k in Front.Kind.values if k != Front.Kind.SECTION])
def test_every_kind_of_front_can_be_looked_at_also_when_it_is_empty(
    kind: str, client_for: Log, editor: User, city: Section
) -> None:
    for front in (front_of(kind), front_of(Front.Kind.SECTION, city)):
        for where in (preview(front), frame(front)):
            assert client_for(editor).get(where).status_code == 200
    opinion = Article.objects.create(headline="A view", body="<p>x</p>", section=city,
                                     kind="opinion")  # fmt: skip
    publish_article(opinion, by=None, revision=revise(opinion, by=None))
    assert "A view" in client_for(editor).get(frame(front_of(kind))).content.decode()


@pytest.mark.parametrize("of", ["0", "7", "-1", "x", "", "\x00", "9" * 30, "²"])
def test_what_is_not_there_is_not_found(
    of: str, client_for: Log, editor: User, home: Front
) -> None:
    for where in (preview(home), frame(home)):
        assert client_for(editor).get(where, {"of": of}).status_code == 404
    other = front_of(Front.Kind.OPINION)
    later = timezone.now() + timedelta(hours=1)
    made = plan(other, by=editor, content=content_of(other), publish_at=later)
    assert client_for(editor).get(frame(home), {"of": made.number}).status_code == 404


def test_reporters_look_and_others_do_not_and_looking_changes_nothing(
    client_for: Log, client: Client, reporter: User, letters: User, service: User, home: Front
) -> None:
    assert client_for(reporter).get(frame(home)).status_code == 200
    for person in (letters, service):
        for where in (preview(home), frame(home)):
            assert client_for(person).get(where).status_code == 403
    assert client.get(frame(home)).status_code == 302
    assert not Arrangement.objects.exists()
    assert not PublishedArticle.objects.exists()
    assert Front.objects.get(pk=home.pk).draft_number == 0
