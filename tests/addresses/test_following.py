"""An old address leads on in one step, whatever became of what it led to."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Author, Column, PublishedArticle, Section, Series, SeriesPart
from articles.publishing import publish, restore, unpublish, withdraw
from articles.revisions import revise
from articles.topics import find
from articles.topics.merging import merge
from newsroom.addresses.models import Address
from newsroom.addresses.redirects import NotLaid, lay, redirect
from newsroom.pages.models import Page

pytestmark = pytest.mark.django_db

Live = Callable[..., PublishedArticle]
Walk = Callable[[str], tuple[int, str]]


def stored() -> dict[str, str]:
    return dict(Address.objects.exclude(target="").values_list("path", "target"))


def renamed(thing: Section | Author | Column | Series | Page, slug: str) -> str:
    """The address of the thing after it got another."""
    thing.slug = slug
    thing.save()
    return thing.get_absolute_url()


def retitled(row: PublishedArticle, slug: str) -> str:
    """The address of a live article after it got other words."""
    article = row.article
    article.slug = slug
    article.save()
    row = publish(article, by=None, revision=revise(article, by=None))
    return PublishedArticle.objects.get(pk=row.pk).get_absolute_url()


def test_a_redirect_to_a_redirect_is_stored_as_one_to_its_end() -> None:
    assert redirect("/b/", "/c/")
    assert redirect("/a/", "/b/?x=1")
    assert stored() == {"/b/": "/c/", "/a/": "/c/?x=1"}


def test_what_led_to_a_path_goes_on_with_it_when_that_is_made_to_lead_on() -> None:
    assert redirect("/a/", "/b/")
    assert redirect("/b/", "/c/")
    assert stored() == {"/a/": "/c/", "/b/": "/c/"}


def test_a_circle_is_refused_and_changes_nothing() -> None:
    lay({"/a/": "/b/", "/b/": "/c/"})
    before = stored()
    for target in ("/a/", "/b/", "/c/", "/a/?x=1", "/c/#top"):
        assert not redirect("/c/", target)
    with pytest.raises(NotLaid):
        lay({"/c/": "/d/", "/d/": "/a/"})
    assert stored() == before


def test_a_circle_that_somebody_wrote_into_the_database_is_a_missing_page(client: Client) -> None:
    for path, target in (("/a/", "/b/"), ("/b/", "/a/")):
        Address.objects.create(path=path, target=target)
    assert client.get("/a/").status_code == client.get("/b/x/").status_code == 404


@pytest.mark.parametrize(
    "made",
    [
        lambda: Section.objects.create(name="World", slug="first"),
        lambda: Page.objects.create(title="Jobs", slug="first"),
        lambda: Author.objects.create(name="Ada", slug="first"),
        lambda: Column.objects.create(name="Aside", slug="first"),
    ],
    ids=["section", "page", "author", "column"],
)
def test_a_redirect_follows_what_it_leads_to_through_its_names(
    made: Callable[[], Section], walk: Walk
) -> None:
    thing = made()
    first = thing.get_absolute_url()
    redirect("/old/way/", first)
    assert walk("/old/way/") == (200, first)
    for slug in ("second", "third"):
        now = renamed(thing, slug)
        assert walk("/old/way/") == walk("/old/way") == walk(first) == (200, now)
    assert renamed(thing, "first") == first
    assert walk("/old/way/") == (200, first)
    thing.delete()
    assert walk("/old/way/") == (404, "/old/way/")


def test_a_redirect_to_an_article_finds_it_under_every_address_it_had(
    live: Live, walk: Walk
) -> None:
    row = live("Tram line opens")
    old = row.get_absolute_url()
    redirect("/2015/03/tram/", old)
    assert walk("/2015/03/tram/") == (200, old)
    now = retitled(row, "line-four")
    assert now != old
    assert walk("/2015/03/tram/") == walk(old) == (200, now)
    assert renamed(row.section, "town") == "/town/"
    assert walk("/2015/03/tram/") == (200, now.replace("/city/", "/town/"))
    redirect("/2015/03/versions/", f"{old}versions/")
    assert walk("/2015/03/versions/")[1].endswith(f"-{row.pk}/versions/")


def test_a_redirect_to_a_withdrawn_article_ends_at_its_notice_and_to_a_draft_nowhere(
    live: Live, walk: Walk
) -> None:
    row = live("Tram line opens")
    article, there = row.article, row.get_absolute_url()
    redirect("/old/tram/", there)
    withdraw(article, by=None, reason="Wrong.")
    assert walk("/old/tram/") == (410, there)
    restore(article, by=None)
    assert walk("/old/tram/") == (200, there)
    unpublish(article, by=None)
    # Its words may be new and nobody's business yet.
    assert walk("/old/tram/") == (404, "/old/tram/")


def test_a_redirect_to_a_merged_topic_ends_at_what_stands_for_it(live: Live, walk: Walk) -> None:
    live("One", topics=["Putin"])
    live("Two", topics=["Vladimir Putin"])
    source, target = find("Putin"), find("Vladimir Putin")
    assert source
    assert target
    redirect("/tag/putin/", source.get_absolute_url())
    assert walk("/tag/putin/") == (200, "/topic/putin/")
    merge(source, target, by=None)
    assert walk("/tag/putin/") == walk("/topic/putin/") == (200, "/topic/vladimir-putin/")


def test_the_new_name_of_a_topic_that_no_live_article_has_is_told_to_nobody(
    live: Live, client: Client
) -> None:
    row = live("One", topics=["Merger"])
    topic = find("Merger")
    assert topic
    unpublish(row.article, by=None)
    topic.name, topic.slug = "Secret merger", "secret-merger"
    topic.save()
    redirect("/tag/merger/", "/topic/merger/")
    for address in ("/topic/merger/", "/tag/merger/", "/Topic/Merger"):
        response = client.get(address)
        assert response.status_code == 404
        assert "secret" not in response.content.decode().lower()


def test_a_feed_moves_with_what_it_is_the_feed_of(live: Live, walk: Walk) -> None:
    row = live()
    redirect("/city.rss/", "/city/feed/")
    renamed(row.section, "town")
    assert walk("/city.rss") == (200, "/town/feed/")


def test_a_series_under_its_old_name_is_found(live: Live, walk: Walk) -> None:
    series = Series.objects.create(name="Slow trains", slug="slow")
    SeriesPart.objects.create(series=series, article=live().article, order=1)
    redirect("/special/", "/series/slow/")
    assert walk("/special/") == (200, "/series/slow/")
    assert walk("/series/slow/")[1] != renamed(series, "slow-trains")
    assert walk("/special/") == walk("/series/slow/") == (200, "/series/slow-trains/")


def test_the_address_of_an_earlier_system_wins_over_a_number_it_happens_to_end_in(
    live: Live, walk: Walk
) -> None:
    row, other = live("Budget passes"), live("Another story")
    old = f"/news/budget-{other.pk}/"
    assert walk(old)[1] == other.get_absolute_url()
    redirect(old, row.get_absolute_url())
    assert walk(old) == (200, row.get_absolute_url())
    withdraw(other.article, by=None, reason="Wrong.")
    assert walk(old) == (200, row.get_absolute_url())
    assert not redirect(row.get_absolute_url(), "/city/"), "a live article is not hidden"


def test_keys_of_earlier_systems_are_part_of_the_address(live: Live, walk: Walk) -> None:
    there = live().get_absolute_url()
    for path in ("/story.asp?id=12&sec=3", "/?p=12", "/index.php?option=content&id=5"):
        redirect(path, there)
        assert walk(path) == walk(f"{path}&utm_source=mail&fbclid=x") == (200, there)
    assert walk("/story.asp?id=13")[0] == 404
    assert walk("/?p=13")[0] == 200


def test_other_keys_go_along(walk: Walk) -> None:
    redirect("/old/", "/contact/")
    assert (
        walk("/old/?desk=service") == walk("/old?desk=service") == (200, "/contact/?desk=service")
    )
    redirect("/old/hall/", "/contact/?desk=hall")
    assert walk("/old/hall/?desk=service") == (200, "/contact/?desk=hall")


def test_head_is_answered_like_get(client: Client) -> None:
    redirect("/old/", "/contact/")
    response = client.head("/old")
    assert (response.status_code, response["Location"]) == (301, "/contact/")
    assert "no-cache" in response["Cache-Control"]
    assert client.post("/old/").status_code == 404
