"""Where an article stood on fronts, how long and how large."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.fronts.content import Placement
from articles.fronts.finding import front_of
from articles.fronts.models import Standing
from articles.fronts.prominence import prominence
from articles.fronts.templatetags.front_times import lasted
from articles.models import Article
from newsroom.accounts.models import User
from tests.fronts.stories import NOON, city, home, minutes, show, story

Log = Callable[[User], Client]


def stood(article: Article, slot: str, since: float, until: float | None, **more: object) -> None:
    """A row as the recorder leaves it, in minutes after noon."""
    fields = {"front": home(), "size": "small", **more}
    end = None if until is None else minutes(until)
    Standing.objects.create(article=article, slot=slot, since=minutes(since), until=end, **fields)


def test_an_article_tells_where_it_stood_how_long_and_how_large(db: None) -> None:
    tram, bridge = story("Tram line opens"), story("Bridge is closed")
    front = home()
    show(front, at=NOON, lead_1=bridge.pk, seconds_2=tram.pk)
    show(front, at=minutes(20), lead_1=tram.pk)
    show(front, at=minutes(50), lead_1=bridge.pk, seconds_1=Placement(tram.pk, size="text"))
    found = prominence(tram.article, at=minutes(60))
    hand = [(s.place, s.size, s.since, s.until) for s in found.stays if s.by_hand]
    assert hand == [
        ("Home: Seconds 1", "text", minutes(50), None),
        ("Home: Lead", "lead", minutes(20), minutes(50)),
        ("Home: Seconds 2", "text", NOON, minutes(20)),
    ]
    assert found.largest is not None
    assert (found.largest.place, found.largest.lasted) == ("Home: Lead", timedelta(minutes=30))
    [total] = found.totals
    assert (str(total.front), total.lasted, total.now) == ("Home", timedelta(minutes=60), True)


def test_times_that_follow_on_each_other_are_one(db: None) -> None:
    tram = story("Tram line opens").article
    stood(tram, "row-1.1", 0, 10)
    stood(tram, "row-1.1", 10, 25)
    stood(tram, "row-1.1", 30, None)
    stays = prominence(tram, at=minutes(40)).stays
    assert [(s.since, s.until) for s in stays] == [(minutes(30), None), (NOON, minutes(25))]


def test_two_slots_at_once_count_once_in_the_sum_of_a_front(db: None) -> None:
    tram = story("Tram line opens").article
    section = front_of("section", city())
    stood(tram, "lead.1", 0, 60, size="lead")
    stood(tram, "latest.1", 30, 90, size="text")
    stood(tram, "latest.1", 200, 210, size="text")
    stood(tram, "lead.1", 0, 400, size="lead", front=section)
    sums = [(str(t.front), t.lasted) for t in prominence(tram, at=minutes(500)).totals]
    assert sums == [("City", timedelta(minutes=400)), ("Home", timedelta(minutes=100))]


def test_the_largest_place_is_the_largest_and_of_equals_the_longest(db: None) -> None:
    tram = story("Tram line opens").article
    stood(tram, "row-1.1", 0, 500)
    stood(tram, "row-2.1", 500, 510, size="large")
    stood(tram, "row-3.1", 510, 530, size="large")
    largest = prominence(tram, at=minutes(600)).largest
    assert largest is not None
    assert largest.slot == "row-3.1"


def test_the_page_opens_for_who_may_read_the_article_and_is_linked_from_it(
    reporter: User,
    letters: User,
    client_for: Log,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    tram = story("Tram <b>line</b>").article
    show(home(), at=NOON, lead_1=tram.pk)
    for number in range(300):
        stood(tram, "row-1.1", 10 * number, 10 * number + 5)
    address = f"/admin/fronts/front/article/{tram.pk}/"
    client = client_for(reporter)
    assert address in client.get(f"/admin/articles/article/{tram.pk}/change/").content.decode()
    with django_assert_max_num_queries(14):
        html = client.get(address).content.decode()
    assert "Home: Lead" in html
    assert "stands there now" in html
    assert "are not listed; the sums include them" in html
    [when, *_others] = re.findall(r'<a href="([^"]+/past/[^"]+)"', html)
    assert "This is what readers saw" in client.get(unescape(when)).content.decode()
    assert client_for(letters).get(address).status_code == 403
    assert client.get("/admin/fronts/front/article/99999999/").status_code == 404


def test_durations_are_said_short_and_rounded_down() -> None:
    said = {40: "40 s", 61: "1 min", 3 * 3600 + 359: "3 h 5 min", 90000: "1 d 1 h"}
    assert {seconds: lasted(timedelta(seconds=seconds)) for seconds in said} == said
