"""Counting as it is served: two web processes, the tick, and somebody who pushes a story."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import redis

from articles.popularity.seen import SALT, Seen
from articles.popularity.tally import FROM_SUPERVISOR, lasting_memory
from tests.conftest import of_this_worker, rounds
from tests.management.conftest import empty_paper
from tests.management.sites import Paper, Serving, eventually
from tests.popularity.conftest import FIREFOX

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.slow,
    pytest.mark.xdist_group("counted"),
]

FIVE = [f"198.51.100.{number}" for number in range(5)]
REDIS = os.environ.get("REDIS_URL", "")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with empty_paper(tmp_path_factory.mktemp("counted")) as made:
        made.settings["TRUSTED_PROXIES"] = "127.0.0.1"
        yield made


def printed(paper: Paper, call: str) -> Any:
    done = paper.manage(
        "shell", "--no-imports", "-c", f"from tests.popularity import quick_tick; quick_tick.{call}"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextmanager
def ticking(paper: Paper, memory: int | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    inherited = {FROM_SUPERVISOR: str(memory)} if memory is not None else {}
    # One that a killed tick left would be taken for the socket of this one.
    (paper.data / "reads.sock").unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.popularity.quick_tick"],
        env=paper.environment(**inherited), pass_fds=[memory] if memory is not None else [],
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        if not paper.settings.get("REDIS_URL"):
            eventually((paper.data / "reads.sock").exists, 40)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


class Browsers:
    """Readers behind the named proxy, each request over one of a few open connections."""

    def __init__(self, site: Serving) -> None:
        self.site = site

    def read(self, pairs: list[tuple[int, str]]) -> set[int]:
        """Each (story, address) is told; the statuses of the answers."""
        with ThreadPoolExecutor(4) as pool:
            return set().union(*pool.map(self._some, (pairs[n::4] for n in range(4))))

    def _some(self, pairs: list[tuple[int, str]]) -> set[int]:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        statuses = set()
        for story, address in pairs:
            headers = {
                "X-Forwarded-For": address, "User-Agent": FIREFOX, "Sec-Fetch-Site": "same-origin",
                "Content-Type": "text/plain;charset=UTF-8", "X-Forwarded-Proto": "http",
            }  # fmt: skip
            connection.request("POST", "/most-read/count/", str(story), headers)
            answer = connection.getresponse()
            assert answer.read() == b""
            statuses.add(answer.status)
        connection.close()
        return statuses


def ranked(site: Serving) -> list[int]:
    """The stories of the page, in order."""
    text = site.ask("/most-read/")[2].partition('class="most-read__list')[2]
    parts = text.partition("</ol>")[0].split('class="ranked"')[1:]
    return [int(part.partition('<a href="')[2].partition('/"')[0].rpartition("-")[2])
            for part in parts]  # fmt: skip


def settled(
    paper: Paper, browsers: Browsers, reader: tuple[int, str], wanted: int
) -> dict[str, float]:
    """The numbers once this reader's story has so many readers.

    A reading that finds the tick busy is lost, so it is told until it is counted, which is once.
    """
    story = str(reader[0])

    def counted() -> dict[str, float] | None:
        browsers.read([reader])
        numbers: dict[str, float] = printed(paper, "numbers()")
        return numbers if numbers.get(story, 0) > wanted - 0.5 else None

    found: dict[str, float] = eventually(counted, 40)
    return found


@pytest.mark.parametrize("keeper", ["tick", "redis"])
def test_ten_thousand_requests_from_five_addresses_do_not_move_the_list(
    paper: Paper, keeper: str
) -> None:
    if keeper == "redis":
        if not REDIS:
            pytest.skip("REDIS_URL is not set")
        own = of_this_worker(REDIS)
        redis.Redis.from_url(own).flushdb()
        paper.settings |= {"REDIS_URL": own, "COUNT_READS_IN": "redis"}
    ids = printed(paper, "stage()")
    pushed, control = ids[12], ids[11]
    memory = lasting_memory()
    site = paper.serve("--web-only").wait_until_announced()
    try:
        with ticking(paper, memory) as tick:
            assert len(site.pids("web worker")) == 2
            assert ranked(site) == ids[:10]
            times = rounds(400, 10_000)
            browsers = Browsers(site)
            assert browsers.read([(pushed, FIVE[n % 5]) for n in range(times)]) == {204}
            # Somebody who comes after them all is counted: nothing is waiting any more.
            numbers = settled(paper, browsers, (control, "203.0.113.9"), 11)
            assert round(numbers[str(pushed)], 1) == 5
            assert ranked(site) == ids[:10]
            if keeper == "tick":
                _killed_and_back(paper, browsers, tick, memory, pushed)
                _nothing_personal(paper, memory)
    finally:
        site.stop()
        if memory is not None:
            os.close(memory)
        for name in ("REDIS_URL", "COUNT_READS_IN"):
            paper.settings.pop(name, None)


def _killed_and_back(
    paper: Paper, browsers: Browsers, tick: Any, memory: int | None, pushed: int
) -> None:
    """A tick that is killed loses what it had not written; the next knows who was counted."""
    tick.kill()
    tick.wait()
    assert browsers.read([(pushed, FIVE[0])]) == {204}  # lost, and nobody waits for it
    with ticking(paper, memory):
        browsers.read([(pushed, address) for address in FIVE])
        numbers = settled(paper, browsers, (pushed, "203.0.113.10"), 6)
        assert round(numbers[str(pushed)], 1) == 6


def _nothing_personal(paper: Paper, memory: int | None) -> None:
    """No address, no salt, in no file of the paper; on PostgreSQL in no row either."""
    assert memory is not None
    salt = os.pread(memory, SALT, Seen._SALT_AT)
    assert salt != bytes(SALT)
    secrets = [address.encode() for address in (*FIVE, "203.0.113.9")]
    secrets += [salt, salt.hex().encode()]
    if server := paper.settings.get("DATABASE_URL"):
        dump = subprocess.run(["pg_dump", server], capture_output=True, check=False).stdout
        assert [each for each in secrets if each in dump] == []
    for file in paper.data.rglob("*"):
        with suppress(OSError):
            content = file.read_bytes() if file.is_file() else b""
            assert [each for each in secrets if each in content] == [], file


def test_the_tick_of_a_served_paper_inherits_memory_that_outlives_it(paper: Paper) -> None:
    site = paper.serve().wait_until_announced()
    try:
        first = eventually(lambda: site.pids("tick"), 40)
        eventually((paper.data / "reads.sock").exists, 40)
        memory = _memory_of(*first)
        assert "memfd:newsroom-reads" in memory
        os.kill(*first, signal.SIGKILL)
        second = eventually(lambda: site.pids("tick") - first, 40)
        assert eventually(lambda: _memory_of(*second), 40) == memory
        assert not any("reads" in _memory_of(pid) for pid in site.pids("web worker"))
    finally:
        site.stop()
        eventually(lambda: not site.processes(), 20)  # or its tick would count for the next test


def _memory_of(pid: int) -> str:
    """The anonymous file that this process has open, with its number in the kernel."""
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if "memfd" in (target := os.readlink(descriptor)):
                return f"{target} {descriptor.stat().st_ino}"
    return ""
