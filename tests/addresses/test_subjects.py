"""What a page is about, found from its address alone: what staff are led to from it."""

from collections.abc import Callable

import pytest

from articles.fronts.finding import front_of
from articles.fronts.models import Front
from articles.live.models import Coverage
from articles.models import Article, Author, PublishedArticle, Section, Topic
from newsroom.addresses.subjects import subjects_of
from newsroom.pages.models import Page


def test_an_article_is_found_by_its_number_under_every_slug_and_as_a_draft(
    live: Callable[..., PublishedArticle], write: Callable[..., Article]
) -> None:
    for pk in (live().pk, write("Tomorrow").pk):
        for path in (f"/city/x-{pk}/", f"/sport/any-words-{pk}/", f"/city/x-{pk}/versions/"):
            assert subjects_of(path) == [(Article, pk)]


def test_a_live_coverage_comes_after_its_article(live: Callable[..., PublishedArticle]) -> None:
    story = live(kind="live")
    coverage = Coverage.objects.filter(article=story.pk).first() or Coverage.objects.create(
        article_id=story.pk, opened_at=story.published_at
    )
    both = [(Article, story.pk), (Coverage, coverage.pk)]
    assert subjects_of(story.get_absolute_url()) == both


def test_what_the_table_of_addresses_names_is_found_in_it(
    author: Author, live: Callable[..., PublishedArticle]
) -> None:
    live(topics=["Water"])
    page = Page.objects.create(title="About us", slug="about-us", body="<p>Us</p>")
    assert subjects_of("/about-us/") == [(Page, page.pk)]
    assert subjects_of("/topic/water/") == [(Topic, Topic.objects.get().pk)]
    assert subjects_of(author.get_absolute_url()) == [(Author, author.pk)]


def test_a_front_comes_before_its_section(section: Section) -> None:
    assert subjects_of("/") == []  # until the desk has opened its fronts
    assert subjects_of("/city/") == [(Section, section.pk)]
    home, opinion = front_of(Front.Kind.HOME), front_of(Front.Kind.OPINION)
    own = front_of(Front.Kind.SECTION, section)
    assert subjects_of("/") == [(Front, home.pk)]
    assert subjects_of("/opinion/") == [(Front, opinion.pk)]
    assert subjects_of("/city/") == [(Front, own.pk), (Section, section.pk)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/contact/", "/nowhere/", "/topic/nothing/", "/admin/", "/feed/", "", "/", "//", "/\x00/",
     "/" + "a" * 5000 + "/", "/lite/", "/%FF/", "/\ufffd/"],
)  # fmt: skip
def test_what_is_about_nothing_says_so(path: str) -> None:
    assert subjects_of(path) == []
