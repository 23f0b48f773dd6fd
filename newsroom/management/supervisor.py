"""Keeps a few child processes running: starts them, restarts what dies, ends them together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# A child that lived this long was well; its next death starts the back-off anew (seconds).
WELL_AFTER = 30
LONGEST_WAIT = 30
GRACE = 15


@dataclass
class Child:
    """One process to keep alive: its name in messages and its command."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 1.0
    start_at: float = 0.0


@dataclass
class Supervisor:
    """Runs until a signal; `run` returns the exit code."""

    children: Sequence[Child]
    environment: Mapping[str, str] = field(default_factory=dict)
    stopping: bool = False

    def run(self) -> int:
        """Start all, restart the dead with a wait of 1, 2, 4 ... 30 seconds, stop on a signal."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        while not self.stopping:
            now = time.monotonic()
            for child in self.children:
                self._look_after(child, now)
            time.sleep(0.2)
        self._end()
        return 0

    def _look_after(self, child: Child, now: float) -> None:
        if child.process is None:
            if now >= child.start_at:
                child.process = subprocess.Popen(  # noqa: S603  (our own commands)
                    child.command,
                    env={**os.environ, **self.environment},
                    preexec_fn=_die_with_parent,
                    start_new_session=True,
                )
                child.started = now
            return
        code = child.process.poll()
        if code is None:
            return
        if now - child.started > WELL_AFTER:
            child.wait = 1.0
        self._say(f"{child.name} ended ({_reason(code)}); starting it again in {child.wait:.0f} s.")
        child.process, child.start_at = None, now + child.wait
        child.wait = min(child.wait * 2, LONGEST_WAIT)

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _end(self) -> None:
        running = [(child.name, child.process) for child in self.children if child.process]
        for _name, process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for name, process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"{name} did not end in {GRACE} s; stopping it hard.")
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _say(self, sentence: str) -> None:
        sys.stderr.write(f"serve: {sentence}\n")
        sys.stderr.flush()


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _die_with_parent() -> None:
    """On Linux, ask the kernel to end the child when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
