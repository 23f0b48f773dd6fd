"""`manage.py store_pictures`: what lies in the media folder comes into the bucket."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from newsroom.management.backups import originals
from tests.buckets import OwnBucket

MASTER = f"ab/{'ab' * 16}/master.jpg"
FILES = {
    MASTER: b"a master", f"ab/{'ab' * 16}/3x2-720-v1.avif": b"a crop",
    f"cd/{'cd' * 16}/master.png": b"another", "share/7.jpg": b"a card", "letter.pdf": b"a file",
}  # fmt: skip


@pytest.fixture
def folder() -> Path:
    """A media folder with something of everything."""
    root = Path(settings.MEDIA_ROOT)
    for name, content in {**FILES, ".restoring/files/x.jpg": b"hidden"}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def store_pictures() -> str:
    out = io.StringIO()
    call_command("store_pictures", stdout=out, stderr=out)
    return out.getvalue()


def test_everything_is_copied_once_and_nothing_is_deleted(folder: Path, bucket: OwnBucket) -> None:
    assert "5 files copied, 0.0 MB; 0 were there." in store_pictures()
    assert {name: bucket.read(name) for name in bucket.names()} == FILES
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES
    (folder / "cd" / "new.jpg").write_bytes(b"new")
    (folder / MASTER).unlink()  # what is only in the bucket stays there
    assert "1 files copied, 0.0 MB; 4 were there." in store_pictures()
    assert set(bucket.names()) == {*FILES, "cd/new.jpg"}


def test_what_was_broken_off_is_said_and_goes_on(
    folder: Path, bucket: OwnBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "WAITS", ())
    with bucket.store.refusing(after=2), pytest.raises(CommandError) as refusal:
        store_pictures()
    assert "The store of pictures refuses" in str(refusal.value)
    assert "Run it again" in str(refusal.value)
    assert 0 < len(bucket.names()) < len(FILES)
    store_pictures()
    assert {name: bucket.read(name) for name in bucket.names()} == FILES


def test_a_file_of_another_size_is_left_alone_and_named(folder: Path, bucket: OwnBucket) -> None:
    store_pictures()
    (folder / MASTER).write_bytes(b"half a mast")
    with pytest.raises(CommandError) as refusal:
        store_pictures()
    assert (
        f"1 files have another size in the bucket than here, and were left as they are: {MASTER}"
        in str(refusal.value)
    )
    assert bucket.read(MASTER) == b"a master"


def test_links_are_left_out_and_named(folder: Path, bucket: OwnBucket) -> None:
    (folder / "cd" / "passwd.jpg").symlink_to("/etc/passwd")
    assert "Left out, as links or odd names: cd/passwd.jpg" in store_pictures()
    assert set(bucket.names()) == set(FILES)


def test_without_a_bucket_it_says_what_is_missing(folder: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        store_pictures()
    assert "MEDIA_STORAGE_URL" in str(refusal.value)
