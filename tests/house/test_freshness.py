"""Each change of the paper touches exactly the stored pages that show it.

The paper itself is the measure: every page is made before and after a change without the cache.
Those that differ must be out of date in the cache, and no others; but a change may say by which
words a page is known that shows the thing and not what changed of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.urls import resolve
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from articles.breaking.announcing import announce
from articles.breaking.models import BreakingItem
from articles.fronts import arranging
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Front
from articles.fronts.views import section
from articles.live.closing import coverage_of
from articles.live.posting import post
from articles.live.words import Words
from articles.models import (
    ArchivePeriod,
    Article,
    Author,
    Byline,
    Column,
    PublishedArticle,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.publishing import publish, restore, unpublish, withdraw
from articles.publishing.correct import correct
from articles.revisions import revise
from articles.topics import find, for_names, put
from articles.topics.merging import merge
from newsletter.models import Newsletter
from newsroom.cache.kept import KEPT
from newsroom.cache.models import Purge
from newsroom.cache.pages import Page as StoredPage
from newsroom.media.models import Picture
from newsroom.pages.models import (
    MenuEntry,
    Page,
    ServiceDesk,
    SiteSettings,
    StaffMember,
    TermsVersion,
)  # fmt: skip
from newsroom.pages.views.page import page
from tests.cache.browser import Answer, Browser
from tests.conftest import rounds
from tests.demo_paper import seed_paper


def said(answer: Answer) -> Answer:
    """What is told of the paper: of the headers the date alone."""
    dates = {name: text for name, text in answer.headers.items() if name == "last-modified"}
    return answer._replace(headers=dates)


# Pages that were touched and are asked for again.
TRIED = rounds(12, 1000)


@dataclass
class Before:
    """The paper before a change: what every address answers, and what is stored of it."""

    moment: datetime
    answers: dict[str, Answer]
    stored: list[bytes]
    parts: dict[Any, Any]

    def browser(self) -> Browser:
        """A process that has every page in memory, and what they were made of."""
        browser = Browser()
        browser.front.parts._parts = {
            name: replace(kept, checked=-1) for name, kept in self.parts.items()
        }
        for stored in self.stored:
            browser.front.memory.put(StoredPage.from_bytes(stored))
        return browser


@pytest.fixture(scope="module")
def before(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Before]:
    """One paper for all changes: each test's own transaction lies inside the one it is made in."""
    moment, folder = timezone.now(), tmp_path_factory.mktemp("before")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "media", DATA_DIR=folder),
        transaction.atomic(),
    ):
        with time_machine.travel(moment - timedelta(minutes=2)):
            seed_paper()
        browser = Browser()
        with time_machine.travel(moment, tick=False):
            answers = {path: browser.get(path) for path in addresses()}
        pages = [page.to_bytes() for page in browser.front.memory.pages.values()]
        yield Before(moment, answers, pages, browser.front.parts._parts)
        transaction.set_rollback(True)


def addresses() -> list[str]:
    """One of each type that is stored, and a few more of those that differ most."""
    some = PublishedArticle.objects.order_by("pk")[:8]
    live = PublishedArticle.objects.get(slug="pelican-star-returns")
    topics = Topic.objects.filter(published_places__isnull=False).order_by("pk").distinct()
    return [
        "/",
        "/opinion/",
        *(section.get_absolute_url() for section in Section.objects.all()),
        *(topic.get_absolute_url() for topic in topics[:5]),
        *(author.get_absolute_url() for author in Author.objects.all()[:3]),
        *(column.get_absolute_url() for column in Column.objects.all()),
        "/series/slow-trains/",
        *(article.get_absolute_url() for article in some),
        f"{third().published.get_absolute_url()}versions/",
        "/about-us/", "/terms-of-use/", "/terms-of-use/version/1/", "/staff/", "/corrections/",
        *archive(),
        *feeds(),
        "/most-read/", "/most-read/week/city/",
        "/breaking/", "/breaking/now/", "/ticker/",
        "/lite/", "/lite/city/", f"/lite{third().published.get_absolute_url()}", "/lite/about-us/",
        f"/live/{live.pk}/since/0/",
        "/robots.txt", "/.well-known/security.txt",
    ]  # fmt: skip


def archive() -> list[str]:
    """The front, and the newest and the oldest of each period."""
    found = ["/archive/"]
    for kind in ArchivePeriod.Kind:
        periods = ArchivePeriod.objects.filter(kind=kind).order_by("start")
        ends = {periods.first(), periods.last()}
        found += [period.get_absolute_url() for period in ends if period]
    return sorted(found)


def feeds() -> list[str]:
    """Of one list of each kind, each in one of the formats."""
    topic, author = find("Water"), Author.objects.get(slug="miriam-odunsi-kray")
    live = PublishedArticle.objects.get(slug="pelican-star-returns")
    assert topic
    lists = [
        "/", "/opinion/", "/corrections/", "/city/", topic.get_absolute_url(),
        author.get_absolute_url(), "/opinion/the-committee-stage/", "/series/slow-trains/",
        "/breaking/", f"/live/{live.pk}/",
    ]  # fmt: skip
    return [f"{page}feed/{form}" for page, form in zip(lists, cycle(("", "atom/", "json/")))]


def story(headline: str = "A crane is coming", section: str = "city", **fields: object) -> Article:
    """A draft with a topic and an author of the paper's."""
    article = Article.objects.create(
        headline=headline, body="<p>It has left the yard.</p>",
        section=Section.objects.get(slug=section), **fields,
    )  # fmt: skip
    Byline.objects.create(article=article, author=Author.objects.order_by("pk")[0])
    put(article, for_names(["Water"]))
    revise(article, by=None)
    return article


def third() -> Article:
    """A story that stands on several pages."""
    return Article.objects.filter(published__isnull=False).order_by("pk")[2]


def change_text(article: Article, **fields: str) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    publish(article, by=None, revision=revise(article, by=None))


def first_publication() -> None:
    publish(story(), by=None)


def silent_fix() -> None:
    change_text(third(), headline="A headline that was mended")


def text_below_the_headline() -> list[str]:
    article = third()
    change_text(article, body="<p>Other words, on its own page alone.</p>")
    return [article.published.get_absolute_url()]


def correction() -> None:
    correct(third(), by=None, text="The bridge is 90 metres long, not 80.")


def withdrawal() -> None:
    withdraw(third(), by=None, reason="It was wrong.")


def unpublication() -> None:
    unpublish(third(), by=None)


def author_renamed() -> list[str]:
    author = Author.objects.get(slug="miriam-odunsi-kray")
    author.name = "Miriam Odunsi"
    author.save()
    stories = PublishedArticle.objects.by_author(author.pk)
    return [story.get_absolute_url() for story in stories]


def author_moved() -> list[str]:
    """The page has another address, the name is the same."""
    author = Author.objects.get(slug="miriam-odunsi-kray")
    author.slug = "m-odunsi"
    author.save()
    stories = PublishedArticle.objects.by_author(author.pk)
    return [story.get_absolute_url() for story in stories]


def section_renamed() -> None:
    section = Section.objects.get(slug="science")
    section.name = "Science and Health"
    section.save()


def topic_renamed() -> None:
    topic = find("Water")
    assert topic
    topic.name = "Water supply"
    topic.save()


def topics_merged() -> list[str]:
    source, target = find("Trams"), find("Water")
    assert source
    assert target
    merge(source, target, by=None)
    # Feeds have the names of topics, and not what stands under them.
    return [topic.name for topic in Topic.objects.filter(parent=target)] + [target.name]


def picture_described() -> list[str]:
    picture = Picture.objects.order_by("pk")[0]
    picture.alt_text = "A ship at the quay"
    picture.save()
    return [picture.token]


def menu_edited() -> None:
    entry = MenuEntry.objects.filter(menu__place="footer").first()
    assert entry
    entry.label = "Another name"
    entry.save()


def page_edited() -> None:
    page = Page.objects.get(slug="about-us")
    page.body += "<p>We have moved.</p>"
    page.save()


def paper_renamed() -> list[str]:
    row = SiteSettings.load()
    row.tagline = "The evening paper"
    row.save()
    return [""]  # every answer is in the paper's language, zone and name


def somebody_joins() -> None:
    member = StaffMember.objects.order_by("pk")[0]
    member.pk = None
    member.save()


def front_arranged() -> None:
    front = front_of(Front.Kind.HOME)
    content = content_of(front)
    blocks = tuple(block for block in content.blocks if block.kind != "seconds")
    arranging.publish(front, by=None, content=type(content)(blocks, content.slots))


def breaking_news() -> None:
    announce("The bridge is open again", place=BreakingItem.Place.BANNER, by=None)


def live_post() -> list[str]:
    live = PublishedArticle.objects.get(slug="pelican-star-returns")
    post(coverage_of(live.article), by=None, words=Words(text="She is in."))
    return [live.get_absolute_url()]


def withdrawal_undone() -> list[str]:
    article = third()
    withdraw(article, by=None, reason="It was wrong.")
    restore(article, by=None)
    # Under its old date it may stand anywhere: every page that shows the head of one of its lists.
    return ["</html>"]


def column_renamed() -> None:
    column = Column.objects.get(slug="the-committee-stage")
    column.name = "The Report Stage"
    column.save()


def series_renamed() -> None:
    series = Series.objects.get(slug="slow-trains")
    series.name = "Slower trains"
    series.save()


def part_added() -> list[str]:
    article = Article.objects.filter(published__isnull=False, series_parts=None).first()
    assert article
    SeriesPart.objects.create(
        series=Series.objects.get(slug="slow-trains"), article=article, order=99
    )
    return [article.published.get_absolute_url()]


def topic_put_under_another() -> list[str]:
    above, below = find("Water"), find("Football")
    assert above
    assert below
    below.parent = above
    below.save()
    return [below.get_absolute_url(), below.name]


def newsletter_described() -> list[str]:
    newsletter = Newsletter.objects.filter(is_active=True).first()
    assert newsletter
    newsletter.description = "Every morning at six."
    newsletter.save()
    return ["/newsletter/"]


def desk_renamed() -> None:
    desk = ServiceDesk.objects.filter(show_in_foot=True).first()
    assert desk
    desk.name = "Readers' desk"
    desk.save()


def terms_replaced() -> list[str]:
    TermsVersion.objects.create(
        title="Terms of use", body="<p>New ones.</p>", effective_at=timezone.now()
    )
    return ["/newsletter/"]


def draft_saved() -> None:
    article = third()
    article.headline = "Not yet"
    article.save()
    revise(article, by=None)


CHANGES = (
    first_publication, silent_fix, text_below_the_headline, correction, withdrawal, unpublication,
    author_renamed, author_moved, section_renamed, topic_renamed, topics_merged,
    picture_described, menu_edited,
    page_edited, paper_renamed, somebody_joins, front_arranged, breaking_news, live_post,
    withdrawal_undone, column_renamed, series_renamed, part_added,
    topic_put_under_another, newsletter_described, desk_renamed, terms_replaced, draft_saved,
)  # fmt: skip


@pytest.mark.usefixtures("db")
def test_every_view_that_is_stored_is_among_the_addresses_and_they_are_stored(
    before: Before,
) -> None:
    asked = {resolve(path).func for path in before.answers}
    # What the address book leads to.
    asked |= {section, page}
    ours = [view for view in KEPT if not view.__module__.startswith("tests.")]
    assert [view.__qualname__ for view in ours if view not in asked] == []
    assert {path: one.status for path, one in before.answers.items() if one.status != 200} == {}
    assert len(before.stored) == len(before.answers)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_touches_exactly_the_pages_that_show_it(
    before: Before, change: Callable[[], list[str] | None]
) -> None:
    browser, was = before.browser(), before.answers
    with time_machine.travel(before.moment, tick=False):
        shown = change() or ()
        browser.front.log.catch_up()
        now = {path: said(browser.fresh(path)) for path in was}
        shows_it = {path for path in was if now[path] != said(was[path])}
        touched = {path for path in was if browser.is_out_of_date(path)}
        assert sorted(shows_it - touched) == [], "shown as it was before"
        near = {path for path in touched if any(text in was[path].body.decode() for text in shown)}
        # A lite page is made by the view of its full page, and goes out of date with it.
        near |= {path for path in touched if path.removeprefix("/lite") in shows_it | near}
        for_nothing = " ".join(sorted(touched - shows_it - near))
        assert for_nothing == "", Purge.objects.order_by("-pk").values_list("tags", flat=True)[:9]
        # And what readers then get is the paper as it is; of the pages made anew some are enough.
        browser.wait(2)
        some = [path for path in was if path not in touched] + sorted(touched)[:TRIED]
        assert {path: said(browser.get(path)) for path in some} == {
            path: now[path] for path in some
        }
