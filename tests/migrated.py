"""SQLite's database after all migrations, kept from run to run: making it takes seven seconds."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation

PACKAGES = ("newsroom", "articles", "newsletter")


def state_of_the_code() -> str:
    """Another one after any change that migrations, roles or permissions could depend on."""
    digest = hashlib.sha256(
        f"{sys.version} {django.get_version()} {sqlite3.sqlite_version}".encode()
    )
    digest.update((settings.BASE_DIR / "requirements-dev.txt").read_bytes())
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            digest.update(f"{path} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Before pytest-django makes the database in memory: it is copied there if it is known."""
    if connection.vendor != "sqlite":
        yield
        return
    folder = Path(request.config.cache.mkdir("migrated"))  # type: ignore[union-attr]
    kept, make = folder / f"{state_of_the_code()}.sqlite3", DatabaseCreation.create_test_db

    def create(self: DatabaseCreation, *arguments: Any, **options: Any) -> str:
        own = self.connection
        if not kept.exists():
            name = make(self, *arguments, **options)
            aside = kept.with_suffix(f".{os.getpid()}")
            with own.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(aside)])
            for older in folder.glob("*.sqlite3"):
                older.unlink(missing_ok=True)
            aside.replace(kept)
            return name
        name = self._get_test_db_name()
        own.close()
        settings.DATABASES[own.alias]["NAME"] = own.settings_dict["NAME"] = name
        own.ensure_connection()
        with closing(sqlite3.connect(kept)) as disk:
            disk.backup(own.connection)
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "create_test_db", create)
        yield
