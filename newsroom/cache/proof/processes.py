"""Which processes are alive: of this machine the kernel knows, of others what they said last."""

import os
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from newsroom.cache.models import WebProcess
from newsroom.lib.counters import is_alive

# A process says so often that it lives; one elsewhere that was silent for so long does not.
EVERY, SILENT = timedelta(seconds=15), timedelta(minutes=1)
# After so long a silence its number may be another program's.
REUSED = timedelta(hours=1)


def machine() -> str:
    return socket.gethostname()[:255]


def space() -> str:
    """Where process numbers are unique: one start of one machine or container. Empty if unknown."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}-{os.stat('/proc/self/ns/pid').st_ino}"
    return ""


def lives(process: WebProcess, at: datetime) -> bool:
    """Whether it may still show its pages to somebody. One that is stopped, and not ended, may."""
    silent = at - process.seen_at
    if process.left or silent > REUSED:
        return False
    if process.space and process.space == space():
        return is_alive(process.pid)
    return silent <= SILENT


def sign_off_the_dead(at: datetime) -> None:
    """For those who look from another machine: what of this one is no more; a query or two."""
    here = WebProcess.objects.filter(space=space(), left=False).exclude(space="")
    dead = [each.pk for each in here if not lives(each, at)]
    if dead:
        WebProcess.objects.filter(pk__in=dead).update(left=True)
