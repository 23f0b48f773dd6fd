"""How a read gets from a web process to the tick: a datagram to a socket in the data folder.

Hardly anybody waits: what the tick does not take within PATIENCE, or while it is not there, is
lost. Only this user's processes can open the socket; nothing that passes through it is ever in a
file.
"""

import logging
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

from articles.popularity.tally import Tally

logger = logging.getLogger(__name__)

# Seconds. The kernel holds as few as ten datagrams; the tick takes thousands in this time.
PATIENCE = 0.02
LARGEST_ID = 2**63 - 1
# Bytes: the number of the story, and a network as text.
_NUMBER = struct.Struct(">q")
_LONGEST = _NUMBER.size + 50


def socket_path() -> Path:
    return Path(settings.DATA_DIR) / "reads.sock"


class Sender:
    """A web process's end; safe to share between threads."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(PATIENCE)

    def close(self) -> None:
        self._socket.close()

    def hand_over(self, article_id: int, reader: str) -> bool:
        """Whether the tick took it; about 10 microseconds, PATIENCE when it is too busy."""
        datagram = _NUMBER.pack(article_id) + reader.encode()
        try:
            self._socket.sendto(datagram, str(socket_path()))
        except OSError:
            return False
        return True

    def take(self) -> dict[int, int]:
        """Nothing: what was sent is in the tick's own tally."""
        return {}


@contextmanager
def listening(tally: Tally) -> Iterator[None]:
    """The tick's end: a thread that counts what arrives, for as long as the block lasts."""
    path = socket_path()
    try:
        receiver = _bound(path)
    except OSError as error:
        logger.error("Readers are not counted: %s cannot be made (%s).", path, error)
        yield
        return
    own, stopped = path.stat().st_ino, Event()
    thread = Thread(target=_receive, args=(receiver, tally, stopped), name="reads", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        with suppress(OSError):  # wakes it
            receiver.sendto(b"", str(path))
        thread.join(2)
        with suppress(OSError):  # a newer tick may have put its own there
            if path.stat().st_ino == own:
                path.unlink()
        receiver.close()


def _bound(path: Path) -> socket.socket:
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.settimeout(0.5)
    with suppress(FileNotFoundError):  # of a tick that was killed
        path.unlink()
    before = os.umask(0o177)
    try:
        receiver.bind(str(path))
    finally:
        os.umask(before)
    return receiver


def _receive(receiver: socket.socket, tally: Tally, stopped: Event) -> None:
    while not stopped.is_set():
        try:
            datagram = receiver.recv(_LONGEST + 1)
        except TimeoutError:
            continue
        except OSError:
            return
        if read := understood(datagram):
            tally.add(*read)


def understood(datagram: bytes) -> tuple[int, str] | None:
    """Story and reader; None for what no process of ours has sent."""
    if not _NUMBER.size < len(datagram) <= _LONGEST:
        return None
    (article_id,) = _NUMBER.unpack_from(datagram)
    reader = datagram[_NUMBER.size :]
    return (article_id, reader.decode()) if article_id > 0 and reader.isascii() else None
