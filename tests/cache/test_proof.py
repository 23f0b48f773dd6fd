"""The publish proof: what one process says of its pages, and what is made of what all say."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.models import PublishedArticle
from newsroom.accounts.models import User
from newsroom.cache.models import Purge, Refreshing, Told, WebProcess
from newsroom.cache.proof.reading import Proof, read
from newsroom.cache.proof.token import token
from newsroom.cache.proof.words import sentence
from newsroom.cache.purging import followed, purge
from newsroom.cache.upkeep import prune_entries
from newsroom.pages.models import Page
from tests.cache.browser import Browser
from tests.cache.stories import mend


@pytest.fixture
def act(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[Callable[[], object]], list[int]]:
    """Does something as a request of the staff would; the numbers of the entries."""

    def run(deed: Callable[[], object]) -> list[int]:
        with followed() as numbers, django_capture_on_commit_callbacks(execute=True):
            deed()
        return numbers

    return run


def witness(*browsers: Browser) -> None:
    """What the threads of each process do by themselves."""
    for browser in browsers:
        browser.front.log.catch_up()
        browser.front.witness.turn()


Later = Callable[..., None]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """It stands still: a second is over when a test says so, on a slow machine too."""
    with time_machine.travel(datetime.now(UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def later(clock: time_machine.Traveller) -> Later:
    """More than the second in which an old page may be shown has passed."""

    def wait(*browsers: Browser) -> None:
        clock.shift(1.1)
        for browser in browsers:
            browser.front.witness.turn()

    return wait


def proof(numbers: list[int], at: datetime | None = None) -> Proof:
    found = read(min(numbers), max(numbers), at=at or timezone.now())
    assert found is not None
    return found


def states(found: Proof) -> dict[str, str]:
    return {page.address: page.state for page in found.pages}


def test_pages_that_showed_the_change_are_counted_and_confirmed_when_no_old_one_is_shown(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]], later: Later
) -> None:
    page = Page.objects.create(title="About us", slug="about-us", body="<p>We are.</p>")
    for path in ("/city/", story.get_absolute_url(), page.path):
        browser.get(path)
    numbers = act(lambda: mend(story))
    witness(browser)
    first = proof(numbers)
    assert states(first) == {"/city/": "old", story.get_absolute_url(): "old"}
    assert (sentence(first), first.is_done) == ("2 pages refreshed, 0 confirmed so far.", False)
    later(browser)
    assert states(proof(numbers)) == {"/city/": "waits", story.get_absolute_url(): "waits"}
    browser.get("/city/")
    browser.front.witness.turn()
    last = proof(numbers)
    assert states(last) == {"/city/": "new", story.get_absolute_url(): "waits"}
    assert (sentence(last), last.is_done) == ("2 pages refreshed, 2 confirmed.", True)
    assert last.seconds is not None


def test_a_page_that_two_processes_show_is_one_and_confirmed_when_both_have_let_it_go(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]], later: Later
) -> None:
    other = Browser()
    for each in (browser, other):
        each.get("/city/")
    other.get(story.get_absolute_url())
    purge("nothing")
    witness(browser, other)
    numbers = act(lambda: mend(story))
    witness(browser)
    later(browser)
    half = proof(numbers)
    assert (half.count, half.confirmed, len(half.unanswered)) == (1, 0, 1)
    witness(other)
    assert (proof(numbers).count, proof(numbers).confirmed) == (2, 0)
    later(other)
    assert sentence(proof(numbers)) == "2 pages refreshed, 2 confirmed."


def test_a_page_that_cannot_be_made_anew_is_named_until_it_can(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]],
    monkeypatch: pytest.MonkeyPatch, client_for: Callable[[User], Client], chief: User,
    later: Later,
) -> None:  # fmt: skip
    browser.get("/city/")
    browser.get(story.get_absolute_url())
    numbers = act(lambda: mend(story))
    witness(browser)
    later()
    with monkeypatch.context() as broken:
        broken.setattr("articles.fronts.present.section", lambda *_args, **_more: 1 / 0)
        assert b"Tram line opens<" in browser.get("/city/").body  # the old one stands in
    later(browser)
    found = proof(numbers)
    assert sentence(found) == "2 pages refreshed, 1 confirmed so far."
    assert [page.address for page in found.late] == ["/city/"]
    assert found.seconds is None
    said = client_for(chief).get(f"/admin/proof/{token(chief, min(numbers), max(numbers))}/line/")
    assert said.json()["late"]
    assert '<a href="/city/">' in said.json()["html"]
    assert "could not be made anew" in said.json()["html"]
    browser.get("/city/")
    browser.front.witness.turn()
    assert sentence(proof(numbers)) == "2 pages refreshed, 2 confirmed."


def test_another_act_of_the_same_moment_is_not_counted_in(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]]
) -> None:
    page = Page.objects.create(title="About us", slug="about-us", body="<p>We are.</p>")
    browser.get(page.path)
    browser.get(story.get_absolute_url())
    mine = act(lambda: purge(f"article:{story.pk}"))
    theirs = act(lambda: purge(f"page:{page.pk}"))
    witness(browser)
    assert states(proof(mine)) == {story.get_absolute_url(): "old"}
    assert states(proof(theirs)) == {page.path: "old"}


def test_what_was_rolled_back_has_no_proof(
    story: PublishedArticle, act: Callable[..., list[int]]
) -> None:
    def refused() -> None:
        with transaction.atomic():
            purge(f"article:{story.pk}")
            transaction.set_rollback(True)

    assert act(refused) == []


def test_only_what_somebody_waits_for_is_written_down(
    browser: Browser, story: PublishedArticle
) -> None:
    browser.get("/city/")
    witness(browser)
    before = WebProcess.objects.get()
    mend(story)
    witness(browser)
    assert not Purge.objects.filter(followed=True).exists()
    assert not Refreshing.objects.exists()
    assert WebProcess.objects.get().seen_at == before.seen_at


def test_a_process_elsewhere_counts_while_it_is_heard_of_and_one_here_while_it_lives(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]], later: Later
) -> None:
    browser.get("/city/")
    numbers = act(lambda: mend(story))
    witness(browser)
    later(browser)
    now = timezone.now()
    elsewhere = WebProcess.objects.create(
        machine="b", space="elsewhere", pid=1, number=0, seen_at=now
    )
    assert (proof(numbers).confirmed, proof(numbers).unanswered) == (0, [elsewhere])
    # Named when it should have answered long ago; gone when it was silent for a minute.
    assert proof(numbers).late_processes == []
    assert proof(numbers, now + timedelta(seconds=5)).late_processes == [elsewhere]
    assert proof(numbers, now + timedelta(seconds=61)).confirmed == 1
    # No process has this number; it dies unheard, and who looks from elsewhere is told.
    here = WebProcess.objects.exclude(pk=elsewhere.pk).get()
    dead = WebProcess.objects.create(
        machine=here.machine, space=here.space, pid=2**22 + 7, number=0, seen_at=now
    )
    elsewhere.delete()
    assert proof(numbers).confirmed == 1
    browser.front.witness._said = (0, 0.0)
    browser.front.witness.turn()
    dead.refresh_from_db()
    assert dead.left


def test_a_cache_in_front_that_has_not_been_told_is_named(
    browser: Browser,
    story: PublishedArticle,
    act: Callable[..., list[int]],
    settings: Any,
    later: Later,
) -> None:
    settings.VARNISH_URLS = ["http://127.0.0.1:1"]
    browser.get("/city/")
    numbers = act(lambda: mend(story))
    witness(browser)
    later(browser)
    found = proof(numbers)
    assert (found.confirmed, found.untold, found.is_done) == (
        1, ["Varnish at http://127.0.0.1:1"], False,
    )  # fmt: skip
    assert found.late_caches == []
    assert proof(numbers, timezone.now() + timedelta(seconds=30)).late_caches == found.untold
    Told.objects.create(pk=found.untold[0], number=max(numbers))
    assert proof(numbers).is_done


def test_a_change_of_every_page_is_counted_and_a_hundred_are_named(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]], later: Later
) -> None:
    browser.get("/city/")
    page = browser.page("/city/")
    for number in range(3000):
        copy = type(page)({**page.stored, "key": ("localhost", f"/{number}/", "")}, [b"", b"", b""])
        browser.front.memory.put(copy)
    numbers = act(lambda: purge("identity"))
    witness(browser)
    found = proof(numbers)
    assert (found.count, len(found.pages), found.exact) == (3001, 100, False)
    assert sentence(found) == "At least 3001 pages refreshed, 0 confirmed so far."
    later(browser)
    assert sentence(proof(numbers)) == "At least 3001 pages refreshed, 3001 confirmed."


@pytest.mark.django_db(transaction=True)
def test_who_did_it_lands_on_a_page_that_says_so_and_nobody_else_may_look(
    browser: Browser, story: PublishedArticle, chief: User, editor: User,
    client_for: Callable[[User], Client], later: Later,
) -> None:  # fmt: skip
    browser.get("/city/")
    client = client_for(chief)
    address = f"/admin/articles/article/{story.pk}/correct/"
    answer = client.post(address, {"text": "It opens in May."})
    assert answer.status_code == 302
    landed = client.get(answer["Location"]).content.decode()
    [line] = re.findall(r'<span role="status" data-proof="([^"]+)">', landed)
    [page] = re.findall(r'<a href="(/admin/proof/[^"]+)">', landed)
    witness(browser)
    later(browser)
    assert client.get(line).json() == {
        "html": "1 page refreshed, 1 confirmed.\n", "done": True, "late": False,
    }  # fmt: skip
    shown = client.get(page).content.decode()
    assert '<a href="/city/"><bdi>/city/</bdi></a>' in shown
    assert client_for(editor).get(page).status_code == 404
    assert client_for(editor).get(line).status_code == 404
    assert Client().get(page).status_code == 302
    assert client.get(page.replace("/proof/", "/proof/x")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_of_what_changed_no_page(
    story: PublishedArticle, chief: User, client_for: Callable[[User], Client]
) -> None:
    client = client_for(chief)
    client.post(f"/admin/articles/article/{story.pk}/expiry/", {})
    assert "data-proof" not in client.get("/admin/").content.decode()


def test_proofs_are_forgotten_after_two_days(
    browser: Browser, story: PublishedArticle, act: Callable[..., list[int]]
) -> None:
    browser.get("/city/")
    numbers = act(lambda: mend(story))
    witness(browser)
    prune_entries(timezone.now() + timedelta(days=1))
    assert proof(numbers).count == 1
    prune_entries(timezone.now() + timedelta(days=3))
    assert read(min(numbers), max(numbers), at=timezone.now()) is None
    assert not WebProcess.objects.exists()
    assert not Refreshing.objects.exists()
