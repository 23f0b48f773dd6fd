"""What pages are made of is kept in memory, and is never older than the page."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from articles.models import PublishedArticle, Section
from articles.newest import KIND, shows_lists
from articles.publishing import publish, withdraw
from articles.queries import PAGE
from articles.revisions import revise
from newsroom.cache import parts, tags
from newsroom.cache.generations import touch
from newsroom.cache.parts import Parts, part
from newsroom.cache.purging import purge
from newsroom.pages.models import SiteSettings
from tests.cache.browser import Browser
from tests.cache.stories import mend

# Bytes of a part of a few letters.
ROOM = 500
Live = Callable[..., PublishedArticle]


def made_again(browser: Browser, path: str) -> str:
    """The page as it is made of what is in memory, and not the one that is stored."""
    browser.front.memory.pages.clear()
    browser.front.store.forget()
    return browser.get(path).body.decode()


def test_a_page_that_is_made_again_asks_for_nothing_that_is_in_memory(
    browser: Browser, live: Live, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    story = live("Tram line opens")
    live("Ferry timetable")
    path = story.get_absolute_url()
    first = browser.get(path).body.decode()
    with django_assert_num_queries(2):  # the entries of the page cache, and the generations
        assert made_again(browser, path) == first


def test_a_story_that_changes_is_shown_changed_in_every_page_made_of_parts(
    browser: Browser, live: Live
) -> None:
    story, other = live("Tram line opens"), live("Ferry timetable")
    paths = ["/", "/city/", "/author/rami-reporter/", other.get_absolute_url()]
    for path in paths:
        assert "Tram line opens" in browser.get(path).body.decode()
    mend(story, "Tram line delayed")
    for path in paths:
        page = made_again(browser, path)
        assert "Tram line delayed" in page
        assert "Tram line opens" not in page


def test_what_did_not_change_is_not_made_again(browser: Browser, live: Live) -> None:
    story, other = live("Tram line opens"), live("Ferry timetable")
    path = "/author/rami-reporter/"
    browser.get(path)
    before = made_at(browser, story.pk), made_at(browser, other.pk)
    mend(story, "Tram line delayed")
    made_again(browser, path)
    assert made_at(browser, story.pk) > before[0]
    assert made_at(browser, other.pk) == before[1]


def test_of_a_front_one_card_alone_is_read_when_one_story_changes(
    browser: Browser, live: Live, section: Section
) -> None:
    story = live("Tram line opens")
    for number in range(5):
        live(f"Ferry timetable {number}")
    paths = ["/", section.get_absolute_url()]
    for path in paths:
        browser.get(path)
    mend(story, "Tram line delayed")
    with CaptureQueriesContext(connection) as asked:
        pages = [made_again(browser, path) for path in paths]
    assert all("Tram line delayed" in page for page in pages)
    table = 'FROM "articles_publishedarticle"'
    of_stories = [query["sql"] for query in asked if table in query["sql"]]
    assert len(of_stories) == 1
    assert f" IN ({story.pk})" in of_stories[0]


@pytest.mark.parametrize("what", ["moved", "withdrawn"])
def test_a_story_that_leaves_a_list_leaves_what_is_kept_of_it(
    browser: Browser, live: Live, section: Section, what: str
) -> None:
    """The list goes on where the page ends: it is as long as before."""
    stories = [live(f"Story {number:02}") for number in range(PAGE + 2)]
    path, gone = section.get_absolute_url(), stories[-3]
    before = browser.get(path).body.decode()
    assert gone.headline in before
    if what == "withdrawn":
        withdraw(gone.article, by=None, reason="It was wrong.")
    else:
        article = gone.article
        article.section = Section.objects.create(name="Harbour", slug="harbour")
        article.save()
        publish(article, by=None, revision=revise(article, by=None))
    after = made_again(browser, path)
    assert gone.headline not in after
    assert [f"Story {number:02}" in before for number in range(2)] == [False, False]
    assert [f"Story {number:02}" in after for number in range(2)] == [False, True]
    assert "?before=" in after


def test_what_is_kept_of_a_list_has_the_tags_that_its_method_leaves() -> None:
    for method in KIND:
        asked = (5, method) if method in ("latest_first", "opinion") else (5, method, 3)
        with tags.collecting() as left:
            getattr(PublishedArticle.objects, method)(*asked[2:])
        with tags.collecting() as shown:
            shows_lists(asked)
        assert shown.tags == left.tags


def test_what_no_story_can_change_is_not_read_again_when_one_is_published(
    browser: Browser, live: Live
) -> None:
    story = live("Tram line opens")
    path = story.get_absolute_url()
    browser.get(path)
    mend(story)
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
        made_again(browser, "/")
    read = "".join(query["sql"] for query in asked)
    assert "articles_publishedarticle" in read
    for table in ("sitesettings", "servicedesk", "newsletter_newsletter", "rootfile"):
        assert table not in read


def made_at(browser: Browser, article_id: int) -> float:
    """When the card of this story was read."""
    [made] = [
        each.made for name, each in browser.front.parts._parts.items()
        if name[1:] == ("card", article_id)
    ]  # fmt: skip
    return made


def test_a_search_is_made_of_parts_and_stored_nowhere(browser: Browser, live: Live) -> None:
    live("Tram line opens")
    for word in ("tram", "ferry"):
        answer = browser.get("/search/", f"q={word}")
        assert f'value="{word}"' in answer.body.decode()
    assert {"masthead", "foot", "found when"} <= {name[1] for name in browser.front.parts._parts}
    assert not browser.front.memory.pages
    paper = SiteSettings.load()
    paper.name = "The Evening Post"
    paper.save()
    assert "The Evening Post" in browser.get("/search/", "q=tram").body.decode()


def test_a_withdrawn_story_is_in_no_part(browser: Browser, live: Live) -> None:
    story, other = live("Tram line opens"), live("Ferry timetable")
    assert "Tram line opens" in browser.get(other.get_absolute_url()).body.decode()
    withdraw(story.article, by=None, reason="It was wrong.")
    assert "Tram line opens" not in made_again(browser, other.get_absolute_url())


def test_the_paper_renamed_is_renamed_in_every_part(browser: Browser, live: Live) -> None:
    path = live("Tram line opens").get_absolute_url()
    browser.get(path)
    paper = SiteSettings.load()
    old, paper.name = paper.name, "The Evening Tram"
    paper.save()
    page = made_again(browser, path)
    assert "The Evening Tram" in page
    assert old not in page


def test_what_is_stored_ends_with_its_tag_whatever_becomes_of_its_generation(
    browser: Browser, live: Live
) -> None:
    """A machine with the release before this one may not know the generation."""
    SiteSettings().save()
    path = live("Tram line opens").get_absolute_url()
    browser.get(path)
    SiteSettings.objects.update(name="The Morning Tram")  # in bulk: that ends no generation
    purge("identity")
    assert "The Morning Tram" in made_again(browser, path)


def test_a_story_set_apart_in_one_place_is_itself_everywhere_else(
    browser: Browser, live: Live
) -> None:
    """The front shows it with other words: a copy of its row."""
    story = live("Tram line opens")
    template = Template('{% load parts %}{% part "x" of card %}{{ card.headline }}{% endpart %}')
    copied = PublishedArticle.objects.for_cards().get(pk=story.pk)
    copied.headline, copied.set_apart = "Trams!", ("Trams!",)
    with parts.usable(browser.front.parts, browser.front.log.number):
        browser.front.log.catch_up()
        assert template.render(Context({"card": story})) == "Tram line opens"
        assert template.render(Context({"card": copied})) == "Trams!"
        assert template.render(Context({"card": story})) == "Tram line opens"


def test_a_row_that_stands_in_no_database_is_never_kept(browser: Browser, section: Section) -> None:
    template = Template('{% load parts %}{% part "x" of card %}{{ card.headline }}{% endpart %}')
    with parts.usable(browser.front.parts, browser.front.log.number):
        for words in ("One draft", "Another"):
            draft = PublishedArticle(article_id=7, headline=words, section=section)
            assert template.render(Context({"card": draft})) == words
    assert len(browser.front.parts) == 0


def test_nothing_is_kept_but_while_a_page_for_everyone_is_made(browser: Browser) -> None:
    assert [part("name", build=lambda: 1), part("name", build=lambda: 2)] == [1, 2]
    assert b"masthead" in browser.get("/no-such-page/").body
    assert len(browser.front.parts) == 0


def test_a_part_ends_when_the_clock_says_so_and_takes_the_page_with_it(browser: Browser) -> None:
    def build() -> str:
        tags.see(tags.Seen(until=1.0))
        return "over"

    browser.front.log.catch_up()
    with parts.usable(browser.front.parts, browser.front.log.number), tags.collecting() as seen:
        part("over", build=build)
        part("over", build=lambda: "anew")
        assert part("over", build=lambda: "never") == "anew"
    assert seen.until == 1.0


def test_when_there_are_too_many_those_used_longest_ago_go(browser: Browser) -> None:
    few = Parts(browser.front.log, 8 * ROOM)
    browser.front.log.catch_up()
    with parts.usable(few, browser.front.log.number):
        for number in range(8):
            part(number, build=lambda: "kept")
        part(0, build=lambda: "used")
        part(8, build=lambda: "one too many")
        assert part(0, build=lambda: "gone") == "kept"
        assert part(1, build=lambda: "gone") == "gone"
    assert len(few) <= 8
    assert few.size <= 8 * ROOM


def test_what_is_stored_under_a_generation_that_has_ended_takes_no_room(
    browser: Browser, live: Live
) -> None:
    live("Tram line opens")
    browser.get("/")
    parts_of_home, room = len(browser.front.parts), browser.front.parts.size
    for _again in range(5):
        touch("articles", "chrome")
        made_again(browser, "/")
    assert len(browser.front.parts) == parts_of_home
    assert browser.front.parts.size == pytest.approx(room, rel=0.05)
