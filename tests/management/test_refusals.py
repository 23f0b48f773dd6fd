"""What keeps the site from starting is said in a sentence with its cure."""

import os
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from newsroom.accounts.models import User
from newsroom.checks import unsafe_settings
from tests.management.sites import MANAGE, ROOT, Paper, free_port

KEY = "a-key-of-more-than-thirty-two-characters"


@pytest.fixture(autouse=True)
def _it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not refused fails here; it would serve for ever."""

    def become(*_plan: object) -> None:
        raise AssertionError("it is served")

    monkeypatch.setattr("newsroom.management.commands.serve.become", become)


def said_by_serve() -> str:
    """Why it does not start."""
    with pytest.raises(CommandError) as refusal:
        call_command("serve", stdout=StringIO(), stderr=StringIO())
    return str(refusal.value)


@pytest.fixture
def production(settings: Settings) -> Iterator[Settings]:
    """Settings with which production would start."""
    settings.PRODUCTION, settings.SITE_URL_IS_SET = True, True
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://news.example", ["news.example"]
    settings.SECRET_KEY = KEY
    assert unsafe_settings() == []
    return settings


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is missing or shorter than 32"),
        ("SITE_URL_IS_SET", False, "SITE_URL is missing"),
        ("DEBUG", True, "DEBUG is on"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS has a wildcard"),
        ("ALLOWED_HOSTS", [".news.example"], "ALLOWED_HOSTS has a wildcard"),
        ("ALLOWED_HOSTS", [""], "No host is allowed"),
    ],
)
def test_production_refuses_unsafe_settings(
    production: Settings, name: str, value: object, sentence: str
) -> None:
    setattr(production, name, value)
    said = said_by_serve()
    assert said.startswith("Not started.\n- ")
    assert sentence in said
    assert said.count("\n- ") == 1


@pytest.mark.django_db
def test_production_refuses_demo_accounts(production: Settings) -> None:
    User.objects.create_user("chief@demo.test", "newsroom-demo", name="Demo Chief")
    assert "Demo accounts (…@demo.test) are active" in said_by_serve()


def test_production_with_nothing_set_names_all_that_is_missing(tmp_path: Path) -> None:
    done = Paper(tmp_path, {"NEWSROOM_ENV": "production"}).manage("serve", PORT=str(free_port()))
    assert done.returncode == 1
    assert "SECRET_KEY is missing" in done.stderr
    assert "SITE_URL is missing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "prepare"])
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("in the way")
    done = Paper(tmp_path / "file" / "var").manage(command, PORT=str(free_port()))
    assert done.returncode == 1
    assert f"The data folder {tmp_path / 'file' / 'var'} cannot be written" in done.stderr
    assert "NEWSROOM_DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    paper = Paper(tmp_path, {"SECRET_KEY_FILE": str(tmp_path / "nothing")})
    done = paper.manage("check")
    assert f"SECRET_KEY_FILE {tmp_path / 'nothing'} cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["serve", "prepare"])
def test_a_database_newer_than_the_code_is_refused(settings: Settings, command: str) -> None:
    settings.PORT = free_port()
    MigrationRecorder(connection).record_applied("pages", "9999_from_the_future")
    with pytest.raises(CommandError) as refusal:
        call_command(command, stdout=StringIO())
    assert "newer than this code: it has pages.9999_from_the_future" in str(refusal.value)
    assert "restore the backup" in str(refusal.value)


@pytest.mark.django_db
def test_a_database_that_lacks_migrations_is_not_served(settings: Settings) -> None:
    settings.PORT = free_port()
    newest = MigrationLoader(connection).graph.leaf_nodes("newsletter")
    MigrationRecorder(connection).record_unapplied(*newest[0])
    assert "lacks 1 migrations. Run `manage.py prepare`" in said_by_serve()


def test_the_demo_listens_on_this_machine_alone() -> None:
    with pytest.raises(CommandError, match="on this machine alone"):
        call_command("serve", "--host", "0.0.0.0")


def make(tmp_path: Path, python: str) -> "subprocess.CompletedProcess[str]":
    """`make run` where nothing is installed yet, with this program as Python."""
    fake = tmp_path / "python"
    if python:
        fake.write_text(f"#!/bin/sh\n{python}\n")
        fake.chmod(0o755)
    return subprocess.run(
        ["make", "run", f"PYTHON={fake}", f"VENV={tmp_path / '.venv'}"], cwd=ROOT, text=True,
        capture_output=True, check=False, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        ('[ "$1" = -V ] && echo Python 3.8.10; exit 1', "3.11 or newer; {} is Python 3.8.10."),
        ('case "$2" in *venv*) exit 1;; esac', "{} lacks the venv module"),
        ("", "{} is not there"),
    ],
    ids=["too old", "no venv", "missing"],
)
def test_make_says_what_python_lacks(tmp_path: Path, python: str, sentence: str) -> None:
    done = make(tmp_path, python)
    assert done.returncode == 2
    assert sentence.format(tmp_path / "python") in done.stdout + done.stderr
    assert not (tmp_path / ".venv").exists()


def test_another_directory_is_no_obstacle(tmp_path: Path) -> None:
    done = subprocess.run(
        [*MANAGE, "check"], cwd=tmp_path, env=Paper(tmp_path).environment(), check=False,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0
