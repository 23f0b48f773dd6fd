"""Sign-ups on this machine's disk, for as long as the database is away; taking_in.py empties it.

One file for each, in a folder that only the site's user may read. A name tells when it was written
and, as keyed digests, for which network and which address, so that limits are counted by names
alone. A file appears whole or not at all, and is on the disk when the reader is thanked.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from newsletter.mailbox import folded
from newsletter.models import SignUp

FOLDER, REFUSED, PASSING = "sign-ups", "refused", ".passing-"
# Bytes of one file; a form with the longest of everything has half of it.
LARGEST = 8192
HOUR = 3600.0
FIELDS = (
    "newsletter_id", "email", "at", "terms_id", "wording", "with_box", "source", "language",
    "network",
)  # fmt: skip


class Full(Exception):
    """There is no room for one more."""


class Unreadable(ValueError):
    """A file that we did not write, or that the disk lost."""


class Name(NamedTuple):
    """What the name of a file tells."""

    text: str
    at: float
    network: str
    address: str

    @classmethod
    def of(cls, text: str) -> "Name | None":
        """None for the name of something else."""
        parts = text.split(".")[0].split("-")
        if len(parts) != 4 or not parts[0].isdigit():
            return None
        return cls(text, int(parts[0]) / 1000, parts[1], parts[2])


def folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER


def waiting() -> list[Name]:
    """Those that are to be taken in, the oldest first."""
    return sorted(_names(folder()))


def refused() -> list[Name]:
    """Those that could not be; why is said by `why`."""
    return sorted(_names(folder() / REFUSED))


def why(name: Name) -> str:
    """The reason that `put_aside` was given."""
    return name.text.partition(".")[2]


def keep(sign_up: SignUp, *, network: str) -> None:
    """Write it down for later. Raises Full, and OSError when the disk takes nothing."""
    text = json.dumps({name: _plain(getattr(sign_up, name)) for name in FIELDS}).encode()
    if len(text) > LARGEST or len(waiting()) + len(refused()) >= settings.NEWSLETTER_SPOOL:
        raise Full
    home = folder()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = "-".join((
        f"{time.time_ns() // 1_000_000:013d}", digest(network),
        digest(sign_up.newsletter_id, folded(sign_up.email)), secrets.token_hex(8),
    ))  # fmt: skip
    passing = home / f"{PASSING}{name}"
    try:
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        passing.rename(home / name)
        _settle(home)
    except OSError:
        passing.unlink(missing_ok=True)
        raise


def read(name: Name) -> SignUp:
    """The sign-up as it was given, waiting or refused. Raises Unreadable; FileNotFoundError when
    another process took it."""
    place = folder() / REFUSED if "." in name.text else folder()
    try:
        found: dict[str, Any] = json.loads((place / name.text).read_bytes())
        return SignUp(**{**found, "at": datetime.fromisoformat(found["at"])})
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(str(error)) from error


def forget(name: Name) -> None:
    """Delete one that waits."""
    (folder() / name.text).unlink(missing_ok=True)


def put_aside(name: Name, reason: str) -> None:
    """Keep it for the operator. `reason` is one word."""
    aside = folder() / REFUSED
    aside.mkdir(mode=0o700, exist_ok=True)
    with suppress(FileNotFoundError):  # another process was quicker
        (folder() / name.text).rename(aside / f"{name.text}.{reason}")


def wait_again(name: Name) -> None:
    """Let one that was put aside be tried once more."""
    (folder() / REFUSED / name.text).rename(folder() / name.text.partition(".")[0])


def forget_refused(name: Name) -> None:
    """Delete one that was put aside."""
    (folder() / REFUSED / name.text).unlink(missing_ok=True)


def recent(network: str, *, now: float) -> tuple[int, int]:
    """How many of the last hour wait here: of this network, and of all."""
    names = [name for name in waiting() if name.at > now - HOUR]
    return sum(name.network == digest(network) for name in names), len(names)


def tidy(*, now: float) -> None:
    """Delete what a process that was killed left half written."""
    with suppress(OSError):
        for path in folder().glob(f"{PASSING}*"):
            if path.stat().st_mtime < now - HOUR:
                path.unlink(missing_ok=True)


def digest(*parts: object) -> str:
    """Tells two apart, and nobody without the secret key what they are."""
    words = "\0".join(map(str, parts)).encode(errors="replace")
    return blake2b(words, key=settings.SECRET_KEY.encode()[:64], digest_size=8).hexdigest()


def _names(place: Path) -> Iterator[Name]:
    with suppress(FileNotFoundError):
        yield from filter(None, map(Name.of, os.listdir(place)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _settle(place: Path) -> None:
    """The new name survives a power cut."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
