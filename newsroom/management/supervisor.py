"""Keeps a few child processes running: starts them, replaces what dies, ends them together.

It runs as `python -m newsroom.management.supervisor serve DESCRIPTOR` and imports nothing of the
site, so that it takes 8 MB and not 59.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import NoReturn

# Seconds. A child that lived this long was well: its next death starts the back-off anew.
WELL_AFTER = 10
FIRST_WAIT = 0.5
LONGEST_WAIT = 4
# A task or a request in hand is finished within this, or cut off.
GRACE = 10
# A new process that is not up by then takes no other's place.
UP_WITHIN = 60
# Names the descriptor through which a process says that it is up.
MOUTH = "NEWSROOM_UP"
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
    # How many of its processes say that they are up; of one without voice nobody waits for it.
    voices: int = 0
    running: "Running | None" = None
    # Started beside it, to take its place as soon as it is up.
    successor: "Running | None" = None
    wait: float = FIRST_WAIT
    start_at: float = 0.0


class Running:
    """A child's process, and the pipe through which its processes say that they are up."""

    def __init__(self, child: Child) -> None:
        self._ear, mouth = os.pipe()
        os.set_blocking(self._ear, False)
        self._voices = child.voices
        try:
            self.process = subprocess.Popen(  # noqa: S603  (our own commands)
                child.command,
                env={**os.environ, **child.environment, MOUTH: str(mouth)},
                pass_fds=[*child.inherits, mouth],
                preexec_fn=partial(die_with_parent, os.getpid()),
                # A session of its own: Ctrl-C reaches us alone, and we can end its children.
                start_new_session=True,
            )
        finally:
            os.close(mouth)
        self.started = time.monotonic()

    @property
    def is_up(self) -> bool:
        """Whether all that have a voice have said so since it began."""
        with suppress(BlockingIOError):
            self._voices -= len(os.read(self._ear, 4096)) if self._voices > 0 else 0
        return self._voices <= 0

    def end(self, deadline: float) -> bool:
        """Wait for it until then, and end it hard; whether that was not needed."""
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
            return True
        except subprocess.TimeoutExpired:
            return False
        finally:
            self.bury()

    def bury(self) -> None:
        """What it leaves behind would go on answering."""
        _kill_group(self.process.pid)
        self.process.wait()
        os.close(self._ear)


@dataclass
class Supervisor:
    """Runs until SIGTERM or SIGINT; `run` returns the exit code.

    `announcement` is printed once, when all are up. SIGHUP starts every child anew, from what lies
    on the disk now: those with a voice first, each beside the one whose place it takes when it is
    up.
    """

    children: Sequence[Child]
    announcement: str
    stopping: bool = False
    replacing: bool = False
    leaving: list[tuple[str, Running, float]] = field(default_factory=list)

    def run(self) -> int:
        """Start all, restart the dead after 0.5, 1, 2, then every 4 seconds; stop on a signal."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._replace)
        announced = False
        while not self.stopping:
            now = time.monotonic()
            if self.replacing:
                self.replacing = False
                self._begin_to_replace()
            for child in self.children:
                self._look_after(child, now)
            self._see_off(now)
            if not announced and all(c.running and c.running.is_up for c in self.children):
                announced = True
                sys.stdout.write(f"{self.announcement}\n")
                sys.stdout.flush()
            time.sleep(0.1)
        self._end()
        return 0

    def _look_after(self, child: Child, now: float) -> None:
        if child.successor is not None:
            self._hand_over(child, child.successor, now)
        if child.running is None:
            if now >= child.start_at and not self.stopping:
                child.running = Running(child)
            return
        code = child.running.process.poll()
        if code is None:
            return
        child.running.bury()
        if now - child.running.started > WELL_AFTER or code in KILLED:
            child.wait = FIRST_WAIT
        say(f"{child.name} ended ({_reason(code)}); starting it again in {child.wait:g} s.")
        child.running, child.start_at = None, now + child.wait
        child.wait = min(child.wait * 2, LONGEST_WAIT)

    def _begin_to_replace(self) -> None:
        say("starting anew.")
        with_voice = [child for child in self.children if child.voices]
        for child in with_voice:
            child.successor = child.successor or Running(child)
        if not with_voice:
            self._restart_the_others()

    def _hand_over(self, child: Child, successor: Running, now: float) -> None:
        """To the one that was started beside it, when that is up; else all stays as it is."""
        code = successor.process.poll()
        late = now - successor.started > UP_WITHIN
        if code is not None or late:
            why = f"is not up after {UP_WITHIN} s" if late else f"ended ({_reason(code or 0)})"
            say(f"the new {child.name} {why}; what ran before goes on.")
            successor.bury()
            child.successor = None
        elif successor.is_up:
            if child.running:
                self._let_go(child.name, child.running)
            child.running, child.successor = successor, None
            say(f"{child.name} was started anew.")
            if not any(other.successor for other in self.children):
                self._restart_the_others()

    def _restart_the_others(self) -> None:
        for child in self.children:
            if child.running and not child.voices:
                self._let_go(child.name, child.running)
                child.running, child.start_at, child.wait = None, 0.0, FIRST_WAIT

    def _let_go(self, name: str, running: Running) -> None:
        running.process.terminate()
        self.leaving.append((name, running, time.monotonic() + GRACE))

    def _see_off(self, now: float) -> None:
        """Those that were let go finish what they have in hand."""
        for one in list(self.leaving):
            name, running, deadline = one
            if running.process.poll() is not None or now > deadline:
                if running.process.returncode is None:
                    say(f"the old {name} did not end in {GRACE} s; stopping it hard.")
                running.bury()
                self.leaving.remove(one)

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _replace(self, number: int, frame: object) -> None:
        self.replacing = True

    def _end(self) -> None:
        present = [
            (child.name, running)
            for child in self.children
            for running in (child.running, child.successor)
            if running
        ]
        for _name, running in present:
            running.process.terminate()
        deadline = time.monotonic() + GRACE
        leaving = [(name, running) for name, running, _deadline in self.leaving]
        for name, running in present + leaving:
            if not running.end(deadline):
                say(f"{name} did not end in {GRACE} s; stopping it hard.")


def become(
    children: Sequence[Child], announcement: str, environment: Mapping[str, str]
) -> NoReturn:
    """From here on this process is the supervisor and nothing else.

    What its children inherit stays open, and `environment` is theirs too.
    """
    for child in children:
        for descriptor in child.inherits:
            os.set_inheritable(descriptor, True)
    plan = {"children": [_told(child) for child in children], "announcement": announcement}
    ear, mouth = os.pipe()
    os.write(mouth, json.dumps(plan).encode())
    os.close(mouth)
    os.set_inheritable(ear, True)
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "newsroom.management.supervisor", "serve", str(ear)]
    os.execve(sys.executable, command, {**os.environ, **environment})  # noqa: S606  (ourselves)


def _told(child: Child) -> dict[str, object]:
    names = ("name", "command", "inherits", "environment", "voices")
    return {name: getattr(child, name) for name in names}


def main(_serve: str, ear: str) -> int:
    with open(int(ear)) as told:
        plan = json.load(told)
    return Supervisor([Child(**child) for child in plan["children"]], plan["announcement"]).run()


def say_up() -> None:
    """One voice of a child: this process does its work now."""
    if mouth := os.environ.get(MOUTH):
        with suppress(OSError):  # nobody listens any more
            os.write(int(mouth), b".")


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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
