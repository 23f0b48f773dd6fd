"""No row without its file, no file without its row, whatever fails and when."""

import gc
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from newsroom.media import renditions
from newsroom.media.models import Picture
from newsroom.media.uploads import accept, checksum, develop, shelve
from tests.media.conftest import drawing, encoded, upload

JPEG = encoded(drawing())


@contextmanager
def full_disk(room: int = 1000) -> Iterator[None]:
    """The system refuses every write beyond `room` bytes of a file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("either_storage")
class TestForReal:
    def test_a_committed_picture_keeps_its_file(self, public_files):
        with transaction.atomic():
            picture = accept(upload(JPEG))
        gc.collect()
        assert [path.name for path in public_files()] == ["master.jpg"]
        assert Picture.objects.get().token == picture.token

    def test_a_rollback_takes_the_file_along(self, public_files):
        class Failed(Exception):
            pass

        def import_that_fails() -> None:
            with transaction.atomic():
                accept(upload(JPEG))
                assert len(public_files()) == 1
                raise Failed

        with pytest.raises(Failed):
            import_that_fails()
        gc.collect()
        assert not public_files()
        assert not Picture.objects.exists()

    def test_a_rolled_back_savepoint_takes_only_its_own_file(self, public_files):
        with transaction.atomic():
            kept = accept(upload(JPEG))
            with transaction.atomic():
                accept(upload(JPEG))
                transaction.set_rollback(True)
        gc.collect()
        assert [path.parent.name for path in public_files()] == [kept.token]

    def test_a_developed_file_that_nobody_stores_is_gone(self, public_files):
        negative = develop(upload(JPEG))
        negative.place()
        assert public_files()
        del negative
        gc.collect()
        assert not public_files()

    def test_deleting_a_picture_removes_its_files_once_that_is_final(self, public_files, run_tasks):
        accept(upload(JPEG))
        run_tasks()
        with transaction.atomic():
            Picture.objects.all().delete()
            assert public_files()
        assert not public_files()

    def test_another_file_gets_another_address_and_the_old_one_is_gone(
        self, public_files, run_tasks
    ):
        picture = accept(upload(JPEG), caption="Kept")
        run_tasks()
        old = picture.token
        shelve(develop(upload(encoded(drawing(500, 700)))), picture)
        run_tasks()
        picture.refresh_from_db()
        assert picture.token != old
        assert (picture.width, picture.height, picture.caption) == (500, 700, "Kept")
        assert picture.ready
        assert {path.parent.name for path in public_files()} == {picture.token}

    def test_crops_made_for_a_deleted_picture_are_removed(self, public_files):
        picture = accept(upload(JPEG))
        stale = Picture.objects.get()
        with transaction.atomic():
            Picture.objects.filter(pk=picture.pk)._raw_delete("default")  # no signal: files stay
        renditions.develop(stale)
        assert not public_files()

    def test_crops_of_a_picture_deleted_before_the_task_are_nothing(self, run_tasks):
        accept(upload(JPEG))
        Picture.objects.all().delete()
        run_tasks()


@pytest.mark.django_db
def test_no_room_for_the_upload_is_a_sentence(public_files):
    with full_disk(), pytest.raises(ValidationError) as refusal:
        accept(upload(JPEG))
    assert refusal.value.code == "no_space"
    assert not public_files()


@pytest.mark.django_db
def test_no_room_for_the_master_is_a_sentence(public_files):
    negative = develop(upload(JPEG))
    with full_disk(), pytest.raises(ValidationError) as refusal:
        shelve(negative, Picture())
    assert refusal.value.code == "no_space"
    assert not Picture.objects.exists()
    del negative
    refusal = None
    gc.collect()
    assert not public_files()


@pytest.mark.django_db
def test_the_library_knows_a_file_it_has():
    picture = accept(upload(JPEG))
    assert list(Picture.objects.same_file(checksum(upload(JPEG, "other.jpg")))) == [picture]
    assert not Picture.objects.same_file(checksum(upload(JPEG + b"x"))).exists()
