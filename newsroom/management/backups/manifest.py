"""What a backup says of itself, and whether this code and this machine can put it back."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from newsroom.management.backups import Refused
from newsroom.management.backups.parcel import Damaged
from newsroom.management.backups.snapshot import tables

FORMAT = 1
# What is counted when a backup is made and again when it is put back.
COUNTED = (
    "articles.Article", "articles.PublishedArticle", "articles.Revision", "articles.History",
    "articles.Change", "articles.Section", "articles.Topic", "articles.Author", "media.Picture",
    "fronts.Record", "live.LivePost", "reports.ErrorReport", "pages.Page", "pages.TermsVersion",
    "pages.Message", "addresses.Address", "accounts.User", "newsletter.Subscriber",
    "newsletter.Subscription", "newsletter.Consent",
)  # fmt: skip
# Names that are listed; more are only counted.
NAMED = 100
LARGEST = 5_000_000  # bytes of a manifest


@dataclass
class Manifest:
    """Everything is told by the snapshot itself, so it is of one moment."""

    made_at: datetime
    paper: str
    database: str
    database_version: str
    migrations: list[str]
    rows: dict[str, int]
    # Eight hex digits by which a key is recognised and which lead nobody to it.
    secret_key: str
    program: str
    # Files below media, and their bytes.
    files: int = 0
    size: int = 0
    # Pictures deleted while the backup was made, or lost before; names that could not be taken.
    missing: list[str] = field(default_factory=list)
    missing_count: int = 0
    left_out: list[str] = field(default_factory=list)
    # They were left to whoever keeps them by other means.
    without_pictures: bool = False
    format: int = FORMAT

    def to_json(self) -> str:
        told = {**asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, data: bytes) -> "Manifest":
        """Raises Damaged, and Refused for a format of the future."""
        try:
            told = json.loads(data)
            if (number := int(told["format"])) > FORMAT:
                raise Refused(
                    f"The backup has format {number} and this code knows {FORMAT}. Restore it "
                    "with the code that made it, or newer."
                )
            known = {name: told[name] for name in cls.__dataclass_fields__ if name in told}
            made = cls(**{**known, "made_at": datetime.fromisoformat(told["made_at"])})
            made.rows = {str(name): int(count) for name, count in made.rows.items()}
            made.migrations = [str(name) for name in made.migrations]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Damaged(f"The backup's manifest cannot be read ({error}).") from error
        return made


def describe(*, made_at: datetime, paper: str) -> Manifest:
    """The manifest of what the connection shows now."""
    applied = MigrationRecorder(connection).applied_migrations()
    with connection.cursor() as cursor:
        asked = {"postgresql": "SHOW server_version", "sqlite": "SELECT sqlite_version()"}
        cursor.execute(asked[connection.vendor])
        database_version = str(cursor.fetchone()[0])
    return Manifest(
        made_at=made_at,
        paper=paper,
        database=connection.vendor,
        database_version=database_version,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        rows=count_rows(),
        secret_key=fingerprint(),
        program=_program(),
    )


def count_rows() -> dict[str, int]:
    """Of the tables that are there."""
    there = tables()
    models = [apps.get_model(label) for label in COUNTED]
    return {
        model._meta.label: model._default_manager.count()
        for model in models
        if model._meta.db_table in there
    }


def in_words(rows: dict[str, int]) -> str:
    """ "120 articles, 14 pictures"; what there is none of is left out."""
    found = []
    for label in COUNTED:
        if count := rows.get(label, 0):
            meta = apps.get_model(label)._meta
            name = meta.verbose_name if count == 1 else meta.verbose_name_plural
            found.append(f"{count:,} {name}")
    return ", ".join(found) or "nothing"


def differences(rows: dict[str, int], now: dict[str, int]) -> list[str]:
    """Sentences for the tables that both count and that are not equal."""
    return [
        f"{label}: {now[label]} rows instead of {count}"
        for label, count in rows.items()
        if label in now and now[label] != count
    ]


def fits(manifest: Manifest) -> None:
    """Raise Refused when this site cannot take the backup: another database, or code too old."""
    if manifest.database != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise Refused(
            f"The backup was made on {names.get(manifest.database, manifest.database)} and this "
            f"site runs on {names.get(connection.vendor, connection.vendor)}. Set DATABASE_URL to "
            "a database of the same kind."
        )
    if unknown := _unknown(manifest.migrations):
        raise Refused(
            f"The backup is newer than this code: it has {', '.join(unknown[:3])}"
            f"{' and more' if len(unknown) > 3 else ''}. Restore it with the code that made it "
            f"(version {manifest.program}), or newer."
        )


def _unknown(migrations: Iterable[str]) -> list[str]:
    """Migrations that this code does not have; none of an app that newer code has dropped."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    disk = {f"{app}.{name}" for app, name in loader.disk_migrations}
    squashed = loader.disk_migrations.values()
    replaced = {f"{app}.{name}" for each in squashed for app, name in each.replaces}
    theirs = set(migrations)
    unknown = sorted(theirs - disk - replaced)
    if disk - theirs:  # we are newer in something
        unknown = [name for name in unknown if name.split(".")[0] in loader.migrated_apps]
    return unknown


def fingerprint() -> str:
    """Of the secret key. Slow and short, so that nobody finds the key by it."""
    told = hashlib.pbkdf2_hmac("sha256", settings.SECRET_KEY.encode(), b"newsroom.backup", 200_000)
    return told.hex()[:8]


def _program() -> str:
    try:
        return version("newsroom")
    except PackageNotFoundError:
        import tomllib

        told: dict[str, Any] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
        return str(told["project"]["version"])
