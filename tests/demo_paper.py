"""The demo newspaper, its pictures replaced by two small ones, for tests that walk the site.

It is seeded once by a worker, and lent to each test.
"""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoDbBlocker, Settings

import articles.demo
import newsletter.demo
import newsroom.pages.demo
from articles.models import Article
from articles.publishing import publish
from articles.revisions import revise
from newsroom.media.uploads import accept

CONTENT = Path(articles.demo.__file__).parent / "content"


def _jpeg(colour: str) -> ContentFile:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(file, "JPEG")
    return ContentFile(file.getvalue(), "picture.jpg")


@pytest.fixture(scope="session")
def seeded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Any, Path]]:
    """SQLite's memory with the paper in it, and the folder of its pictures. Seeding takes seconds:
    it is done once by a worker."""
    folder = tmp_path_factory.mktemp("seeded")
    made, pictures = folder / "media", folder / "kept"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=made, DATA_DIR=folder):
        empty, whole = (
            connection.connection,
            connection.get_new_connection({"database": ":memory:"}),
        )
        empty.backup(whole)
        with _in_place_of_it(whole), transaction.atomic():
            seed_paper()
            # Nothing is done at the commit, as in a test, whose transaction has none; without one
            # the files of pictures are taken back.
            shutil.copytree(made, pictures)
            connection.run_on_commit = []
    yield whole, pictures
    whole.close()


@contextmanager
def _in_place_of_it(whole: Any) -> Iterator[None]:
    """What is asked of the database meanwhile is asked of this one."""
    assert not connection.in_atomic_block, "`paper` comes before what needs `db`"
    kept, connection.connection = connection.connection, whole
    yield
    connection.connection = kept


@pytest.fixture
def on_the_stage(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """Before the test's transaction begins: its rolling back leaves the paper as it was seeded."""
    request.getfixturevalue("django_db_setup")
    if connection.vendor != "sqlite":
        yield
        return
    whole, pictures = request.getfixturevalue("seeded")
    shutil.copytree(pictures, settings.MEDIA_ROOT)
    with _in_place_of_it(whole):
        yield


@pytest.fixture
def paper(on_the_stage: None, db: None) -> None:
    """A paper for one test."""
    if connection.vendor != "sqlite":
        seed_paper()


def seed_paper() -> None:
    """53 articles in 9 sections, every third of them with a lead picture and one in the text."""
    at = timezone.now()
    newsroom.pages.demo.seed(CONTENT, at=at)
    articles.demo.seed(CONTENT, {}, at=at)
    newsroom.pages.demo.seed_menus(CONTENT)
    newsletter.demo.seed(CONTENT, at=at)
    first, second = (accept(_jpeg(c), caption=c, alt_text=c) for c in ("navy", "maroon"))
    for article in Article.objects.order_by("pk")[::3]:
        article.lead_picture = first
        article.body += f'<figure data-picture="{second.pk}"></figure>'
        article.save()
        publish(article, by=None, revision=revise(article, by=None))
