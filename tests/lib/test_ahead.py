"""Batches that another process makes ahead."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence

import pytest

from newsroom.lib.ahead import made_ahead
from tests.management.sites import ROOT, eventually

pytestmark = [pytest.mark.once, pytest.mark.slow]


def who_and_which(batch: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), list(batch)


def refuse_the_second(batch: Sequence[int]) -> list[int]:
    if batch[0]:
        raise ValueError(f"not {batch[0]}")
    return list(batch)


def test_batches_come_in_order_from_one_other_process() -> None:
    made = list(made_ahead(who_and_which, [range(2), range(2, 4), range(4, 5)]))
    assert [batch for _pid, batch in made] == [[0, 1], [2, 3], [4]]
    assert len({pid for pid, _batch in made} - {os.getpid()}) == 1


def test_what_fails_there_is_raised_here_after_what_was_made_before() -> None:
    made = made_ahead(refuse_the_second, [range(2), range(2, 4)])
    assert next(made) == [0, 1]
    with pytest.raises(ValueError, match="not 2"):
        next(made)


def test_a_killed_command_leaves_no_process_behind() -> None:
    asks = (
        "from newsroom.lib.ahead import made_ahead; import time, tests.lib.test_ahead as here\n"
        "for pid, _batch in made_ahead(here.who_and_which, [range(2)] * 3):\n"
        "    print(pid, flush=True); time.sleep(60)\n"
    )
    command = subprocess.Popen(
        [sys.executable, "-c", asks], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert command.stdout
    other = int(command.stdout.readline())
    os.kill(other, 0)  # it is there
    command.send_signal(signal.SIGKILL)
    command.wait(10)
    command.stdout.close()
    eventually(lambda: not _runs(other), 10, "the other process outlived the command")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
