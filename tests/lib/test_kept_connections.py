"""A connection to SQLite is kept, and never to a file that is the database's no more."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from newsroom.cache.patience import _have_wait_once
from newsroom.lib.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def file_with(path: Path, word: str) -> Path:
    paper = opened(path)
    with paper.cursor() as cursor:
        cursor.execute("CREATE TABLE words (word text)")
        cursor.execute("INSERT INTO words VALUES (%s)", [word])
    paper.close()
    return path


def opened(path: Path) -> DatabaseWrapper:
    kept = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "AUTOCOMMIT": True, "TIME_ZONE": None}
    return DatabaseWrapper({"NAME": str(path), "OPTIONS": {"timeout": 0.1}, **kept})


def word_in(paper: DatabaseWrapper) -> str:
    """As a request reads it."""
    paper.close_if_unusable_or_obsolete()
    with paper.cursor() as cursor:
        cursor.execute("SELECT word FROM words")
        return str(cursor.fetchone()[0])


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    paper = opened(file_with(tmp_path / "paper.sqlite3", "old"))
    yield paper
    paper.close()


def test_the_next_request_reads_by_the_same_connection(paper: DatabaseWrapper) -> None:
    word_in(paper)
    first = paper.connection
    word_in(paper)
    assert paper.connection is first


def test_a_request_reads_the_file_that_has_taken_the_place_of_the_other(
    paper: DatabaseWrapper, tmp_path: Path
) -> None:
    assert word_in(paper) == "old"
    os.replace(file_with(tmp_path / "restored", "new"), tmp_path / "paper.sqlite3")
    assert word_in(paper) == "new"


def test_a_file_that_is_away_is_an_error_and_no_empty_paper(
    paper: DatabaseWrapper, tmp_path: Path
) -> None:
    word_in(paper)
    shutil.move(tmp_path / "paper.sqlite3", tmp_path / "aside")
    (tmp_path / "paper.sqlite3").mkdir()
    with pytest.raises(OperationalError):
        word_in(paper)
    (tmp_path / "paper.sqlite3").rmdir()
    shutil.move(tmp_path / "aside", tmp_path / "paper.sqlite3")
    assert word_in(paper) == "old"


def test_who_waited_for_the_lock_gives_the_connection_up_with_the_request(
    paper: DatabaseWrapper, tmp_path: Path
) -> None:
    word_in(paper)
    first = paper.connection
    _have_wait_once(connection=paper)
    other = opened(tmp_path / "paper.sqlite3")
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), paper.cursor() as writing:
            writing.execute("DELETE FROM words")
        cursor.execute("ROLLBACK")
    other.close()
    assert word_in(paper) == "old"
    assert paper.connection is not first
