"""Pages in Redis: shared by machines, and nothing a reader waits for when Redis is in trouble.

Real servers, which the tests start themselves and then stop, freeze, empty, fill and replace.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.cache import caches
from pytest_django import Settings

from newsroom.cache.log import Log
from newsroom.cache.pages import Page
from newsroom.cache.stores import redis as in_redis
from newsroom.cache.stores.redis import InRedis
from newsroom.lib import redis_client
from newsroom.lib.ratelimit import allow
from newsroom.lib.shared_cache import PatientCache
from tests.management.sites import eventually
from tests.redises import REDIS, OwnRedis, babble, own_redis

pytestmark = pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")
KEY = ("paper.test", "/city/", "")


def page(key: tuple[str, str, str] = KEY, *, as_of: int = 5, tags: str = "article:7") -> Page:
    return Page.of(
        key, status="200 OK", headers=[("Content-Type", "text/html")], body=b"words " * 500,
        tags=tags.split(), as_of=as_of, made=time.time(), until=None, lifetime=600,
        cache_control="public", carried=[],
    )  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnRedis]:
    folder = tmp_path / "redis"
    folder.mkdir()
    with own_redis(folder) as own:
        yield own


@pytest.fixture
def machine(server: OwnRedis, tmp_path: Path) -> Callable[..., InRedis]:
    """A process on a machine of that name."""

    def make(name: str = "one", paper: str = "paper", release: str = "release") -> InRedis:
        return InRedis(server.url, tmp_path / name, paper=paper, release=release)

    return make


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Redis that failed is asked again at once."""
    monkeypatch.setattr(redis_client, "SILENCE", 0.0)


def test_a_page_that_one_machine_made_is_there_for_all_of_the_paper_and_release(
    machine: Callable[..., InRedis], server: OwnRedis
) -> None:
    made = page()
    machine("one").put(made)
    found = machine("two").get(KEY)
    assert found
    assert found.to_bytes() == made.to_bytes()
    assert machine("two", release="another").get(KEY) is None
    assert machine("two", paper="another").get(KEY) is None
    with server.client() as client:
        assert all(0 < client.ttl(key) <= 2 * 24 * 3600 for key in client.keys("*"))
    machine("three").drop(KEY)
    assert machine("one").get(KEY) is None


def test_what_was_taken_is_known_to_every_process_that_starts_without_a_database(
    machine: Callable[..., InRedis],
) -> None:
    one = machine("one")
    one.put(page(as_of=5))
    one.take({"article:7": 6, "list:paper": 6})
    one.take({"article:7": 4})  # heard late: the newest number holds
    new = machine("two")
    assert new.taken() == {"article:7": 6, "list:paper": 6}
    assert Log(new).stale_since(page(as_of=5)) == -1
    assert new.get(KEY) is None
    # The page as it was made since is no such page.
    one.put(page(as_of=6))
    assert machine("three").get(KEY)


def test_emptied_redis_shows_no_page_of_before_and_learns_again_what_was_taken(
    machine: Callable[..., InRedis], server: OwnRedis
) -> None:
    one, slow = machine("one"), machine("two")
    one.take({"article:7": 6})
    slow.taken()
    with server.client() as client:
        client.flushall()
    slow.put(page(as_of=5))  # its making began before the story was taken
    assert one.get(KEY) is None
    assert machine("three").taken() == {"article:7": 6}
    assert machine("three").get(KEY) is None


def test_pages_are_unknown_once_redis_has_put_out_what_was_taken(
    machine: Callable[..., InRedis], server: OwnRedis
) -> None:
    one = machine("one")
    one.put(page(tags="article:7"))
    one.put(page(("paper.test", "/", ""), tags="front:home"))
    one.take({"article:7": 6})
    with server.client() as client:
        client.delete(*client.keys("*:taken"))
    new = machine("two")
    assert new.get(KEY) is None
    assert new.get(("paper.test", "/", "")) is None
    new.put(page(("paper.test", "/", ""), tags="front:home"))
    assert new.get(KEY) is None  # which knows of nothing that was taken
    assert one.get(("paper.test", "/", ""))  # and tells what it remembers
    assert machine("three").taken() == {"article:7": 6}


def test_what_was_taken_while_redis_was_full_is_written_when_it_has_room(
    machine: Callable[..., InRedis], server: OwnRedis
) -> None:
    one = machine("one")
    one.put(page(as_of=5))
    with server.client() as client:
        client.config_set("maxmemory", 1)
        one.take({"article:7": 6})
        # A process that starts on this machine meanwhile has it from the machine's own file.
        assert machine("one").taken() == {"article:7": 6}
        assert machine("two").taken() == {}
        client.config_set("maxmemory", 0)
    assert one.get(("paper.test", "/", "")) is None  # whatever is asked
    assert machine("two").taken() == {"article:7": 6}
    assert machine("two").get(KEY) is None


def test_one_machine_makes_a_page_and_the_lock_of_a_dead_one_goes_by_itself(
    machine: Callable[..., InRedis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_redis, "LOCK", 0.3)
    one, two, three = machine("one"), machine("two"), machine("three")
    with one.alone(KEY) as first:
        assert first
        with two.alone(KEY) as second:
            assert not second
        with two.alone(("paper.test", "/other/", "")) as another:
            assert another
        # It has died, or is too slow: after a while one of the others makes the page.
        with ExitStack() as held:
            eventually(lambda: held.enter_context(two.alone(KEY)), 10)
            with three.alone(KEY) as third:
                assert not third
            # And the slow one, when it is done, opens nobody else's lock.
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(in_redis, "LOCK", 60.0)
                held.close()
                held.enter_context(two.alone(KEY))
    with machine("four").alone(KEY) as free:
        assert free


def test_a_lock_is_opened_only_by_who_holds_it(
    machine: Callable[..., InRedis], server: OwnRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_redis, "LOCK", 60.0)
    with server.client() as client:
        with machine("one").alone(KEY) as first:
            assert first
            (name,) = client.keys("*:lock")
            client.set(name, "of another machine")  # it has gone by, and somebody else has it
        assert client.get(name) == b"of another machine"


TROUBLES = ("dead", "frozen", "full", "loading", "read-only", "babbling")


@pytest.fixture
def in_trouble(server: OwnRedis) -> Iterator[Callable[[str], None]]:
    """Does it to the server."""
    with ExitStack() as until:

        def befall(trouble: str) -> None:
            if trouble == "full":
                with server.client() as client:
                    client.config_set("maxmemory", 1)
                    client.config_set("maxmemory-policy", "noeviction")
            elif trouble == "read-only":
                with server.client() as client:
                    client.replicaof("127.0.0.1", "1")
            elif trouble == "frozen":
                server.freeze()
            elif trouble == "loading":
                with server.client() as client:
                    client.mset({f"key {number}": "x" for number in range(3000)})
                    client.save()
                server.kill()
                server.start("--key-load-delay", "20000",
                             "--loading-process-events-interval-bytes", "1024")  # fmt: skip
            else:
                server.kill()
                if trouble == "babbling":
                    until.enter_context(babble(server.port))

        yield befall


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_redis_in_trouble_costs_one_short_wait_in_a_while_and_never_an_error(
    machine: Callable[..., InRedis], in_trouble: Callable[[str], None], trouble: str
) -> None:
    store = machine()
    store.put(page())
    in_trouble(trouble)
    began = time.monotonic()
    times = 300
    for number in range(times):
        key = ("paper.test", f"/{number}/", "")
        assert store.get(key) is None
        store.put(page(key))
        store.take({f"article:{number}": number})
        store.drop(key)
        with store.alone(key) as mine:
            assert mine
    # 0.25 s once in two seconds, and the work itself; each call for itself would take minutes.
    assert time.monotonic() - began < 15
    assert store.prune(most=10**9, oldest=0) == 0
    new = machine()
    assert new.taken() == {f"article:{number}": number for number in range(1, times)}
    # While Redis is away one at a time makes a page on each machine.
    with store.alone(KEY), new.alone(KEY) as second:
        assert not second


@pytest.fixture
def limits(server: OwnRedis, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is counted in this server."""
    backend = f"{PatientCache.__module__}.{PatientCache.__qualname__}"
    own = {"BACKEND": backend, "LOCATION": server.url}
    settings.CACHES = {**settings.CACHES, "default": own}
    fresh = redis_client.Breaker("Shared cache", refusing_is_failing=True)
    monkeypatch.setattr("newsroom.lib.shared_cache._breaker", fresh)
    caches["default"]._memory.clear()  # type: ignore[attr-defined]


def allowed(*keys: str) -> int:
    """How often each was let through, of a hundred times, where three are the limit."""
    return sum(allow("test", key, limit=3, seconds=3600) for _n in range(100) for key in keys)


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_limits_hold_in_each_process_while_redis_is_in_trouble_and_nobody_gets_an_error(
    in_trouble: Callable[[str], None], trouble: str
) -> None:
    assert allowed("before") == 3
    in_trouble(trouble)
    began = time.monotonic()
    assert allowed("one", "other") == 6
    assert time.monotonic() - began < 15


@pytest.mark.usefixtures("limits", "impatient")
def test_asking_a_full_redis_again_begins_no_count_anew(in_trouble: Callable[[str], None]) -> None:
    in_trouble("full")
    assert allowed("one", "other") == 6


@pytest.mark.usefixtures("impatient")
def test_it_is_used_again_when_it_is_back(
    machine: Callable[..., InRedis], server: OwnRedis
) -> None:
    store, other = machine("one"), machine("two")
    store.put(page())
    server.kill()
    assert store.get(KEY) is None
    server.start()
    store.put(page())
    assert other.get(KEY)
