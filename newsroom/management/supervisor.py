"""Keeps a few child processes running: starts them, restarts what dies, ends them together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

# Seconds. A child that lived this long was well: its next death starts the back-off anew.
WELL_AFTER = 10
FIRST_WAIT = 0.5
LONGEST_WAIT = 4
# A task or a request in hand is finished within this, or cut off.
GRACE = 10
# Ends by others' hand (an operator, the kernel short of memory) say nothing against the program.
KILLED = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT}

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process to keep alive: its name in messages and its command."""

    name: str
    command: Sequence[str]
    # Descriptors it inherits, and what only it is told.
    inherits: Sequence[int] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    start_at: float = 0.0


@dataclass
class Supervisor:
    """Runs until a signal; `run` returns the exit code.

    `is_up` is asked until it says yes; then `announce` is called, once.
    """

    children: Sequence[Child]
    is_up: Callable[[], bool]
    announce: Callable[[], None]
    environment: Mapping[str, str] = field(default_factory=dict)
    stopping: bool = False

    def run(self) -> int:
        """Start all, restart the dead after 0.5, 1, 2, then every 4 seconds; stop on a signal."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        announced = False
        while not self.stopping:
            now = time.monotonic()
            for child in self.children:
                self._look_after(child, now)
            if not announced and self.is_up():
                announced = True
                self.announce()
            time.sleep(0.1)
        self._end()
        return 0

    def _look_after(self, child: Child, now: float) -> None:
        if child.process is None:
            if now >= child.start_at and not self.stopping:
                child.process = subprocess.Popen(  # noqa: S603  (our own commands)
                    child.command,
                    env={**os.environ, **self.environment, **child.environment},
                    pass_fds=child.inherits,
                    preexec_fn=partial(die_with_parent, os.getpid()),
                    # A session of its own: Ctrl-C reaches us alone, and we can end its children.
                    start_new_session=True,
                )
                child.started = now
            return
        code = child.process.poll()
        if code is None:
            return
        _kill_group(child.process.pid)  # what it leaves behind would keep the port
        if now - child.started > WELL_AFTER or code in KILLED:
            child.wait = FIRST_WAIT
        say(f"{child.name} ended ({_reason(code)}); starting it again in {child.wait:g} s.")
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
                say(f"{name} did not end in {GRACE} s; stopping it hard.")
            _kill_group(process.pid)
            process.wait()


def say(sentence: str) -> None:
    """A line for the operator, on standard error."""
    sys.stderr.write(f"serve: {sentence}\n")
    sys.stderr.flush()


def die_with_parent(parent: int) -> None:
    """On Linux, ask the kernel to end this process when `parent` dies, even if killed outright."""
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGTERM)


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
