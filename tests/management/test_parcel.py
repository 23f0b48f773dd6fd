"""The backup's file: whoever made it, nothing is unpacked that a backup does not hold."""

import io
import shutil
import subprocess
import tarfile
import time
import tracemalloc
from pathlib import Path

import pytest

from newsroom.management.backups import parcel
from newsroom.management.backups.parcel import Damaged, Writer, check

pytestmark = pytest.mark.once

PICTURE = "media/ab/" + "c" * 32 + "/master.jpg"
Member = tuple[str, bytes]


def written(path: Path, *media: Member, manifest: bytes = b"{}") -> Path:
    """A backup with these files, sound in form."""
    with path.open("wb") as file:
        writer = Writer(file, path.parent, lambda size: None)
        for name, data in [
            (parcel.README, b"read me"), ("database.sqlite3", b"rows" * 500),
            *(media or [(PICTURE, b"pixels" * 500)]), (parcel.MANIFEST, manifest),
        ]:  # fmt: skip
            writer.add(name, io.BytesIO(data), len(data), 0)
        writer.end(0)
    return path


def test_any_tar_unpacks_it_and_sha256sum_verifies_it(tmp_path: Path) -> None:
    path = written(tmp_path / "backup.tar")
    subprocess.run(["tar", "xf", path], cwd=tmp_path, check=True)
    subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=tmp_path, check=True)
    assert (tmp_path / PICTURE).read_bytes() == b"pixels" * 500
    assert check(path) == 4


def test_every_changed_byte_of_every_file_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "backup.tar", manifest=b'{"format": 1}')
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        places = [(info.offset, info.offset_data + info.size - 1, info.name) for info in tar]
    for header, last, name in places:
        for place in (header + 5, header + 150, last):  # its name, its checksum, its content
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            with pytest.raises(Damaged):
                check(path)
        assert name


def test_the_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "backup.tar")
    path.write_bytes(path.read_bytes().replace(b"pixelspixels", b"pixelsPixels", 1))
    with pytest.raises(Damaged, match=f"{PICTURE} is not what was backed up"):
        check(path)


def test_a_file_cut_short_anywhere_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "backup.tar")
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        end = max(info.offset_data + info.size for info in tar)
    for size in [*range(0, end, 256), end - 1]:
        path.write_bytes(whole[:size])
        with pytest.raises(Damaged):
            check(path)


def header(name: str, kind: bytes = tarfile.REGTYPE, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    for field, value in fields.items():
        setattr(info, field, value)
    return info


HOSTILE = {
    "absolute": header("/tmp/owned"),
    "upwards": header("media/../../owned"),
    "upwards by a backslash": header("media/..\\owned"),
    "hidden": header("media/.restoring/added"),
    "of another kind": header("static/app.js"),
    "second database": header("database.dump"),
    "symbolic link": header(PICTURE, tarfile.SYMTYPE, linkname="/etc/passwd"),
    "hard link": header(PICTURE, tarfile.LNKTYPE, linkname="README.txt"),
    "folder": header("media/ab", tarfile.DIRTYPE),
    "device": header(PICTURE, tarfile.CHRTYPE),
    "pipe": header(PICTURE, tarfile.FIFOTYPE),
    "with holes": header(PICTURE, tarfile.GNUTYPE_SPARSE),
    "unprintable": header("media/a\x1b[2Jb"),
    "too long a name": header("media/" + "x" * 2000),
    "a name of gigabytes": header("././@LongLink", tarfile.GNUTYPE_LONGNAME, size=3_000_000_000),
    "gigabytes of attributes": header("x", tarfile.XHDTYPE, size=3_000_000_000),
    "less than nothing": header(PICTURE, size=-512),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_member_that_no_backup_has_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "backup.tar"
    with tarfile.open(written(path)) as sound, tarfile.open(tmp_path / "evil.tar", "w:") as evil:
        for info in sound.getmembers()[:2]:
            evil.addfile(info, sound.extractfile(info))
        assert evil.fileobj
        evil.fileobj.write(HOSTILE[what].tobuf(tarfile.GNU_FORMAT))
        evil.offset = evil.fileobj.tell()
        for info in sound.getmembers()[2:]:
            evil.addfile(info, sound.extractfile(info))
    seen: list[str] = []
    with pytest.raises(Damaged):
        check(tmp_path / "evil.tar", lambda name, source: seen.append(name))
    assert set(seen) <= {parcel.README, "database.sqlite3"}


@pytest.mark.parametrize("what", ["a name of gigabytes", "gigabytes of attributes"])
def test_a_header_that_claims_gigabytes_does_not_fill_the_memory(tmp_path: Path, what: str) -> None:
    path = tmp_path / "backup.tar"
    with tarfile.open(written(path)) as sound:
        end = sound.getmembers()[2].offset
    with path.open("r+b") as file:
        file.seek(end)
        info = HOSTILE[what]
        info.size = 300_000_000
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        file.truncate(400_000_000)  # zeros that take no room on the disk
    tracemalloc.start()
    with pytest.raises(Damaged):
        check(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_member_behind_the_digests_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "backup.tar")
    with tarfile.open(path, "a") as tar:
        tar.addfile(header("media/owned"))
    with pytest.raises(Damaged, match="media/owned"):
        check(path)


def test_what_is_no_backup_is_called_so(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04" * 500, bytes(10240)):
        (tmp_path / "file").write_bytes(content)
        with pytest.raises(Damaged, match="is no backup of Newsroom"):
            check(tmp_path / "file")


def test_memory_does_not_grow_with_the_number_of_pictures(tmp_path: Path) -> None:
    names = [f"media/{number % 256:02x}/{number:032x}/master.jpg" for number in range(6000)]

    def most(count: int) -> int:
        tracemalloc.start()
        path = written(tmp_path / "many.tar", *((name, b"x") for name in names[:count]))
        check(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few, many = most(600), most(6000)
    # The names and bytes of the test itself are the only thing that there is more of.
    assert many - few < 5400 * 250


def test_a_large_file_goes_in_and_out_without_being_in_memory(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as large:
        large.truncate(200_000_000)
    began = time.monotonic()
    tracemalloc.start()
    with (tmp_path / "large").open("rb") as large, (tmp_path / "backup.tar").open("wb") as file:
        writer = Writer(file, tmp_path, lambda size: None)
        for name in (parcel.README, "database.dump", parcel.MANIFEST):
            large.seek(0)
            writer.add(name, large, 200_000_000 if name == "database.dump" else 10, 0)
        writer.end(0)
    check(tmp_path / "backup.tar")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert time.monotonic() - began < 60
    shutil.rmtree(tmp_path)
