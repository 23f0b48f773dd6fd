"""Bring database and static files up to date, and seed the demo paper into an empty database.

`make run` calls it before `serve`. What is up to date already costs next to nothing.
"""

import hashlib
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from newsroom.accounts.models import User
from newsroom.lib import staticfiles
from newsroom.management import readiness, running


class Command(BaseCommand):
    """Migrate, make the cache table, seed, collect static files: each only if needed."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="seed the demo paper if empty")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            readiness.data_dir_writable()
            with running.with_others():
                try:
                    pending = readiness.pending_migrations()
                except DatabaseError as error:
                    raise CommandError(f"The database does not answer: {error}") from error
                self._prepare(pending, demo=options["demo"])
        except readiness.NotReady as error:
            raise CommandError(str(error)) from error

    def _prepare(self, pending: int, *, demo: bool) -> None:
        if pending:
            self.stdout.write(f"Database: applying {pending} migrations ...")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)  # whoever migrated: one query if it is there
        if sentence := readiness.store_works():
            self.stderr.write(f"{sentence} Until it works no picture is shown or taken in.")
        if demo and not settings.PRODUCTION and not User.objects.exists():
            call_command("seed_demo", stdout=self.stdout)
        self._collect_static()

    def _collect_static(self) -> None:
        stamp = settings.DATA_DIR / "static.stamp"
        signature = _signature()
        if stamp.exists() and stamp.read_text() == signature and settings.STATIC_ROOT.exists():
            return
        self.stdout.write("Static files: collecting and compressing ...")
        staticfiles.collect()
        stamp.write_text(signature)


def _signature() -> str:
    """Changes when our static files or the installed packages do."""
    digest = hashlib.sha256(django.get_version().encode())
    digest.update((settings.BASE_DIR / "requirements.txt").read_bytes())
    static = settings.BASE_DIR / "static"
    for path in sorted(static.rglob("*")):
        if path.is_file():
            stat = path.stat()
            digest.update(
                f"{path.relative_to(static)} {stat.st_size} {stat.st_mtime_ns}\n".encode()
            )
    return digest.hexdigest()
