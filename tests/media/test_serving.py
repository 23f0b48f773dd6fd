"""Public files: immutable, inert, and nothing else behind the same address."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from tests.media.conftest import drawing, encoded, upload

pytestmark = pytest.mark.usefixtures("either_storage")


@pytest.fixture
def ready(db: None, run_tasks) -> Picture:
    picture = accept(upload(encoded(drawing())))
    run_tasks()
    picture.refresh_from_db()
    return picture


@pytest.mark.parametrize(
    ("name", "kind"),
    [("master.jpg", "jpeg"), ("3x2-720-v1.avif", "avif"), ("3x2-900-v1.webp", "webp"),
     ("square-320-v1.jpg", "jpeg")],
)  # fmt: skip
def test_a_public_file_is_immutable_and_inert(ready, client, name, kind):
    response = client.get(f"/media/{ready.folder}/{name}")
    assert response.status_code == 200
    assert response["Content-Type"] == f"image/{kind}"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in response
    assert "Vary" not in response
    body = b"".join(response.streaming_content)
    assert len(body) == int(response["Content-Length"]) > 100


def test_serving_asks_nothing_of_the_database(ready, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(ready.master_url).close()


def test_a_browser_that_has_the_file_is_told_so(ready, client):
    first = client.get(ready.master_url)
    assert b"".join(first.streaming_content)
    again = client.get(ready.master_url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]


def test_head_has_the_headers_and_no_body(ready, client):
    response = client.head(ready.master_url)
    response.close()
    assert response.status_code == 200
    assert int(response["Content-Length"]) > 100


def test_posting_is_not_allowed(ready, client):
    assert client.post(ready.master_url).status_code == 405


def test_nothing_else_is_served(ready, client):
    folder, other = ready.folder, "11" if ready.token.startswith("00") else "00"
    default_storage.save(f"{folder}/original.jpg", ContentFile(b"private"))
    default_storage.save(f"{folder}/page.html", ContentFile(b"<script>"))
    default_storage.save("secret.jpg", ContentFile(b"private"))
    for path in (
        "", "/", f"{folder}", f"{folder}/", folder[:2], f"{folder[:2]}/",
        f"{folder}/original.jpg", f"{folder}/page.html", f"{folder}/master.html",
        f"{folder}/master.jpg/", f"{folder}/master.jpg%0a", f"{folder}/master.jpg%00",
        f"{folder}/master.png", f"{folder}/../../secret.jpg", f"{folder}/%2e%2e/%2e%2e/secret.jpg",
        f"{other}/{ready.token}/master.jpg", "secret.jpg", f"{folder}/3x2-720-v2.avif",
        f"{folder}/3x2-720-v99999999999.avif", f"{folder.upper()}/MASTER.JPG",
        f"{folder}/master.svg", f"{folder}//master.jpg",
    ):  # fmt: skip
        response = client.get(f"/media/{path}")
        assert response.status_code in {404, 400}, path
