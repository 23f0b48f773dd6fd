"""Who is counted: a reader once a day for a story, and no machine, no staff, no page ahead."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
import time_machine
from django.conf import settings as real
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from articles.popularity import keeping, post, seen, tally
from newsroom.accounts.models import User
from tests.conftest import rounds
from tests.popularity.conftest import FIREFOX, NOON

Tell = Callable[..., HttpResponse]
Batch = Callable[[], dict[int, int]]

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
)
CUBOT = (
    "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
MACHINES = (
    "",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://x.example)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    CHROME.replace("Chrome/", "HeadlessChrome/"),
    FIREFOX + " Chrome-Lighthouse",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
)
NOBODY: dict[str, dict[str, Any]] = {
    "prefetch": {"headers": {"sec-purpose": "prefetch;prerender"}},
    "an older prefetch": {"headers": {"purpose": "prefetch"}},
    "Firefox's prefetch": {"headers": {"x-moz": "prefetch"}},
    "another site": {"headers": {"sec-fetch-site": "cross-site"}},
    "another subdomain": {"headers": {"sec-fetch-site": "same-site"}},
    "another origin": {"headers": {"sec-fetch-site": None, "origin": "https://evil.example"}},
    "no origin at all": {"headers": {"sec-fetch-site": None}},
    "a typed address": {"headers": {"sec-fetch-site": "none"}},
}


@pytest.mark.django_db
def test_readers_are_counted_once_a_day_for_a_story_each(tell: Tell, batch: Batch) -> None:
    for _visit in range(3):
        for number, browser in enumerate((FIREFOX, CHROME, SAFARI, CUBOT)):
            assert tell(7, f"203.0.113.{number}", browser).status_code == 204
        tell(8, "203.0.113.1", CHROME)
    assert batch() == {7: 4, 8: 1}


@pytest.mark.django_db
def test_a_batch_is_given_out_once(tell: Tell, batch: Batch) -> None:
    tell(7)
    assert batch() == {7: 1}
    tell(7)
    assert batch() == {}


@pytest.mark.django_db
def test_the_next_day_under_a_new_salt_the_same_reader_is_counted_again(
    tell: Tell, batch: Batch
) -> None:
    with time_machine.travel(NOON.replace(hour=23), tick=True) as clock:
        tell(7)
        assert batch() == {7: 1}
        clock.move_to(NOON.replace(day=NOON.day + 1, hour=1))
        tell(7)
        assert batch() == {7: 1}


@pytest.mark.django_db
def test_ten_thousand_reads_from_five_addresses_count_five(tell: Tell, batch: Batch) -> None:
    for number in range(rounds(300, 10_000)):
        # Another browser, another page of ours, another port: still the same address.
        tell(7, f"198.51.100.{number % 5}", CHROME.replace("142", str(number)))
    assert batch() == {7: 5}


@pytest.mark.django_db
def test_a_network_of_version_six_is_one_reader(tell: Tell, batch: Batch) -> None:
    for number in range(20):
        tell(7, f"2001:db8:1:2::{number:x}")
    tell(7, "2001:db8:1:3::1")
    assert batch() == {7: 2}


@pytest.mark.django_db
def test_only_a_named_proxy_is_believed_about_whom_it_speaks_for(
    tell: Tell, batch: Batch, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    for number in range(9):
        tell(7, "203.0.113.5", headers={"x-forwarded-for": f"198.51.100.{number}"})
    for number in range(3):
        tell(8, "10.0.0.1", headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert batch() == {7: 1, 8: 3}


@pytest.mark.django_db
def test_no_machine_and_no_page_opened_ahead_is_counted(tell: Tell, batch: Batch) -> None:
    for number, agent in enumerate(MACHINES):
        assert tell(100 + number, agent=agent).status_code == 204
    for number, more in enumerate(NOBODY.values()):
        assert tell(200 + number, **more).status_code == 204
    # Without the browser's word the origin speaks, which older ones send.
    tell(300, headers={"sec-fetch-site": None, "origin": real.SITE_URL})
    assert batch() == {300: 1}


def test_staff_are_not_counted_and_no_session_is_read(
    tell: Tell, batch: Batch, client: Client, reporter: User, django_assert_num_queries: Any
) -> None:
    client.force_login(reporter)
    with django_assert_num_queries(0):
        assert tell(7).status_code == 204
    client.logout()
    tell(8)
    assert batch() == {8: 1}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("7", 204), (str(2**63 - 1), 204), (str(2**63), 400), ("0", 400), ("-7", 400), ("", 400),
        ("7.0", 400), ("٧", 400), ("7\x00", 400), ("'; --", 400), ("9" * 200, 400),
        ("9" * 201, 413), ("9" * 100_000, 413),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_the_answer_is_empty_and_a_body_that_is_no_number_is_refused(
    tell: Tell, body: str, status: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = tell(body)
    assert (answer.status_code, answer.content) == (status, b"")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_without_anybody_to_count_a_reader_is_answered_all_the_same(tell: Tell) -> None:
    assert tell(7).status_code == 204


def test_what_arrives_at_the_socket_is_not_trusted() -> None:
    number = (7).to_bytes(8, "big")
    assert post.understood(number + b"203.0.113.7") == (7, "203.0.113.7")
    for datagram in (b"", b"7", number, bytes(8) + b"x", b"\xff" * 8 + b"x", number + b"\xff",
                     number + b"x" * 51):  # fmt: skip
        assert post.understood(datagram) is None


def test_the_socket_is_this_users_alone(batch: Batch, settings: Settings) -> None:
    if settings.COUNT_READS_IN == "tick":
        assert post.socket_path().stat().st_mode & 0o777 == 0o600


def test_a_tick_that_ends_takes_its_own_socket_away_and_not_its_successors() -> None:
    with keeping.counting():
        assert post.socket_path().exists()
    assert not post.socket_path().exists()
    with ExitStack() as later:
        with post.listening(tally.Tally()):
            later.enter_context(post.listening(tally.Tally()))
        assert post.socket_path().exists()
    assert not post.socket_path().exists()


def test_one_address_cannot_fill_the_counts_with_stories() -> None:
    counted = tally.Tally()
    added = [counted.add(story, "203.0.113.7") for story in range(1, 2 * seen.MOST_STORIES)]
    assert added.count(True) == seen.MOST_STORIES
    assert counted.add(1, "203.0.113.8")


def test_no_reader_is_counted_twice_however_full_the_memory_is() -> None:
    memory = seen.Seen()
    memory.turn(0)
    readers = [f"2001:db8::{number:x}" for number in range(rounds(5_000, 500_000))]
    assert sum(memory.add(7, reader) for reader in readers) > 0.999 * len(readers)
    assert not any(memory.add(7, reader) for reader in readers)
