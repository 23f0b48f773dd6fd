"""`manage.py serve`: starting, ending at any moment, and what is killed coming back."""

import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import cases, rounds
from tests.management.conftest import empty_paper
from tests.management.readers import crowd_at
from tests.management.sites import Paper, Serving, eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

MOMENTS: dict[str, Callable[[Serving], object]] = {
    "starting": lambda site: site.pids("serve"),
    "first child": lambda site: len(site.processes()) > 1,
    "web workers": lambda site: site.pids("web worker"),
    "answering": Serving.answers,
}


@pytest.mark.parametrize(
    ("number", "moment"),
    cases(
        (signal.SIGINT, "first child"),
        (signal.SIGKILL, "answering"),
        drill=[(signal.SIGTERM, "starting"), (signal.SIGTERM, "web workers")],
    ),
)
def test_a_signal_at_any_moment_ends_every_process(
    paper: Paper, number: signal.Signals, moment: str
) -> None:
    for _round in range(rounds(1, 8)):
        site = paper.serve()
        eventually(lambda: MOMENTS[moment](site), 20)  # noqa: B023  (called at once)
        site.process.send_signal(number)
        code = site.process.wait(8)
        eventually(lambda: not site.processes(), 5, f"left: {site.processes()}")  # noqa: B023
        assert code in {0, -number, 1}
        assert "stopping it hard" not in site.log.read_text()


def test_the_supervisor_holds_nothing_of_the_site_in_memory(site: Serving) -> None:
    [supervisor] = site.pids("serve")
    status = Path(f"/proc/{supervisor}/status").read_text()
    [kilobytes] = re.findall(r"^VmRSS:\s+(\d+) kB", status, re.M)
    assert int(kilobytes) < 25_000


def test_who_answers_readers_stands_back_for_who_makes_pages_anew(site: Serving) -> None:
    def priorities(process: int) -> dict[str, set[int]]:
        """Of its threads, by name; granian's have one of their own."""
        found: dict[str, set[int]] = {}
        for stat in Path(f"/proc/{process}/task").glob("*/stat"):
            name, told = stat.read_text().partition("(")[2].rsplit(")", 1)
            found.setdefault(name, set()).add(int(told.split()[16]))
        return found

    ours, workers = os.nice(0), site.pids("web worker")
    assert workers
    eventually(lambda: all("tokio-rt-worker" in priorities(worker) for worker in workers))
    for found in map(priorities, workers):
        assert (found["tokio-rt-worker"], ours in found["python"]) == ({ours + 5}, True)
    [worker] = site.pids("db_worker")
    assert eventually(lambda: priorities(worker)["python"] == {max(10, ours)})


def test_whatever_is_killed_is_back_and_readers_are_answered_within_five_seconds(
    site: Serving,
) -> None:
    for _round in range(rounds(1, 30)):
        for role in ("web", "web worker", "db_worker", "tick"):
            before = eventually(lambda: site.pids(role), 5)  # noqa: B023
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            eventually(
                lambda: len(site.pids(role) - before) == len(before),  # noqa: B023
                5, f"{role} is not back",
            )  # fmt: skip
            eventually(site.answers, 5, f"no answer after {role} was killed")
            assert not site.pids(role) & before


def test_when_every_web_process_is_killed_only_requests_in_hand_fail(site: Serving) -> None:
    readers, times = 4, rounds(2, 30)
    with crowd_at(site, "/contact/", readers=readers) as got:
        for _round in range(times):
            answered = got.count(200)
            eventually(lambda: got.count(200) > answered + readers, 20)  # noqa: B023
            for pid in site.pids("web") | site.pids("web worker"):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            answered = got.count(200) + readers  # some may have been answered just before
            eventually(lambda: got.count(200) > answered, 20, "nobody is answered")  # noqa: B023
    failed = [one for one in got if one != 200]
    assert all(isinstance(one, OSError) for one in failed), failed
    assert len(failed) <= readers * times


def test_a_start_from_new_code_refuses_no_reader(paper: Paper) -> None:
    site = paper.serve().wait_until_announced()
    try:
        with crowd_at(site, "/contact/") as got:
            for _round in range(rounds(1, 20)):
                before = set(site.processes()) - {site.process.pid}
                site.process.send_signal(signal.SIGHUP)
                eventually(
                    lambda: (
                        len(site.processes()) == len(before) + 1  # noqa: B023
                        and not before & set(site.processes())  # noqa: B023
                    ),
                    20,
                )
        assert len(got) > 20
        assert set(got) == {200}
        assert "web was started anew" in site.log.read_text()
    finally:
        site.stop()


def test_new_code_that_does_not_start_leaves_all_as_it_was(tmp_path: Path) -> None:
    with empty_paper(tmp_path) as own:
        not_started_anew(own.serve().wait_until_announced(), own.data / "secret-key")


def not_started_anew(site: Serving, key: Path) -> None:
    aside = key.with_name("aside")
    try:
        before = set(site.processes())
        key.rename(aside)
        key.mkdir()  # what starts now cannot read its key
        site.process.send_signal(signal.SIGHUP)
        eventually(lambda: "what ran before goes on" in site.log.read_text(), 20)
        assert set(site.processes()) == before
        assert site.ask("/search/")[0] == 200
        key.rmdir()
        aside.rename(key)
        site.process.send_signal(signal.SIGHUP)
        eventually(lambda: not site.pids("web") & before, 20)
    finally:
        site.stop()


def is_over(pid: int) -> bool:
    """Whether also the last of its threads has ended; the first one may go before the others."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z" and len(threads) == 1


def test_a_reader_who_comes_while_the_web_server_is_dead_waits_and_is_answered(
    site: Serving,
) -> None:
    for _round in range(rounds(1, 20)):
        before = site.pids("web") | site.pids("web worker")
        for pid in before:
            with suppress(ProcessLookupError):  # it ended with the first
                os.kill(pid, signal.SIGKILL)
        eventually(lambda: all(map(is_over, before)), 5)  # noqa: B023  (called at once)
        assert site.ask()[0] == 200


def test_the_figures_are_of_all_web_processes(paper: Paper) -> None:
    site = paper.serve("--web-only", METRICS_TOKEN="of-a-test").wait_until_announced()
    try:
        for _reader in range(40):
            assert site.ask("/nowhere/at/all/")[0] == 404
        text = site.ask("/metrics", Authorization="Bearer of-a-test", Host="10.0.0.1")[2]
        assert 'newsroom_site_answers_total{status="4xx"} 40.0' in text
        assert "newsroom_web_processes 2.0" in text
        for pid in site.pids("web worker"):
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: site.ask("/nowhere/at/all/")[0], 5) == 404
        text = site.ask("/metrics", Authorization="Bearer of-a-test", Host="10.0.0.1")[2]
        assert 'newsroom_site_answers_total{status="4xx"} 41.0' in text
    finally:
        site.stop()


def test_the_address_is_printed_when_the_site_answers(paper: Paper) -> None:
    site = paper.serve("--web-only").wait_until_announced()
    try:
        assert site.ask()[0] == 200
        printed = site.log.read_text()
        assert f"The site    http://127.0.0.1:{site.port}/\n" in printed
        assert f"Mail lands in {paper.data / 'outbox'}" in printed
        assert "WARNING" not in printed
    finally:
        site.stop()


def test_a_taken_port_is_said_with_the_cure(site: Serving, paper: Paper) -> None:
    done = paper.manage("serve", PORT=str(site.port))
    assert done.returncode == 1
    assert f"Port {site.port} on 127.0.0.1 is taken" in done.stderr
    assert f"PORT={site.port + 1} make run" in done.stderr
