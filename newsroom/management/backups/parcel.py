"""The backup file: a plain tar with a digest of every member, so that any tar can unpack it.

Its members stand in one order: README.txt, the database, pictures, manifest.json, SHA256SUMS. The
last one is written last: a file that was cut short lacks it. Whoever reads trusts nothing: other
members, links, strange names and second copies are refused, and nothing is ever unpacked by name.
Memory does not grow with the number of members.
"""

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from newsroom.management.backups import Refused

README, MANIFEST, SUMS, MEDIA = "README.txt", "manifest.json", "SHA256SUMS", "media/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
CHUNK = 1 << 20
LONGEST = 1000  # characters of a name
WORDS = """This is a backup of a newspaper made with Newsroom. It holds personal data: keep it safe.

To put it back:      manage.py restore THIS-FILE
To look inside:      tar xf THIS-FILE && sha256sum --check SHA256SUMS

database.sqlite3     the database, an SQLite file; or
database.dump        the database, for pg_restore of PostgreSQL
media/               every picture whole; crops are made again from it
manifest.json        when and by what it was made, and how many rows it holds
SHA256SUMS           a digest of every file above
"""


class Damaged(Refused):
    """The file is no backup, or not whole any more."""


class Member(NamedTuple):
    """One file of the backup; `source` can be read until the next one is asked for."""

    name: str
    size: int
    source: IO[bytes]


class Digesting:
    """Reads from a source and keeps the digest of what went through."""

    def __init__(self, source: IO[bytes], told: Callable[[int], None] = lambda size: None) -> None:
        self._source, self._told, self._digest = source, told, hashlib.sha256()

    def read(self, size: int = CHUNK) -> bytes:
        data = self._source.read(min(size, CHUNK))
        self._digest.update(data)
        self._told(len(data))
        return data

    def line(self, name: str) -> bytes:
        """As sha256sum writes it."""
        return f"{self._digest.hexdigest()}  {name}\n".encode()


class Writer:
    """Writes a backup into an open file. Raises OSError, as when the disk is full."""

    def __init__(self, target: BinaryIO, scratch: Path, told: Callable[[int], None]) -> None:
        # GNU's format: a database may be larger than the 8 GB of the oldest one.
        self._tar = tarfile.open(fileobj=target, mode="w:", format=tarfile.GNU_FORMAT)  # noqa: SIM115
        self._sums, self._told = tempfile.TemporaryFile(dir=scratch), told  # noqa: SIM115
        self.files = self.bytes = 0

    def add(self, name: str, source: IO[bytes], size: int, modified: float) -> None:
        """As many bytes as the file had when it was opened."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(modified), 0o600
        digesting = Digesting(source, self._told)
        self._tar.addfile(info, digesting)
        self._tar.members.clear()  # type: ignore[attr-defined]
        self._sums.write(digesting.line(name))
        self.files, self.bytes = self.files + 1, self.bytes + size

    def add_text(self, name: str, text: str, at: float) -> None:
        data = text.encode()
        self.add(name, io.BytesIO(data), len(data), at)

    def end(self, at: float) -> None:
        """The list of digests, and the marks of the end."""
        size = self._sums.tell()
        self._sums.seek(0)
        info = tarfile.TarInfo(SUMS)
        info.size, info.mtime, info.mode = size, int(at), 0o600
        self._tar.addfile(info, self._sums)
        self._tar.close()
        self._sums.close()


class _Sober:
    """A file that hands out no more at once than an honest header asks for.

    A hostile one could claim a name of many gigabytes, which tarfile would read into memory.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.seek, self.tell = file, file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= 4 * CHUNK:
            raise tarfile.ReadError("too much is asked for at once")
        return self._file.read(size)


def good_name(name: str) -> bool:
    """Whether a path below media may be in a backup: no way out, nothing hidden or unprintable."""
    parts = name.split("/")
    fits = all(part and not part.startswith(".") for part in parts)
    return fits and "\\" not in name and name.isprintable() and len(name) <= LONGEST


def members(path: Path) -> Iterator[Member]:
    """Every member in its order; quick if their content is not read. Raises Damaged."""
    seen = ""
    try:
        with (
            path.open("rb") as file,
            tarfile.open(fileobj=_Sober(file), mode="r:") as tar,  # type: ignore[call-overload]
        ):
            while (info := tar.next()) is not None:
                tar.members.clear()
                source = tar.extractfile(info) if _plain(info) else None
                if source is None or not _follows(seen, info.name):
                    raise Damaged(
                        f"{path} holds “{ascii(info.name)[1:200]}, which no backup of Newsroom "
                        "holds there. Nothing was unpacked."
                    )
                seen = info.name
                yield Member(info.name, info.size, source)
    except (tarfile.TarError, EOFError, OverflowError, ValueError) as error:
        what = "is damaged or cut short" if seen else "is no backup of Newsroom"
        raise Damaged(f"{path} {what} ({error}).") from error
    if seen != SUMS:
        what = "is damaged or cut short: its last part, the digests, is missing."
        raise Damaged(f"{path} {what}" if seen else f"{path} is no backup of Newsroom.")


def _plain(info: tarfile.TarInfo) -> bool:
    """An ordinary file, without holes, links or extra attributes."""
    kinds = (tarfile.REGTYPE, tarfile.AREGTYPE)
    return info.type in kinds and info.size >= 0 and not info.pax_headers and not info.issparse()


def _follows(before: str, name: str) -> bool:
    """Whether a member may stand after another one."""
    if not before:
        return name == README
    if before == README:
        return name in DATABASES.values()
    if before == MANIFEST:
        return name == SUMS
    if before == SUMS:
        return False
    return name == MANIFEST or (name.startswith(MEDIA) and good_name(name.removeprefix(MEDIA)))


def check(
    path: Path,
    take: Callable[[str, Digesting], None] = lambda name, source: None,
    told: Callable[[int], None] = lambda size: None,
) -> int:
    """Read all of it and hold every digest against the list; how many files.

    `take` is given each file before anybody knows whether it is sound. Raises Damaged.
    """
    count = 0
    with tempfile.TemporaryFile() as found, reading(path):
        for member in members(path):
            if member.name == SUMS:
                found.seek(0)
                _compare(path, member.source, found)
                continue  # behind it stands nothing, or `members` refuses it
            source = Digesting(member.source, told)
            take(member.name, source)
            while source.read():
                pass
            found.write(source.line(member.name))
            count += 1
    return count


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Where the content of members is read: Damaged when it is not there."""
    try:
        yield
    except tarfile.TarError as error:
        raise Damaged(f"{path} is damaged or cut short ({error}).") from error


def _compare(path: Path, listed: IO[bytes], found: IO[bytes]) -> None:
    """Both lists line by line; names the first file that is not as it was."""
    longest = 2 * LONGEST + 200
    while line := found.readline(longest):
        if listed.readline(longest) != line:
            name = line.decode().partition("  ")[2].strip()
            raise Damaged(f"{path} is damaged: {name} is not what was backed up.")
    if listed.read(1):
        raise Damaged(f"{path} is damaged: files are missing in it.")
