"""`manage.py restore`: the paper again, silent until it is released; or nothing was changed."""

import fcntl
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest

from newsroom.management.backups import parcel
from tests.conftest import cases, rounds
from tests.management.conftest import empty_paper, own_database
from tests.management.originals import inside, start, unwritten
from tests.management.sites import MANAGE, Paper, eventually
from tests.management.stories import said
from tests.redises import REDIS, own_redis

pytestmark = pytest.mark.xdist_group("copies")

Fake = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def told(original: Paper) -> Any:
    """What the original held when it was backed up."""
    return inside(original, "tell()")


@pytest.fixture(scope="module")
def backup(original: Paper, told: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it. Then the original goes on: a story, a picture more, another one less."""
    path = tmp_path_factory.mktemp("backups") / "paper.tar"
    done = original.manage("backup", str(path))
    assert done.returncode == 0, done.stderr
    inside(original, "change()")
    return path


@contextmanager
def empty_machine(folder: Path) -> Iterator[Paper]:
    """A data folder without anything, and a database without tables."""
    with own_database() as database:
        yield Paper(folder, {"DATABASE_URL": database} if database else {})


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Paper]:
    with empty_machine(tmp_path / "machine") as made:
        yield made


def outbox(paper: Paper) -> list[str]:
    """Every mail that left."""
    return [path.read_text() for path in (paper.data / "outbox").glob("*")]


def rewritten(path: Path, target: Path, **changes: Any) -> Path:
    """The same backup with a manifest that says something else, sound in form."""
    with tarfile.open(path) as tar, target.open("wb") as file:
        writer = parcel.Writer(file, target.parent, lambda size: None)
        for info in tar.getmembers()[:-1]:
            data = tar.extractfile(info).read()  # type: ignore[union-attr]
            if info.name == parcel.MANIFEST:
                manifest = json.loads(data)
                data = json.dumps({**manifest, **changes}).encode()
            writer.add(info.name, io.BytesIO(data), len(data), 0)
        writer.end(0)
    return target


def everything(paper: Paper) -> dict[str, Any]:
    """Every file of the data folder that a restore could touch, and what is in PostgreSQL."""
    passing = ("-wal", "-shm", ".log", "running.lock")
    return {"": inside(paper, "tell()") if paper.settings else None} | {
        str(path.relative_to(paper.data)): path.read_bytes()
        for path in paper.data.rglob("*")
        if path.is_file() and not path.name.endswith(passing) and "static" not in path.parts
    }


def test_a_restored_copy_is_the_paper_and_sends_nothing_until_it_is_released(
    machine: Paper, original: Paper, backup: Path, told: Any
) -> None:
    machine.data.mkdir()
    (machine.data / "secret-key").write_text((original.data / "secret-key").read_text())
    stored = machine.data / "pages" / "abcdef" / "00" / "11"
    stored.parent.mkdir(parents=True)
    stored.write_text("a page of another database")
    done = machine.manage("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert f"Restored The Copied Courier as it was on {time.gmtime().tm_year}-" in done.stdout
    assert "4 articles" in done.stdout
    assert f"{told['consents']:,} consents" in done.stdout
    assert "secret key" not in done.stdout
    assert not (machine.data / "pages").exists()
    now = inside(machine, "tell()")
    assert now["rows"] == told["rows"]
    assert now["files"] == told["files"]
    assert now["sessions"] == []
    assert now["purge"] > told["purge"] + 1_000_000

    # What waited in the backup is silent, and so is what the copy itself would send or publish.
    assert now["held"] == 1
    inside(machine, 'notice("is from the copy")')
    assert inside(machine, "work()") == {"desk": 200}
    assert outbox(machine) == []
    after = inside(machine, "tell()")
    assert after["live"] == told["live"]
    assert after["lacks_crops"] == 0
    assert len({path.parent for path in machine.data.glob("media/??/*/3x2-*")}) == 3
    said = machine.manage("outgoing").stdout
    assert "Waiting for the release: 1 send notice." in said
    assert "sent only --with-queued: 1 answer, 2 send notice." in said

    # Released, the copy's own mail leaves once and the plan is carried out; the original's never.
    assert machine.manage("outgoing", "release").returncode == 0
    inside(machine, "work()")
    (mail,) = outbox(machine)
    assert "is from the copy" in mail
    assert inside(machine, "tell()")["live"] == ["Embargoed", *told["live"]]


PAGES = """
import time
from newsroom.cache.founding import store
from newsroom.cache.pages import Page
page = Page.of(("paper.test", "/", ""), status="200 OK", headers=[], body=b"of before", tags=["a"],
    as_of=1, made=time.time(), until=None, lifetime=600, cache_control="public", carried=[])
"""


@pytest.mark.once
@pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")
def test_pages_in_redis_and_what_was_taken_from_the_other_database_are_unknown_after_a_restore(
    machine: Paper, backup: Path, tmp_path: Path
) -> None:
    with own_redis(tmp_path) as server:
        machine.settings |= {"PAGE_CACHE_STORE": "redis", "REDIS_URL": server.url}
        put = "store().put(page); store().take({'b': 7})\n"
        told = "print(store().get(page.key) is None, store().taken())"
        assert said(machine, PAGES + put + told).strip() == "False {'b': 7}"
        done = machine.manage("restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert said(machine, PAGES + told).strip() == "True {}"


@pytest.mark.once
def test_it_is_restored_on_a_machine_that_was_prepared_and_with_mail_that_waited_if_asked_for(
    tmp_path: Path, backup: Path, told: Any
) -> None:
    with empty_paper(tmp_path) as machine:
        done = machine.manage("restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert "The secret key here is another one" in done.stdout
        assert inside(machine, "tell()")["rows"] == told["rows"]
        assert machine.manage("outgoing", "release", "--with-queued").returncode == 0
        inside(machine, "work()")
        # Two notices, and the letter that the sign-up causes.
        subjects = {line for mail in outbox(machine) for line in mail.splitlines()
                    if line.startswith("Subject: ")}  # fmt: skip
        assert len(outbox(machine)) == len(subjects) == 3


@pytest.mark.once
def test_what_is_there_is_replaced_only_when_the_operator_says_so(
    tmp_path: Path, backup: Path, told: Any
) -> None:
    with empty_machine(tmp_path / "machine") as machine:
        assert machine.manage("restore", str(backup)).returncode == 0
        inside(machine, "change()")
        changed = inside(machine, "tell()")
        for arguments, typed, sentence in (
            ([], "", "There is content here: 5 articles, "),
            (["--replace"], "no\n", "Not confirmed. Nothing was changed."),
        ):
            done = machine.manage("restore", str(backup), *arguments, typed=typed)
            assert done.returncode == 1
            assert sentence in done.stderr
        assert inside(machine, "tell()") == changed
        assert changed["files"] != told["files"]
        done = machine.manage("restore", str(backup), "--replace", typed="replace\n")
        assert done.returncode == 0, done.stderr
        assert "Would be lost: 5 articles, " in done.stdout
        now = inside(machine, "tell()")
        assert (now["rows"], now["files"]) == (told["rows"], told["files"])
        assert sorted(path.name for path in (machine.data / "media").glob(".*")) == []


def spoil(path: Path, target: Path, how: str) -> Path:
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        members = tar.getmembers()
    place = {info.name.split("/")[0]: info.offset_data + info.size // 2 for info in members}
    if how in place:
        at = place[how]
        target.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    elif how == "cut short":
        target.write_bytes(whole[: len(whole) * 2 // 3])
    elif how == "hostile":
        target.write_bytes(whole)
        with tarfile.open(target, "a") as tar:
            info = tarfile.TarInfo("../../owned")
            tar.addfile(info)
    elif how == "of the future":
        manifest = json.loads(members_of(path)[parcel.MANIFEST])
        migrations = [*manifest["migrations"], "articles.9999_from_the_future"]
        rewritten(path, target, migrations=migrations)
    elif how == "of another app of the future":
        manifest = json.loads(members_of(path)[parcel.MANIFEST])
        rewritten(path, target, migrations=[*manifest["migrations"], "epaper.0001_initial"])
    elif how == "of another format":
        rewritten(path, target, format=2)
    elif how == "of another database":
        manifest = json.loads(members_of(path)[parcel.MANIFEST])
        other = {"sqlite": "postgresql", "postgresql": "sqlite"}[manifest["database"]]
        rewritten(path, target, database=other)
    elif how == "with a row less":
        manifest = json.loads(members_of(path)[parcel.MANIFEST])
        rows = {
            **manifest["rows"],
            "newsletter.Consent": manifest["rows"]["newsletter.Consent"] + 1,
        }
        rewritten(path, target, rows=rows)
    return target


def members_of(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]


UNSOUND = {
    "media": "is not what was backed up",
    "database": "is not what was backed up",
    "manifest.json": "damaged",
    "SHA256SUMS": "damaged",
    "cut short": "cut short",
    "hostile": "../../owned",
    "of the future": "newer than this code: it has articles.9999_from_the_future",
    "of another app of the future": "newer than this code: it has epaper.0001_initial",
    "of another format": "has format 2 and this code knows 1",
    "of another database": "The backup was made on",
    "with a row less": "it say",
}


# In these the database has a say; of the others two are enough for the suite, once.
BY_DATABASE = ["database", "of another database", "with a row less"]
SOME = ["cut short", "hostile"]
TOLD_ONCE = cases(*SOME, drill=[how for how in UNSOUND if how not in {*BY_DATABASE, *SOME}])


@pytest.mark.parametrize(
    "how", [*BY_DATABASE, *(pytest.param(how, marks=pytest.mark.once) for how in TOLD_ONCE)]
)
def test_a_backup_that_is_not_sound_or_does_not_fit_changes_nothing(
    original: Paper, backup: Path, tmp_path: Path, how: str
) -> None:
    names = {info.split("/")[0] for info in members_of(backup)}
    place = next((name for name in names if how == "database" and name.startswith(how)), how)
    spoiled = spoil(backup, tmp_path / "spoiled.tar", place)
    before = everything(original)
    done = original.manage("restore", str(spoiled), "--replace", "--yes")
    assert done.returncode == 1
    assert UNSOUND[how] in done.stderr
    assert "Nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(original) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spoiled.tar"]


def test_a_site_that_runs_is_never_replaced(original: Paper, backup: Path) -> None:
    restore = ["restore", str(backup), "--replace", "--yes"]
    with (original.data / "running.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # as `serve` and `backup` do
        done = original.manage(*restore)
    assert done.returncode == 1
    assert "The site is running on this machine" in done.stderr
    if url := original.settings.get("DATABASE_URL"):
        connection = psycopg2.connect(url, application_name="newsroom")
        done = original.manage(*restore)
        connection.close()
        assert done.returncode == 1
        assert "A site works with this database, from 127.0.0.1." in done.stderr


def unpacking(running: "subprocess.Popen[str]", staging: Path) -> bool:
    return staging.exists()


def exchanging(running: "subprocess.Popen[str]", staging: Path) -> bool:
    """Whether psql is at work for it."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    with suppress(OSError):
        for child in children.read_text().split():
            if b"psql" in Path(f"/proc/{child}/cmdline").read_bytes():
                return True
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killed_in_the_middle_it_leaves_the_old_paper(
    tmp_path: Path, original: Paper, backup: Path, told: Any
) -> None:
    heavy = original.data / "media" / "report" / "report-heavy.bin"
    with heavy.open("wb") as file:
        file.truncate(60_000_000)
    large = tmp_path / "large.tar"
    done = original.manage("backup", str(large))
    heavy.unlink()
    assert done.returncode == 0, done.stderr
    after = inside(original, "tell()")
    with empty_machine(tmp_path / "machine") as machine:
        assert machine.manage("restore", str(backup)).returncode == 0
        before = inside(machine, "tell()")
        kept = 0
        for turn in range(rounds(2, 30)):
            running = start(machine, "restore", str(large), "--replace", "--yes")
            staging = machine.data / "media" / ".restoring"
            begun = exchanging if machine.settings and turn % 2 else unpacking
            eventually(lambda: begun(running, staging) or running.poll() is not None, 20)  # noqa: B023
            time.sleep(random.uniform(0, 0.05 if begun is exchanging else 0.25))
            os.kill(running.pid, signal.SIGKILL) if running.poll() is None else None
            running.communicate()
            now = inside(machine, "tell()")
            if now["rows"] != before["rows"]:  # it was too quick for us: all of it, then
                assert now["rows"] == after["rows"]
                assert set(after["files"]) <= set(now["files"])
                assert machine.manage("restore", str(backup), "--replace", "--yes").returncode == 0
                continue
            kept += 1
            assert now["held"] == before["held"]
            assert {name: now["files"].get(name) for name in before["files"]} == before["files"]
        assert kept
        done = machine.manage("restore", str(large), "--replace", "--yes")
        assert done.returncode == 0, done.stderr
        assert inside(machine, "tell()")["rows"] == after["rows"]
        assert not staging.exists()
        assert not list(machine.data.glob("*.restoring"))


@pytest.mark.once
def test_an_older_backup_is_brought_up_to_date(tmp_path: Path, told: Any, backup: Path) -> None:
    with empty_machine(tmp_path / "older") as older, empty_machine(tmp_path / "newer") as newer:
        assert older.manage("restore", str(backup)).returncode == 0
        assert older.manage("migrate", "newsroom", "zero").returncode == 0
        assert older.manage("backup", str(tmp_path / "older.tar")).returncode == 0
        done = newer.manage("restore", str(tmp_path / "older.tar"))
        assert done.returncode == 0, done.stderr
        assert newer.manage("migrate", "--check").returncode == 0
        assert inside(newer, "tell()")["rows"] == told["rows"]


@pytest.mark.once
def test_a_full_disk_changes_nothing(original: Paper, backup: Path) -> None:
    before = everything(original)
    done = subprocess.run(
        [*MANAGE, "restore", str(backup), "--replace", "--yes"], env=unwritten(original),
        text=True, capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "is full" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert everything(original) == before


def test_a_broken_database_can_be_replaced(tmp_path: Path, backup: Path, told: Any) -> None:
    with empty_machine(tmp_path / "machine") as machine:
        if machine.settings:
            url = urlsplit(machine.settings["DATABASE_URL"])
            connection = psycopg2.connect(url.geturl())
            with connection, connection.cursor() as cursor:
                cursor.execute("CREATE TABLE of_somebody_else (id int)")
            connection.close()
            sentence = "tables that are not the paper's: of_somebody_else"
        else:
            machine.data.mkdir()
            (machine.data / "newsroom.sqlite3").write_bytes(b"no database" * 1000)
            sentence = "a database that cannot be read"
        done = machine.manage("restore", str(backup))
        assert done.returncode == 1
        assert sentence in done.stderr
        done = machine.manage("restore", str(backup), "--replace", "--yes")
        assert done.returncode == 0, done.stderr
        assert inside(machine, "tell()")["rows"] == told["rows"]
