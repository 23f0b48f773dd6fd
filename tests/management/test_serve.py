"""`manage.py serve`: starting, ending at any moment, and what is killed coming back."""

import os
import signal
import sys
from collections.abc import Callable

import pytest

from tests.conftest import rounds
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
    [
        (signal.SIGTERM, "starting"),
        (signal.SIGINT, "first child"),
        (signal.SIGTERM, "web workers"),
        (signal.SIGKILL, "answering"),
    ],
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


def test_whatever_is_killed_is_back_and_readers_are_answered_within_five_seconds(
    site: Serving,
) -> None:
    for _round in range(rounds(3, 30)):
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
