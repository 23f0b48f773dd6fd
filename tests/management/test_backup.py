"""`manage.py backup`: one file, of one moment, whole or not there at all."""

import fcntl
import json
import os
import resource
import signal
import stat
import subprocess
import tarfile
import time
from pathlib import Path

import pytest

from newsroom.management.backups import making
from tests.conftest import rounds
from tests.management.conftest import own_database
from tests.management.originals import inside, start, unwritten
from tests.management.sites import MANAGE, Paper, eventually

pytestmark = pytest.mark.xdist_group("copies")


def heavy(paper: Paper) -> Path:
    """A file that takes a moment to be read."""
    path = paper.data / "media" / "report" / "report-heavy.bin"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    return path


def test_a_backup_is_one_file_for_its_owner_alone_with_originals_and_no_secret_key(
    original: Paper, tmp_path: Path
) -> None:
    before = inside(original, "tell()")
    done = original.manage("backup", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (path,) = tmp_path.iterdir()
    assert making.DATED.fullmatch(path.name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert f"{path}: " in done.stdout
    assert f"{before['consents']:,} consents" in done.stdout
    with tarfile.open(path) as tar:
        names = [name for name in tar.getnames() if name.startswith("media/")]
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert {name.removeprefix("media/") for name in names} == set(before["files"])
    assert len(names) == 4  # three masters and the report, no crop
    assert manifest["rows"]["newsletter.Consent"] == before["consents"]
    assert (original.data / "secret-key").read_bytes() not in path.read_bytes()
    assert before["sessions"][0].encode() not in path.read_bytes()
    checked = original.manage("backup", "--check", str(path))
    assert "is whole: " in checked.stdout
    assert "The Copied Courier" in checked.stdout


def test_a_backup_is_of_one_moment_while_the_site_writes(original: Paper, tmp_path: Path) -> None:
    code = "from tests.management import copies; copies.write_pairs()"
    writer = start(original, "shell", "--no-imports", "-c", code)
    try:
        assert writer.stdout
        writer.stdout.readline()
        done = original.manage("backup", str(tmp_path / "one.tar"))
        assert done.returncode == 0, done.stderr
        writer.stdout.readline()  # it went on
    finally:
        writer.kill()
        writer.communicate()
    with own_database() as database:  # what is restored is held against what was counted
        copy = Paper(tmp_path / "copy", {"DATABASE_URL": database} if database else {})
        done = copy.manage("restore", str(tmp_path / "one.tar"))
        assert done.returncode == 0, done.stderr
        found = inside(copy, "tell()")
    assert found["subscribers"] > 20
    assert found["consents"] == 2 * found["subscribers"]


def test_a_picture_that_is_gone_is_named_and_stops_nothing(original: Paper, tmp_path: Path) -> None:
    master = next((original.data / "media").glob("??/*/master.jpg"))
    aside = master.rename(tmp_path / "aside")
    try:
        done = original.manage("backup", str(tmp_path / "one.tar"))
    finally:
        aside.rename(master)
    assert done.returncode == 0
    assert "1 pictures have no file" in done.stderr
    assert str(master.relative_to(original.data / "media")) in done.stderr


@pytest.mark.parametrize("limit", [4096, 50_000_000])
def test_a_full_disk_is_said_and_leaves_nothing(
    original: Paper, tmp_path: Path, limit: int
) -> None:
    large = heavy(original)
    try:
        done = subprocess.run(
            [*MANAGE, "backup", str(tmp_path / "one.tar")], env=unwritten(original), text=True,
            capture_output=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip
    finally:
        large.unlink()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    if limit > 4096:  # the database went in
        assert f"The disk of {tmp_path} is full" in done.stderr
    assert any(word in done.stderr for word in ("is full", "Is it full?", "pg_dump failed"))
    assert list(tmp_path.iterdir()) == []


def test_killed_in_the_middle_it_leaves_no_file_and_the_next_backup_tidies_up(
    original: Paper, tmp_path: Path
) -> None:
    large = heavy(original)
    try:
        for _round in range(rounds(2, 20)):
            running = start(original, "backup", str(tmp_path / "one.tar"))
            eventually(lambda: list(tmp_path.glob(f"{making.PASSING}*/backup")), 20)
            os.kill(running.pid, signal.SIGKILL)
            running.communicate()
            assert not (tmp_path / "one.tar").exists()
    finally:
        large.unlink()
    assert list(tmp_path.glob(f"{making.PASSING}*"))
    assert original.manage("backup", str(tmp_path / "one.tar")).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["one.tar"]


def test_stopped_by_a_signal_it_leaves_nothing(original: Paper, tmp_path: Path) -> None:
    large = heavy(original)
    try:
        running = start(original, "backup", str(tmp_path / "one.tar"))
        eventually(lambda: list(tmp_path.glob(f"{making.PASSING}*/backup")), 20)
        running.terminate()
        running.communicate()
    finally:
        large.unlink()
    assert running.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.once
def test_only_so_many_dated_backups_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    for day in range(1, 8):
        (tmp_path / f"newsroom-2026010{day}-030000Z.tar").touch()
    others = {"newsroom-20260101-030000Z.tar.gpg", "newsroom-first.tar", "notes.txt"}
    for name in others:
        (tmp_path / name).touch()
    gone = making.forget_older(tmp_path, 3)
    assert len(gone) == 4
    assert {path.name for path in tmp_path.iterdir()} - others == {
        f"newsroom-2026010{day}-030000Z.tar" for day in (5, 6, 7)
    }


@pytest.mark.once
def test_what_cannot_be_written_is_said_in_a_sentence(original: Paper, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    for arguments, sentence in (
        ([str(tmp_path / "letters.txt")], "is there already"),
        ([f"{tmp_path}/nowhere/"], f"The folder {tmp_path}/nowhere is not there"),
        ([f"{tmp_path}/nowhere/one.tar"], f"The folder {tmp_path}/nowhere is not there"),
        (["--keep", "0", str(tmp_path)], "--keep takes a number from 1"),
    ):
        done = original.manage("backup", *arguments)
        assert done.returncode == 1
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
    assert (tmp_path / "letters.txt").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_password_of_the_database_is_on_no_command_line(
    original: Paper, tmp_path: Path
) -> None:
    url = original.settings.get("DATABASE_URL", "")
    if not url:
        pytest.skip("SQLite has none")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pg_dump").write_text(
        f'#!/bin/sh\necho "$@" >{tmp_path}/told\necho "$PGPASSWORD" >{tmp_path}/known\n'
        "echo 'no room left' >&2\nexit 1\n"
    )
    (programs / "pg_dump").chmod(0o755)
    done = original.manage(
        "backup", str(tmp_path / "one.tar"),
        PATH=f"{programs}:{os.environ['PATH']}", DATABASE_URL=url.replace("@", ":hunter2@"),
    )  # fmt: skip
    assert done.returncode == 1
    assert "pg_dump failed: no room left" in done.stderr
    assert (tmp_path / "known").read_text() == "hunter2\n"
    assert "hunter2" not in (tmp_path / "told").read_text() + done.stderr
    assert not (tmp_path / "one.tar").exists()


def test_while_a_backup_is_restored_nothing_else_begins(original: Paper, tmp_path: Path) -> None:
    with (original.data / "running.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in (["backup", str(tmp_path)], ["prepare"], ["serve"]):
            began = time.monotonic()
            done = original.manage(*command)
            assert done.returncode == 1
            assert "A backup is being restored here." in done.stderr
            assert time.monotonic() - began < 30
    assert list(tmp_path.iterdir()) == []
