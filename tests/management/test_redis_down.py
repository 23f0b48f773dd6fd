"""Redis dead, frozen, emptied, full, or something else on its port: readers notice nothing.

Row F10 of what the site survives: two machines of one paper, their real servers, and a Redis that
the test starts and breaks itself while readers read.
"""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import cases, rounds
from tests.management.conftest import empty_paper
from tests.management.sites import Paper, Serving, eventually, free_port
from tests.management.stories import MENDED, STORY, WITHDRAWN, said
from tests.redises import REDIS, OwnRedis, babble, own_redis

pytestmark = [
    pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine"),
    pytest.mark.xdist_group("redis down"),
]
TOKEN = "a-token-of-the-tests"
HOST = {"Host": "paper.test"}
# Stored, never stored, and never stored but counted in Redis who asks.
STORED = ("/", "/opinion/", "/city/")
OTHERS = ("/search/", "/nowhere/at/all/")
COUNTED = "/accounts/invitation/nobodys/"
WORKERS = 2


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    with own_redis(tmp_path_factory.mktemp("redis")) as own:
        yield own


@pytest.fixture(scope="module")
def shared(server: OwnRedis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with empty_paper(tmp_path_factory.mktemp("shared")) as made:
        made.settings.setdefault("DATABASE_URL", f"sqlite:///{made.data / 'newsroom.sqlite3'}")
        made.settings |= {
            "SITE_URL": "http://paper.test", "ALLOWED_HOSTS": "paper.test",
            "SECRET_KEY": "the-key-of-all-machines-of-this-paper-1234",
            "PAGE_CACHE_STORE": "redis", "REDIS_URL": server.url, "METRICS_TOKEN": TOKEN,
        }  # fmt: skip
        yield made


@pytest.fixture(scope="module")
def machines(shared: Paper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Serving]]:
    """Two, which have the database and Redis in common and nothing else."""
    with ExitStack() as running:
        found = []
        for name in ("one", "two"):
            folder = tmp_path_factory.mktemp(name)
            own = Paper(folder, shared.settings)
            found.append(own.serve("--web-only", "--workers", str(WORKERS)))
            running.callback(found[-1].stop)
        for site in found:
            site.wait_until_announced()
            eventually(lambda: site.ask("/", **HOST)[0] == 200, 30)  # noqa: B023
        yield found


def made(sites: list[Serving]) -> int:
    """Pages made and stored by all processes since they began."""
    time.sleep(0.4)  # each process tells five times a second
    return sum(int(_made(site)) for site in sites)


def settled(sites: list[Serving]) -> int:
    """The same once nothing is made any more: pages that readers use are made anew unasked."""
    number, since = made(sites), time.monotonic()

    def quiet() -> bool:
        nonlocal number, since
        if (now := made(sites)) != number:
            number, since = now, time.monotonic()
        return time.monotonic() - since > 1.5

    eventually(quiet, 30)
    return number


def _made(site: Serving) -> float:
    text = site.ask("/metrics", Authorization=f"Bearer {TOKEN}")[2]
    families = {family.name: family for family in text_string_to_metric_families(text)}
    return families["newsroom_pages_made"].samples[0].value


@dataclass
class Readers:
    """Who read on while something happens; what they got and how long it took."""

    sites: list[Serving]
    statuses: dict[str, set[int]] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    _end: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Readers":
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(4)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(60)

    def _read(self, number: int) -> None:
        site = self.sites[number % 2]
        while not self._end.is_set():
            for path in (*STORED, *OTHERS, COUNTED):
                began = time.monotonic()
                status = 0  # nobody answered
                with suppress(OSError):
                    status = site.ask(path, **HOST)[0]
                self.took.append(time.monotonic() - began)
                self.statuses.setdefault(path, set()).add(status)
            time.sleep(0.02)

    def assert_noticed_nothing(self) -> None:
        expected = {path: {200} for path in STORED} | {
            "/search/": {200}, "/nowhere/at/all/": {404}, COUNTED: {404, 429},
        }  # fmt: skip
        for path, statuses in self.statuses.items():
            assert statuses <= expected[path], (path, statuses)
        self.took.sort()
        assert len(self.took) > 20
        half, most, longest = (self.took[int(len(self.took) * part)] for part in (0.5, 0.95, 0.999))
        print(
            f"{len(self.took)} answers: {half:.3f} s, 95 of 100 {most:.3f}, longest {longest:.3f}"
        )
        # Two waits of 0.25 s (pages, limits) at worst, on a machine that does other things too.
        assert half < 0.5
        assert longest < 5


@pytest.fixture(scope="module")
def story(shared: Paper) -> tuple[int, str]:
    """Its number and its first address."""
    pk, path = json.loads(said(shared, STORY))
    return pk, path


def asked_by_many(machines: list[Serving], path: str) -> list[tuple[int, str]]:
    """Statuses and texts that 32 readers get at once, half of them on each machine."""
    with ThreadPoolExecutor(16) as crowd:
        answers = crowd.map(lambda n: machines[n % 2].ask(path, **HOST), range(32))
        return [(status, text) for status, _headers, text in answers]


def mend(paper: Paper, pk: int, headline: str) -> None:
    said(paper, MENDED.format(pk=pk, headline=headline))


def test_a_page_is_made_once_for_all_machines(shared: Paper, machines: list[Serving]) -> None:
    _number, address = json.loads(said(shared, STORY))
    before = settled(machines)
    answers = asked_by_many(machines, address)
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert made(machines) == before + 1


@pytest.mark.parametrize("fault", cases("frozen", "full", drill=["dead", "emptied", "babbling"]))
def test_readers_notice_nothing_while_redis_is_in_trouble_nor_when_it_is_back(
    shared: Paper, server: OwnRedis, machines: list[Serving], story: tuple[int, str], fault: str
) -> None:
    for site in machines:
        assert [site.ask(path, **HOST)[0] for path in STORED] == [200] * len(STORED)
    with Readers(machines) as readers, ExitStack() as befallen:
        time.sleep(0.3)
        break_it(server, fault, befallen)
        time.sleep(rounds(1, 30))
        # Meanwhile an editor goes on, and all see it. However many readers wait for a page, no
        # process makes it twice.
        before = made(machines)
        mend(shared, story[0], f"Late for {fault}")
        eventually(
            lambda: all(
                f"Late for {fault}" in text for _s, text in asked_by_many(machines, "/city/")
            ),
            15,
        )
        assert made(machines) - before <= len(STORED) * WORKERS * len(machines)
        befallen.close()
        time.sleep(rounds(2, 10) + 0.5)  # it is asked again every two seconds
    readers.assert_noticed_nothing()
    # And it is used again: the machines share what is made, of each page that shows the story.
    before = settled(machines)
    mend(shared, story[0], f"On time after {fault}")
    eventually(
        lambda: all(f"after {fault}" in text for _s, text in asked_by_many(machines, "/city/")), 15
    )
    shows = {"/", "/city/", story[1]}
    assert 1 <= settled(machines) - before <= len(shows)


def test_what_was_taken_is_seen_on_no_machine(
    shared: Paper, machines: list[Serving], story: tuple[int, str]
) -> None:
    headline, shown = "Seen on both", ("/", "/city/")
    mend(shared, story[0], headline)
    for path in shown:
        eventually(
            lambda: all(headline in text for _s, text in asked_by_many(machines, path)),  # noqa: B023
            15,
        )
    said(shared, WITHDRAWN.format(pk=story[0]))
    time.sleep(0.5)  # they hear of it within a quarter of a second
    for path in shown:
        assert not any(headline in text for _status, text in asked_by_many(machines, path))
    assert {status for status, _text in asked_by_many(machines, story[1])} == {410}


def break_it(server: OwnRedis, fault: str, until: ExitStack) -> None:
    """Until the stack is closed."""
    if fault == "frozen":
        server.freeze()
        until.callback(server.thaw)
    elif fault in ("emptied", "full"):
        with server.client() as client:
            client.flushall()
            if fault == "full":
                client.config_set("maxmemory", 1)
                until.callback(_make_room, server)
    else:
        server.kill()
        until.callback(server.start)
        if fault == "babbling":
            until.enter_context(babble(server.port))


def _make_room(server: OwnRedis) -> None:
    with server.client() as client:
        client.config_set("maxmemory", 0)


def test_a_paper_starts_while_redis_is_frozen(
    shared: Paper, server: OwnRedis, tmp_path: Path
) -> None:
    server.freeze()
    own = Paper(tmp_path, shared.settings)
    site = own.serve("--web-only", port=free_port())
    try:
        site.wait_until_announced()
        eventually(lambda: site.ask("/", **HOST)[0] == 200, 30)
    finally:
        server.thaw()
        site.stop()
