"""Pictures in a bucket: the same promises, and what an editor and a reader see when it fails."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image
from pytest_django import Settings

from newsroom.media import bucket as bucket_module
from newsroom.media.models import Picture
from newsroom.media.uploads import accept, develop, shelve
from tests.buckets import KEYS, OwnBucket, own_store, saying
from tests.media.conftest import (
    drawing,
    encoded,
    exif_with_place,
    keep_pictures_in,
    taken_back,
    upload,
)
from tests.media.test_picture_admin import ADD, change, form

JPEG = encoded(drawing())


def test_a_picture_its_crops_and_its_bytes_are_in_the_bucket_and_in_no_folder(
    db: None, bucket: OwnBucket, run_tasks: Callable[[], None], client: Client
) -> None:
    jpeg = encoded(drawing(), exif=exif_with_place())
    picture = accept(upload(jpeg))
    run_tasks()
    picture.refresh_from_db()
    assert picture.ready == 1
    names = bucket.names()
    assert f"{picture.folder}/master.jpg" in names
    assert f"{picture.folder}/3x2-720-v1.avif" in names
    assert len(names) > 8
    assert not Path(configured.MEDIA_ROOT).exists()
    for name in names:
        answer = client.get(f"/media/{name}")
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        sent = b"".join(answer)
        assert sent == bucket.read(name)
        assert int(answer["Content-Length"]) == len(sent)
        assert b"SecretPhoneMaker" not in sent
        known = client.get(f"/media/{name}", headers={"If-None-Match": answer["ETag"]})
        assert known.status_code == 304


def test_pages_name_pictures_under_the_site_itself(db: None, bucket: OwnBucket) -> None:
    picture = accept(upload(JPEG))
    assert picture.master_url == f"/media/{picture.folder}/master.jpg"
    assert picture.rendition_url("share") == f"{configured.SITE_URL}{picture.master_url}"


def test_a_shape_that_is_asked_for_later_is_made_and_kept(
    db: None, bucket: OwnBucket, run_tasks: Callable[[], None], client: Client
) -> None:
    accept(upload(encoded(drawing(1300, 900))))
    run_tasks()
    path, width, height = Picture.objects.get().engine_files()[0]
    assert path.removeprefix("/media/") not in bucket.names()
    answer = client.get(path)
    (bucket_file,) = [name for name in bucket.names() if name == path.removeprefix("/media/")]
    assert answer.status_code == 200
    with default_storage.open(bucket_file) as file, Image.open(file) as image:
        assert image.size == (width, height)


@pytest.mark.django_db(transaction=True)
def test_a_deleted_picture_cannot_be_reached(
    bucket: OwnBucket, run_tasks: Callable[[], None], client: Client
) -> None:
    picture = accept(upload(JPEG))
    run_tasks()
    address = picture.master_url
    assert client.get(address).status_code == 200
    picture.delete()
    assert bucket.names() == []
    assert client.get(address).status_code == 404


class TestAway:
    """The store is not there: nothing answers on its port."""

    @pytest.fixture
    def gone(self, bucket: OwnBucket, settings: Settings) -> None:
        keep_pictures_in("s3://pictures/paper?endpoint=http://127.0.0.1:9", settings)

    def test_an_upload_is_refused_beside_its_field_and_the_text_stays(
        self, gone: None, client_for, reporter
    ) -> None:
        sent = form(upload=upload(JPEG), caption="Long typed text")
        answer = client_for(reporter).post(ADD, sent)
        assert answer.status_code == 200
        errors = answer.context["adminform"].form.errors
        assert "store of pictures does not answer" in errors["upload"][0]
        assert "Long typed text" in answer.content.decode()
        assert not Picture.objects.exists()

    def test_several_at_once_say_so_too(self, gone: None, client_for, reporter) -> None:
        answer = client_for(reporter).post(
            "/admin/media/picture/several/", {"files": [upload(JPEG, "a.jpg")]}
        )
        assert "a.jpg: The store of pictures does not answer" in answer.content.decode()
        assert not Picture.objects.exists()

    def test_a_reader_is_asked_to_come_back_and_the_store_is_left_alone(
        self, gone: None, client: Client, caplog: pytest.LogCaptureFixture, db: None
    ) -> None:
        for _time in range(3):
            answer = client.get(f"/media/aa/{'a' * 32}/master.jpg")
            assert answer.status_code == 503
            assert (answer["Retry-After"], answer["Cache-Control"]) == ("2", "no-store")
        assert len([each for each in caplog.records if "does not answer" in each.message]) == 1

    def test_the_library_and_a_picture_s_form_open(
        self, bucket: OwnBucket, settings: Settings, client_for, reporter
    ) -> None:
        picture = accept(upload(JPEG), by=reporter)
        keep_pictures_in("s3://pictures/paper?endpoint=http://127.0.0.1:9", settings)
        browser = client_for(reporter)
        for address in ("/admin/media/picture/", change(picture)):
            assert browser.get(address).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_deleted_while_the_store_is_away_goes_when_it_is_back(
    bucket: OwnBucket, settings: Settings, client_for, chief, run_tasks, client: Client
) -> None:
    picture = accept(upload(JPEG), by=chief)
    run_tasks()
    keep_pictures_in("s3://pictures/paper?endpoint=http://127.0.0.1:9", settings)
    delete = reverse("admin:media_picture_delete", args=[picture.pk])
    answer = client_for(chief).post(delete, {"post": "yes"})
    assert answer.status_code == 302
    assert not Picture.objects.exists()
    assert bucket.names()
    keep_pictures_in(bucket.url, settings)
    run_tasks()
    assert bucket.names() == []
    assert client.get(picture.master_url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_another_file_while_the_store_does_not_delete_is_taken_in_and_the_old_one_goes_later(
    bucket: OwnBucket, monkeypatch: pytest.MonkeyPatch, run_tasks
) -> None:
    picture = accept(upload(JPEG))
    old = picture.folder

    def refuses(self: object, name: str) -> None:
        raise bucket_module.StoreFailed("store_refused", "AccessDenied, 403, DeleteObject")

    with monkeypatch.context() as patch:
        patch.setattr(bucket_module.Bucket, "delete", refuses)
        shelve(develop(upload(encoded(drawing(500, 700)))), picture)
    assert any(name.startswith(old) for name in bucket.names())
    run_tasks()
    names = bucket.names()
    assert names
    assert all(name.startswith(f"{picture.folder}/") for name in names)


def test_a_store_that_refuses_is_said_and_the_log_says_why_without_keys(
    db: None, bucket: OwnBucket, caplog: pytest.LogCaptureFixture
) -> None:
    with bucket.store.refusing(), pytest.raises(ValidationError) as refusal:
        accept(upload(JPEG))
    assert refusal.value.code == "store_refused"
    assert not Picture.objects.exists()
    del refusal
    taken_back()
    assert "The store of pictures refuses (InvalidAccessKeyId, 403, PutObject)." in caplog.text
    for key in KEYS.values():
        assert key not in caplog.text
    assert bucket.names() == []


def test_without_keys_the_store_is_not_asked(
    db: None, bucket: OwnBucket, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in KEYS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    keep_pictures_in(bucket.url, settings)
    with pytest.raises(OSError, match="there are no keys for it"):
        default_storage.exists("aa/master.jpg")


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [(507, "XMinioStorageFull", "store_full"), (403, "QuotaExceeded", "store_full"),
     (503, "SlowDown", "store_away"), (404, "NoSuchBucket", "store_refused"),
     (403, "SignatureDoesNotMatch", "store_refused")],
)  # fmt: skip
def test_what_the_store_says_is_told_to_the_editor(
    db: None, bucket: OwnBucket, settings: Settings, status: int, code: str, reason: str
) -> None:
    with saying(status, code) as endpoint:
        keep_pictures_in(f"s3://pictures?endpoint={endpoint}", settings)
        with pytest.raises(ValidationError) as refusal:
            accept(upload(JPEG))
    assert refusal.value.code == reason
    assert not Picture.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_crops_wait_for_a_store_that_is_away(
    bucket: OwnBucket, settings: Settings, run_tasks, caplog: pytest.LogCaptureFixture
) -> None:
    accept(upload(JPEG))
    keep_pictures_in("s3://pictures/paper?endpoint=http://127.0.0.1:9", settings)
    caplog.set_level(logging.CRITICAL, "django_tasks")
    run_tasks()
    assert Picture.objects.get().ready == 0
    (failed,) = DBTaskResult.objects.filter(status="FAILED")
    keep_pictures_in(bucket.url, settings)
    DBTaskResult.objects.filter(pk=failed.pk).update(status="READY")  # as `revive` does
    run_tasks()
    assert Picture.objects.get().ready == 1


def test_what_a_rollback_leaves_in_a_store_that_went_away_is_logged(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with own_store() as store:
        keep_pictures_in(store.bucket().url, settings)
        negative = develop(upload(JPEG))
        negative.place()
        store.kill()
        folder = negative._undo.peek()[2][0]  # type: ignore[index]
        del negative
        taken_back()
    assert f"a file without a picture may be left in {folder}" in caplog.text
    with transaction.atomic():
        assert not Picture.objects.exists()
