"""Series and packages: readers see the parts that are live, in the order of the desk, no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, PublishedArticle, Section, Series, SeriesPart
from articles.publishing import publish, schedule, unpublish
from articles.publishing.bin import bin_article
from articles.revisions import revise
from articles.series import places_of
from newsroom.accounts.models import User
from newsroom.addresses.book import places_of as addresses_of

Live = Callable[..., PublishedArticle]
Write = Callable[..., Article]


def series(
    *articles: Article | PublishedArticle, kind: str = "series", slug: str = "tunnel"
) -> Series:
    made = Series.objects.create(name=f"The {slug}", slug=slug, kind=kind)
    for order, one in enumerate(articles, start=1):
        pk = one.pk
        SeriesPart.objects.create(series=made, article_id=pk, order=order)
    return made


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_article_says_which_part_it_is_and_leads_to_those_beside_it(
    live: Live, client: Client
) -> None:
    one, two, three = (live(f"Digging {n}") for n in ("first", "second", "third"))
    series(one, two, three)
    found = page(client, two.get_absolute_url())
    assert found.count("Part 2 of 3") == 2  # above the headline and below the text
    assert f'<a href="{one.get_absolute_url()}" rel="prev">' in found
    assert f'<a href="{three.get_absolute_url()}" rel="next">' in found
    first = page(client, one.get_absolute_url())
    assert 'rel="prev"' not in first
    assert f'<a href="{two.get_absolute_url()}" rel="next">' in first


def test_a_part_that_is_not_live_is_neither_shown_nor_counted_nor_stepped_to(
    live: Live, write: Write, client: Client
) -> None:
    draft, binned, planned = write("Secret draft"), write("Secret bin"), write("Secret plan")
    schedule(planned, by=None, publish_at=timezone.now() + timedelta(days=1))
    one, taken, two = live("Digging one"), live("Secret back"), live("Digging two")
    made = series(draft, one, planned, taken, binned, two)
    bin_article(binned, by=None)
    unpublish(taken.article, by=None)
    for address in (one.get_absolute_url(), two.get_absolute_url(), made.get_absolute_url()):
        assert "Secret" not in page(client, address)
    assert "Part 1 of 2" in page(client, one.get_absolute_url())
    step = f'<a href="{two.get_absolute_url()}" rel="next">'
    assert step in page(client, one.get_absolute_url())
    listed = page(client, made.get_absolute_url())
    assert listed.count('class="series-parts__number"') == 2
    publish(planned, by=None)
    assert "Part 1 of 3" in page(client, one.get_absolute_url())
    assert "Secret plan" in page(client, made.get_absolute_url())


@settings(deadline=None, max_examples=15)
@given(st.lists(st.booleans(), min_size=1, max_size=7))
@pytest.mark.django_db
def test_what_is_counted_is_what_is_live_whatever_the_mixture(shown: list[bool]) -> None:
    section, _made = Section.objects.get_or_create(name="City", slug="city")
    articles = [
        Article.objects.create(headline=f"P{n}", section=section) for n in range(len(shown))
    ]
    for article, is_live in zip(articles, shown, strict=True):
        article.body = "<p>Text</p>"
        article.save()
        revise(article, by=None)
        if is_live:
            publish(article, by=None)
    made = series(*articles, slug=f"s{Series.objects.count()}")
    live_ids = [a.pk for a, is_live in zip(articles, shown, strict=True) if is_live]
    for number, row in enumerate(PublishedArticle.objects.in_series(made.pk), start=1):
        (place,) = places_of(row)
        assert (place.number, place.count) == (number, len(live_ids))
        before, after = (part.id if part else None for part in (place.before, place.after))
        assert before == (live_ids[number - 2] if number > 1 else None)
        assert after == (live_ids[number] if number < len(live_ids) else None)


def test_the_page_of_a_series_lists_its_parts_in_the_order_of_the_desk(
    live: Live, client: Client
) -> None:
    rows = [live(f"Part called {word}") for word in ("apple", "pear", "plum")]
    made = series(rows[2], rows[0], rows[1])
    found = page(client, "/series/tunnel/")
    places = [found.index(word) for word in ("called plum", "called apple", "called pear")]
    assert places == sorted(places)
    first = made.parts.order_by("order").first()
    assert first
    first.order = 9
    first.save()
    found = page(client, "/series/tunnel/")
    assert found.index("called apple") < found.index("called plum")


def test_a_series_without_a_live_part_is_not_there_and_no_menu_leads_to_it(
    live: Live, write: Write, client: Client
) -> None:
    article = write("Digging")
    made = series(article)
    key = ("series", made.pk)
    assert client.get("/series/tunnel/").status_code == 404
    assert key not in addresses_of([key])
    publish(article, by=None)
    assert client.get("/series/tunnel/").status_code == 200
    assert key in addresses_of([key])
    unpublish(article, by=None)
    assert client.get("/series/tunnel/").status_code == 404
    assert key not in addresses_of([key])
    row = live("Another")
    part = SeriesPart.objects.create(series=made, article_id=row.pk, order=2)
    assert key in addresses_of([key])
    part.delete()
    assert key not in addresses_of([key])


def test_a_renamed_series_keeps_answering_at_its_old_address(live: Live, client: Client) -> None:
    made = series(live("Digging"))
    made.slug = "metro"
    made.save()
    answer = client.get("/series/tunnel/")
    assert (answer.status_code, answer["Location"]) == (301, "/series/metro/")
    assert client.get("/series/metro/").status_code == 200


def test_a_package_lists_the_others_without_numbers(live: Live, client: Client) -> None:
    rows = [live(f"Digging {n}") for n in range(3)]
    series(*rows, kind="package")
    found = page(client, rows[1].get_absolute_url())
    assert "Part 2" not in found
    box = found[found.index('class="series series--package"') :].partition("</nav>")[0]
    assert [row.get_absolute_url() in box for row in rows] == [True, False, True]
    assert "Part 1" not in page(client, "/series/tunnel/")


def test_an_article_may_stand_in_several(live: Live, client: Client) -> None:
    one, two = live("Digging one"), live("Digging two")
    series(one, two)
    series(two, one, kind="package", slug="works")
    found = page(client, one.get_absolute_url())
    assert found.count('class="series') >= 2
    assert "Part 1 of 2" in found
    assert "The works" in found


def test_a_warm_page_asks_nothing_for_its_series_and_an_article_in_none_never_does(
    live: Live, client: Client
) -> None:
    alone, one, two = live("Alone"), live("Digging one"), live("Digging two")
    series(one, two)

    def asked(row: PublishedArticle) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(row.get_absolute_url())
        return sum('FROM "articles_seriespart"' in q["sql"] and "in_series" not in q["sql"]
                   for q in captured)  # fmt: skip

    caches["local"].clear()
    assert [asked(alone), asked(one), asked(one)] == [0, 1, 0]


def test_a_story_of_the_series_is_not_repeated_among_the_related(
    live: Live, client: Client
) -> None:
    one, two = live("Digging one", topics=["Tunnel"]), live("Digging two", topics=["Tunnel"])
    series(one, two)
    assert 'class="related-stories"' not in page(client, one.get_absolute_url())


# The desk --------------------------------------------------------------------------------------


def sent(made: Series | None, *rows: tuple[Article, int], **fields: str) -> dict[str, object]:
    """What a browser sends for a series with these parts, all of them new rows."""
    found: dict[str, object] = {
        "name": "The tunnel", "kind": "series", "description": "", "picture": "", "slug": "",
        "parts-TOTAL_FORMS": str(len(rows) + 1), "parts-INITIAL_FORMS": "0", **fields,
    }  # fmt: skip
    for n, (article, order) in enumerate(rows):
        found |= {f"parts-{n}-article": str(article.pk), f"parts-{n}-order": str(order)}
    # The empty row that the page offers.
    return {**found, f"parts-{len(rows)}-article": "", f"parts-{len(rows)}-order": "3"}


def test_an_editor_makes_a_series_and_the_order_is_what_was_typed(
    editor: User, client_for: Callable[[User], Client], write: Write
) -> None:
    desk = client_for(editor)
    one, two = write("First"), write("Second")
    answer = desk.post("/admin/articles/series/add/", sent(None, (one, 2), (two, 1)))
    assert answer.status_code == 302
    made = Series.objects.get()
    assert made.slug == "the-tunnel"
    assert [part.article for part in made.parts.all()] == [two, one]
    listed = desk.get("/admin/articles/series/").content.decode()
    assert "0 of 2" in listed


def test_the_same_article_twice_is_an_error_and_nothing_is_lost(
    editor: User, client_for: Callable[[User], Client], write: Write
) -> None:
    article = write("First")
    answer = client_for(editor).post(
        "/admin/articles/series/add/", sent(None, (article, 1), (article, 2))
    )
    assert answer.status_code == 200
    assert not Series.objects.exists()
    assert answer.content.decode().count(f'value="{article.pk}" selected') == 2


def test_from_the_article_s_form_it_becomes_the_last_part(
    editor: User, client_for: Callable[[User], Client], write: Write
) -> None:
    desk = client_for(editor)
    one, two = write("First"), write("Second")
    made = series(one)
    address = f"/admin/articles/article/{two.pk}/series/"
    assert address in desk.get(f"/admin/articles/article/{two.pk}/change/").content.decode()
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"series": made.pk}).status_code == 302
    assert [part.article for part in made.parts.all()] == [one, two]
    form = desk.get(f"/admin/articles/article/{two.pk}/change/").content.decode()
    assert "Part 2 of 2 in" in form
    assert desk.post(address, {"series": made.pk}).status_code == 200  # offered no more
    assert desk.post(address, {"series": "\x00"}).status_code == 200
    assert made.parts.count() == 2
    made.parts.update(order=32_767)  # the largest that can be typed
    three = write("Third")
    desk.post(f"/admin/articles/article/{three.pk}/series/", {"series": made.pk})
    assert [part.article for part in made.parts.all()] == [one, two, three]


def test_a_reporter_adds_to_no_series(
    reporter: User, client_for: Callable[[User], Client], write: Write
) -> None:
    made, article = series(write("First")), write("Second")
    desk = client_for(reporter)
    answer = desk.post(f"/admin/articles/article/{article.pk}/series/", {"series": made.pk})
    assert answer.status_code == 403
    assert made.parts.count() == 1
