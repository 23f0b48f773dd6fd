"""Pictures in an object store: any machine serves them, and none keeps them."""

import shutil
import tarfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.buckets import KEYS, OwnBucket, OwnStore, own_store
from tests.management.conftest import empty_paper, own_database
from tests.management.sites import Paper, Serving, eventually

pytestmark = pytest.mark.xdist_group("pictures in a store")

KEY = "one-key-for-both-machines-" + "x" * 32
TAKE_IN = """
from newsroom.media.uploads import accept
from tests.management.copies import _picture
for number in range({first}, {last}):
    print(accept(_picture(number)).master_name)
"""
DELETE = """
from newsroom.media.models import Picture
Picture.objects.get(token="{token}").delete()
"""
CROPS = """
from django.core.management import call_command
from newsroom.media.models import Picture
call_command("db_worker", batch=True, interval=0, startup_delay=False, queue_name="*", verbosity=0)
for picture in Picture.objects.order_by("pk"):
    print(picture.rendition_path("card"))
"""


def run(paper: Paper, code: str) -> list[str]:
    """What the code prints there."""
    done = paper.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line]


def fetch(site: Serving, path: str) -> tuple[int, bytes]:
    try:
        with urlopen(f"http://127.0.0.1:{site.port}{path}", timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, b""


@pytest.fixture(scope="module")
def store() -> Iterator[OwnStore]:
    with own_store() as store:
        yield store


@pytest.fixture
def bucket(store: OwnStore) -> OwnBucket:
    return store.bucket()


@pytest.fixture
def machines(
    bucket: OwnBucket, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Paper]]:
    """Two folders over one database, which is in neither, and one bucket."""
    with empty_paper(tmp_path_factory.mktemp("one")) as one:
        shared = shutil.copy(one.data / "newsroom.sqlite3", tmp_path) if not one.settings else ""
        one.settings.setdefault("DATABASE_URL", f"sqlite:///{shared}")
        one.settings |= {"SECRET_KEY": KEY, **bucket.environment}
        yield [one, Paper(tmp_path_factory.mktemp("two"), one.settings)]


def test_another_machine_shows_the_same_pictures_when_the_first_is_gone(
    machines: list[Paper], bucket: OwnBucket
) -> None:
    one, two = machines
    master, crop = run(one, TAKE_IN.format(first=0, last=1) + CROPS)
    assert "-v1." in crop
    shutil.rmtree(one.data)
    site = two.serve("--web-only", "--workers", "1").wait_until_announced()
    try:
        for path in (f"/media/{master}", crop):
            assert fetch(site, path) == (200, bucket.read(path.removeprefix("/media/")))
        assert not (two.data / "media").exists()
        run(two, DELETE.format(token=master.split("/")[1]))
        assert bucket.names() == []
        for path in (f"/media/{master}", crop):
            assert fetch(site, path)[0] == 404
    finally:
        site.stop()


def test_pages_do_not_wait_for_a_store_that_is_frozen_and_pictures_come_back(
    machines: list[Paper], bucket: OwnBucket
) -> None:
    paper = machines[0]
    (master,) = run(paper, TAKE_IN.format(first=0, last=1))
    site = paper.serve("--web-only", "--workers", "1").wait_until_announced()
    try:
        assert fetch(site, f"/media/{master}")[0] == 200
        eventually(site.answers)
        with ThreadPoolExecutor(40) as readers:
            bucket.store.freeze()
            try:
                asked = [readers.submit(fetch, site, f"/media/{master}") for _ in range(30)]
                slowest = 0.0
                for _time in range(20):
                    began = time.monotonic()
                    assert site.ask("/search/")[0] == 200
                    slowest = max(slowest, time.monotonic() - began)
                    time.sleep(0.2)
                assert {each.result()[0] for each in asked} == {503}
            finally:
                bucket.store.thaw()
        assert slowest < 5, slowest
        eventually(lambda: fetch(site, f"/media/{master}")[0] == 200, 30)
    finally:
        site.stop()


def masters_in(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return sorted(n.removeprefix("media/") for n in tar.getnames() if n.startswith("media/"))


@pytest.fixture
def original(bucket: OwnBucket, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper with three pictures and their crops in the bucket."""
    with empty_paper(tmp_path_factory.mktemp("original")) as made:
        made.settings |= {"SECRET_KEY": KEY, **bucket.environment}
        run(made, TAKE_IN.format(first=0, last=3) + CROPS)
        yield made


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Paper]:
    """An empty machine; where its pictures go is for the test to say."""
    with own_database() as database:
        told = {"DATABASE_URL": database} if database else {}
        yield Paper(tmp_path / "copy", {**told, "SECRET_KEY": KEY})


def test_a_backup_holds_the_masters_and_is_put_back_into_another_bucket(
    original: Paper, bucket: OwnBucket, copy: Paper, store: OwnStore, tmp_path: Path
) -> None:
    path = tmp_path / "paper.tar"
    done = original.manage("backup", str(path))
    assert done.returncode == 0, done.stderr
    assert "3 files of pictures" in done.stdout
    masters = [name for name in bucket.names() if "/master." in name]
    assert masters_in(path) == masters

    other = store.bucket()
    copy.settings |= other.environment
    done = copy.manage("restore", str(path))
    assert done.returncode == 0, done.stderr
    assert "The crops of 3 pictures are made by the worker" in done.stdout
    assert "give this copy one of its own" in done.stdout
    assert other.names() == masters
    assert {name: other.read(name) for name in masters} == {n: bucket.read(n) for n in masters}
    assert not (copy.data / "media").exists()
    run(copy, CROPS)
    assert len(other.names()) == len(bucket.names())


def test_a_copy_over_the_same_bucket_takes_nothing_from_the_original(
    original: Paper, bucket: OwnBucket, copy: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "paper.tar"
    assert original.manage("backup", str(path)).returncode == 0
    (gone, *_rest) = [name.split("/")[1] for name in masters_in(path)]
    (later,) = run(original, TAKE_IN.format(first=7, last=8) + DELETE.format(token=gone))
    before = bucket.names()
    copy.settings |= bucket.environment
    done = copy.manage("restore", str(path))
    assert done.returncode == 0, done.stderr
    after = bucket.names()
    assert set(before) < set(after)
    assert later in after
    # While it is held, what is deleted in the copy stays; released, it is the paper.
    (kept, *_rest) = [name.split("/")[1] for name in before if later not in name]
    run(copy, DELETE.format(token=kept) + CROPS)
    assert set(before) < set(bucket.names())
    assert copy.manage("outgoing", "release").returncode == 0
    run(copy, CROPS)
    assert not [name for name in bucket.names() if kept in name]


def test_a_backup_without_pictures_says_so_and_leaves_them_alone(
    original: Paper, bucket: OwnBucket, copy: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "paper.tar"
    done = original.manage("backup", "--without-pictures", str(path))
    assert "the files of pictures are not in it" in done.stdout, done.stderr
    assert masters_in(path) == []
    assert "are not in it" in original.manage("backup", "--check", str(path)).stdout
    before = bucket.names()
    copy.settings |= bucket.environment
    done = copy.manage("restore", str(path))
    assert "made without pictures" in done.stdout, done.stderr
    assert bucket.names() == before


def test_a_store_that_is_away_lets_no_backup_and_no_restore_come_about(
    original: Paper, copy: Paper, store: OwnStore, tmp_path: Path
) -> None:
    path = tmp_path / "paper.tar"
    assert original.manage("backup", str(path)).returncode == 0
    nowhere = {"MEDIA_STORAGE_URL": "s3://pictures/paper?endpoint=http://127.0.0.1:9", **KEYS}
    done = original.manage("backup", str(tmp_path / "second.tar"), **nowhere)
    assert done.returncode == 1
    assert "The store of pictures does not answer" in done.stderr
    assert "No backup was written." in done.stderr
    assert [each.name for each in tmp_path.glob("*.tar")] == ["paper.tar"]
    copy.settings |= nowhere
    done = copy.manage("restore", str(path))
    assert done.returncode == 1
    assert "The store of pictures does not answer" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert not (copy.data / "newsroom.sqlite3").exists()


def test_prepare_says_that_the_store_does_not_work_and_goes_on(
    bucket: OwnBucket, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with empty_paper(tmp_path_factory.mktemp("paper")) as paper:
        paper.settings |= bucket.environment
        done = paper.manage("prepare")
        assert (done.returncode, done.stderr) == (0, "")
        assert bucket.names() == []
        with bucket.store.refusing():
            done = paper.manage("prepare", LOG_LEVEL="DEBUG")
    assert done.returncode == 0
    assert "The store of pictures refuses (InvalidAccessKeyId, 403, PutObject)." in done.stderr
    for key in KEYS.values():
        assert key not in done.stderr


def test_a_setting_that_cannot_be_used_stops_every_command_and_shows_no_key(
    tmp_path: Path,
) -> None:
    paper = Paper(tmp_path, {"MEDIA_STORAGE_URL": "s3://key:hunter2@courier/pictures"})
    done = paper.manage("check")
    assert done.returncode == 1
    assert "MEDIA_STORAGE_URL: it has a name or password." in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
