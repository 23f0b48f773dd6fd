"""Pages made from a streaming replica: never older than what was purged, whatever becomes of it."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from tests.conftest import cases, rounds
from tests.management.replicas import Cluster, Desk, primary_and_replica
from tests.management.sites import Paper, Serving, eventually
from tests.management.stories import MENDED, PUBLISHED, WITHDRAWN

pytestmark = pytest.mark.xdist_group("replica")

FOUND = """
from newsroom.pages.founding import found
found(name="The Courier", language="en", time_zone="UTC")
"""
# On the replica it may read all but the menus.
HALF = """
CREATE ROLE half LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO half;
REVOKE SELECT ON pages_menu, pages_menuentry FROM half; SELECT 1
"""
NEWEST = "SELECT coalesce(max(id), 0) FROM cache_purge"
WRITTEN = "SELECT pg_current_wal_lsn()"
TOKEN = "a-token-for-metrics"


@dataclass
class Replicated:
    """A paper over a primary and a replica, its site, and somebody at its desk."""

    paper: Paper
    site: Serving
    desk: Desk
    primary: Cluster
    replica: Cluster
    numbers: Iterator[int]

    def made(self) -> tuple[int, int]:
        """Pages that were made, and those of them from the replica."""
        found = {}
        for line in self.site.ask("/metrics", Authorization=f"Bearer {TOKEN}")[2].splitlines():
            name, _space, value = line.rpartition(" ")
            found[name] = value
        made, from_replica = "newsroom_pages_made_total", "newsroom_pages_made_from_replica_total"
        return int(float(found[made])), int(float(found[from_replica]))

    def new_page(self) -> int:
        """The status of a page that nobody has asked for before."""
        return self.site.ask(f"/city/?before=20300101T000000Z-{next(self.numbers)}")[0]

    def made_anew_by(self, where: str) -> bool:
        """Whether a page that is made now is made there."""
        time.sleep(0.25)  # the counts of the web processes
        before = self.made()
        assert self.new_page() == 200
        time.sleep(0.5)
        made, from_replica = (now - then for now, then in zip(self.made(), before, strict=True))
        return made > 0 and (from_replica == made if where == "replica" else from_replica == 0)

    def catches_up(self) -> None:
        reached = f"SELECT pg_last_wal_replay_lsn() >= '{self.primary.ask(WRITTEN)}'"
        eventually(lambda: self.replica.ask(reached) == "True", 15, "it does not follow")


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicated]:
    with primary_and_replica() as (primary, replica):
        settings = {"DATABASE_URL": primary.url, "DATABASE_REPLICA_URL": replica.url,
                    "METRICS_TOKEN": TOKEN}  # fmt: skip
        made = Paper(tmp_path_factory.mktemp("replicated"), settings)
        done = made.manage("migrate", "--verbosity=0")
        assert done.returncode == 0, done.stderr
        # With the tick, which writes all the time. One web process, so that what was seen new
        # cannot be seen old in another one that hears of it a moment later.
        desk, site = Desk(made), made.serve("--workers", "1")
        try:
            desk.do(FOUND)
            desk.do(PUBLISHED.format(headline="Tram line opens"))
            site.wait_until_announced()
            yield Replicated(made, site, desk, primary, replica, count(1))
        finally:
            desk.go()
            site.stop()


@pytest.fixture
def replicated(standing: Replicated) -> Iterator[Replicated]:
    """With a replica that follows; what a test did to it is undone."""
    yield standing
    if standing.replica.process is None:
        standing.replica.start()
    standing.replica.freeze(signal.SIGCONT)
    resumed = "SELECT pg_wal_replay_resume() IS NULL"
    eventually(lambda: standing.replica.answers() and standing.replica.ask(resumed), 20)


def test_pages_for_readers_are_made_from_a_replica_that_follows(replicated: Replicated) -> None:
    replicated.catches_up()
    eventually(lambda: replicated.made_anew_by("replica"), 20)
    for path in ("/", "/city/"):
        assert "Tram line opens" in replicated.site.ask(path)[2]


def test_no_reader_sees_an_old_page_after_the_purge_while_the_replica_stands_still(
    replicated: Replicated,
) -> None:
    desk, ask = replicated.desk, replicated.site.ask
    pk, path = desk.do(PUBLISHED.format(headline="Headline 0"))  # type: ignore[misc]
    replicated.catches_up()
    eventually(lambda: "Headline 0" in ask(path)[2] and "Headline 0" in ask("/city/")[2], 10)
    replicated.replica.ask("SELECT pg_wal_replay_pause() IS NULL")
    for number in range(1, rounds(3, 20)):
        new = f"Headline {number}"
        desk.do(MENDED.format(pk=pk, headline=new))
        for each in ("/city/", "/"):
            eventually(lambda: new in ask(each)[2], 5, f"{each} is old")  # noqa: B023
        for _again in range(5):
            assert new in ask("/city/")[2]
            assert new in ask("/")[2]
    assert replicated.replica.ask(NEWEST) < replicated.primary.ask(NEWEST)
    desk.do(WITHDRAWN.format(pk=pk))
    # Until the withdrawal is heard of, its first address leads to that of its last headline.
    eventually(lambda: ask(path)[0] == 410, 5)
    for _again in range(5):
        status, _headers, text = ask(path)
        assert (status, "Headline" in text) == (410, False)
        assert replicated.new_page() == 200
    eventually(lambda: replicated.made_anew_by("primary"), 10)
    replicated.replica.ask("SELECT pg_wal_replay_resume() IS NULL")
    eventually(lambda: replicated.made_anew_by("replica"), 20)


@pytest.mark.parametrize("fault", cases("frozen", drill=["stopped"]))
def test_readers_are_unaffected_by_a_replica_that_is_away(
    replicated: Replicated, fault: str
) -> None:
    replicated.catches_up()
    eventually(lambda: replicated.made_anew_by("replica"), 20)
    (replicated.replica.stop if fault == "stopped" else replicated.replica.freeze)()
    until = time.monotonic() + rounds(3, 30)
    asked = 0
    while time.monotonic() < until or asked < 5:
        assert replicated.new_page() == 200
        asked += 1
    assert replicated.made_anew_by("primary")
    if fault == "stopped":
        replicated.replica.start()
    else:
        replicated.replica.freeze(signal.SIGCONT)
    eventually(lambda: replicated.made_anew_by("replica"), 25, "it is not used again")
    said = replicated.site.log.read_text()
    assert "the replica is left alone" in said
    assert "the replica answers again" in said


def test_a_page_that_fails_on_the_replica_is_made_from_the_primary_whole(
    replicated: Replicated,
) -> None:
    replicated.primary.ask(HALF)
    replicated.catches_up()
    url = replicated.replica.url.replace("postgres@", "half@")
    site = replicated.paper.serve("--web-only", DATABASE_REPLICA_URL=url)
    try:
        site.wait_until_announced()
        for number in range(3):
            status, _headers, text = site.ask(f"/city/?before=20290101T000000Z-{number + 1}")
            assert (status, "RSS feed" in text) == (200, True)
        assert "could not be made from it" in site.log.read_text()
    finally:
        site.stop()
