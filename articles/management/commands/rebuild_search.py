"""`manage.py rebuild_search`: make the search index whole now; the tick does it by and by."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.search.upkeep import INDEXES, Index, fill, rewrite


class Command(BaseCommand):
    help = (
        "Add to the search index what is missing or outdated. Safe while the site runs, and to "
        "interrupt: begun again, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only say how many entries there are and are not"
        )
        parser.add_argument(
            "--all", action="store_true", help="write every entry anew, sound or not"
        )
        parser.add_argument(
            "--before", type=int, metavar="NUMBER", help="with --all: from this article downward"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for index in INDEXES:
            if options["all"]:
                rewrite(index, before=options["before"], told=partial(self._told, index.name))
            elif not options["check"]:
                fill(index, told=partial(self._told, index.name))
            self._say(index)

    def _told(self, name: str, done: int, at: int | None = None) -> None:
        down_to = "" if at is None else f", down to {at}"
        self.stderr.write(f"\r{name}: {done:,} written{down_to}", ending="")

    def _say(self, index: Index) -> None:
        """The count of what is there, and of what is not."""
        there = index.entries._default_manager.count()
        missing, outdated = index.missing().count(), index.outdated().count()
        self.stdout.write(
            f"{index.name}: {there:,} entries, {missing:,} missing, {outdated:,} outdated."
        )
