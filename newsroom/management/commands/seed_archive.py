"""Add a large made-up archive to the paper, twenty years of it, for benchmarks and rehearsals."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from articles.archive.counting import count_all
from articles.demo import archive


class Command(BaseCommand):
    """The same archive for the same options; stopped and run again it goes on where it was."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, required=True, help="how many")
        parser.add_argument("--words", type=int, default=150, help="of each text; default 150")
        parser.add_argument(
            "--until", type=_day, default=None, help="the last day, 2026-01-31; default today"
        )
        parser.add_argument("--force", action="store_true", help="even in production")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["force"]:
            raise CommandError("This is a production site: its readers would see made-up stories.")
        if options["articles"] < 1 or not 1 <= options["words"] <= 5000:
            raise CommandError("Give at least one article, of 1 to 5000 words.")
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        plan = archive.Plan(options["articles"], options["words"], options["until"] or today)
        try:
            cast, done = archive.start(plan)
        except archive.CannotSeed as error:
            raise CommandError(str(error)) from error
        self._count("articles", archive.fill(plan, cast, done), plan.articles, done)
        self.stdout.write(f"days of the archive: {count_all(timezone.now()):,} counted.")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)" if _can_tidy() else "ANALYZE")

    def _count(self, what: str, steps: Iterator[int], of: int, done: int = 0) -> None:
        """One line that counts up, and at its end how fast it went."""
        began, first = time.monotonic(), done
        for done in steps:
            rate = (done - first) / max(time.monotonic() - began, 0.001)
            self.stdout.write(f"\r{what}: {done:,} of {of:,}, {rate:,.0f} a second", ending="")
            self.stdout.flush()
        self.stdout.write("" if done > first else f"{what}: none was missing.")


def _can_tidy() -> bool:
    """Whether PostgreSQL is to do now what it would do by itself within minutes, while the new
    archive is being read: then rows are counted in an index alone."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
