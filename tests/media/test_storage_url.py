"""MEDIA_STORAGE_URL: read whole or refused with a sentence, which repeats none of it."""

import re
from pathlib import Path

import pytest

from newsroom.media import storage_url
from newsroom.media.storage_url import Unfit, storage


def test_an_address_names_bucket_prefix_endpoint_and_region() -> None:
    found = storage("s3://courier/pictures/live?endpoint=https://s3.example:9000&region=eu-1")
    assert found["BACKEND"] == "newsroom.media.bucket.Bucket"
    assert found["OPTIONS"] == {
        "bucket_name": "courier", "location": "pictures/live", "region_name": "eu-1",
        "endpoint_url": "https://s3.example:9000", "addressing_style": "path",
    }  # fmt: skip


def test_without_an_endpoint_it_is_amazon() -> None:
    found = storage("s3://courier?region=eu-central-1")["OPTIONS"]
    assert (found["endpoint_url"], found["addressing_style"]) == (None, "auto")
    assert found["location"] == ""


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://s3.example/courier", "it begins with s3://"),
        ("/srv/pictures", "it begins with s3://"),
        ("s3://key:hunter2@courier/pictures", "AWS_SECRET_ACCESS_KEY"),
        ("s3://", "names no bucket"),
        ("s3://Courier!", "names no bucket"),
        ("s3://courier/../other", "its prefix"),
        ("s3://courier/a b", "its prefix"),
        ("s3://courier?endpoint=s3.example", "its endpoint cannot be used"),
        ("s3://courier?endpoint=https://key:hunter2@s3.example", "its endpoint cannot be used"),
        ("s3://courier?region=hunter2/", "its region cannot be used"),
        ("s3://courier?secret=hunter2", "has something else"),
        ("s3://courier?hunter2", "cannot be read"),
        ("s3://courier?region=a&region=b", "something twice"),
        ("s3://[courier", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_and_not_repeated(url: str, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence) as refusal:
        storage(url)
    assert "hunter2" not in str(refusal.value)


def test_without_the_packages_it_is_said_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(storage_url, "PACKAGES", ("a_package_that_is_not_there",))
    with pytest.raises(Unfit, match=r"pip install --require-hashes -r requirements-s3\.txt"):
        storage("s3://courier")


def test_its_requirements_are_those_of_every_site_and_the_packages_for_it() -> None:
    root = Path(__file__).parents[2]

    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (root / name).read_text("utf-8"), re.M))

    plain, more = pins("requirements.txt"), pins("requirements-s3.txt")
    assert plain < more
    assert {pin.partition("==")[0] for pin in more - plain} >= {"boto3", "django-storages"}
