"""Shapes that only search engines ask for: made when they are, once, and one at a time."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from newsroom.media import lab
from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from tests.media.conftest import drawing, encoded, upload


@pytest.fixture
def ready(db: None, run_tasks) -> Picture:
    picture = accept(upload(encoded(drawing(2000, 1400))))
    run_tasks()
    picture.refresh_from_db()
    return picture


def test_each_shape_is_made_when_first_asked_for_and_then_kept(ready, client, public_files):
    before = set(public_files())
    found = ready.engine_files()
    assert [(width, height) for _path, width, height in found] == [
        (1200, 675), (1200, 900), (1200, 1200)
    ]  # fmt: skip
    for path, width, height in found:
        response = client.get(path)
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        with Image.open(io.BytesIO(b"".join(response.streaming_content))) as image:
            assert (image.format, image.size) == ("JPEG", (width, height))
    made = set(public_files()) - before
    assert len(made) == 3
    times = {path.stat().st_mtime_ns for path in made}
    for path, *_size in found:
        assert b"".join(client.get(path).streaming_content)
    assert {path.stat().st_mtime_ns for path in made} == times


def test_a_small_picture_is_not_enlarged(db, run_tasks):
    picture = accept(upload(encoded(drawing(400, 300))))
    run_tasks()
    picture.refresh_from_db()
    assert [(w, h) for _path, w, h in picture.engine_files()] == [
        (400, 225),
        (400, 300),
        (300, 300),
    ]


def test_before_its_crops_are_made_the_whole_picture_is_named(db):
    picture = accept(upload(encoded(drawing())))
    assert picture.engine_files() == [(picture.master_url, 900, 600)]


@pytest.mark.parametrize("name", ["16x9-1199-v1", "16x9-1200-v2", "2x1-1200-v1", "16x9-1200-v0"])
def test_no_other_size_can_be_asked_for(ready, client, public_files, name):
    before = public_files()
    assert client.get(f"/media/{ready.folder}/{name}.jpg").status_code == 404
    assert client.get(f"/media/{ready.folder}/16x9-1200-v1.png").status_code == 404
    assert public_files() == before


def test_for_other_names_that_are_not_there_no_picture_is_looked_up(ready, client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/media/{ready.folder}/3x2-721-v1.avif").status_code == 404
        assert client.get(f"/media/{ready.folder}/square-320-v7.jpg").status_code == 404
    assert [query for query in captured if ready.token in query["sql"]] == []


def test_who_comes_while_another_is_being_drawn_is_asked_to_come_again(ready, client, public_files):
    before = public_files()
    with lab._readers_turn:
        response = client.get(ready.engine_files()[0][0])
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("2", "no-store")
    assert public_files() == before
    # And an upload does not wait for readers.
    with lab._readers_turn:
        accept(upload(encoded(drawing())))


def test_another_focal_point_is_another_address(ready, client):
    first = ready.engine_files()[2][0]
    Picture.objects.filter(pk=ready.pk).update(version=2, ready=2, focus_x=0.99)
    ready.refresh_from_db()
    assert ready.engine_files()[2][0] == first.replace("-v1.", "-v2.")
    assert client.get(first).status_code == 404
    body = b"".join(client.get(ready.engine_files()[2][0]).streaming_content)
    with Image.open(io.BytesIO(body)) as image:
        red, green, blue = image.convert("RGB").getpixel((1190, 1190))
    assert green > red + blue
