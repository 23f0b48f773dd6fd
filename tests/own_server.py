"""A server of a test's own on this machine, and what can happen to it."""

import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tests.management.sites import eventually, free_port


@dataclass(kw_only=True)
class OwnServer:
    """One process on a free port."""

    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def run(self, command: Sequence[str], env: dict[str, str] | None = None) -> None:
        """Start it so, and wait until it takes connections."""
        self.process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        eventually(self._is_there, 30)

    def _is_there(self) -> bool:
        """Also one that is still loading."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def freeze(self) -> None:
        """It accepts, and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        if self.process is not None:
            self._signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def _signal(self, number: signal.Signals) -> None:
        assert self.process
        os.kill(self.process.pid, number)
