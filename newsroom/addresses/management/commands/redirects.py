"""Take redirects in from a file of two columns (address, leads to), or write all of them to one."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from newsroom.addresses import sheet

SHOWN = 50


class Command(BaseCommand):
    """All of a file or nothing of it; run again, it changes nothing."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=("import", "export"))
        parser.add_argument("file", help="CSV in UTF-8; - is standard input or output")
        parser.add_argument("--dry-run", action="store_true", help="import: check, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            if options["verb"] == "export":
                self._write(name)
            else:
                self._take_in(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes(),
                              dry_run=options["dry_run"])  # fmt: skip
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}") from error

    def _take_in(self, raw: bytes, *, dry_run: bool) -> None:
        try:
            with transaction.atomic():
                laid = sheet.take_in(raw)
                transaction.set_rollback(dry_run)
        except sheet.Faulty as error:
            for fault in error.faults[:SHOWN]:
                self.stderr.write(str(fault))
            count = len(error.faults)
            raise CommandError(f"Nothing was changed: {count} to put right.") from error
        done = "Would be" if dry_run else "Redirects"
        self.stdout.write(
            f"{done}: {laid.made} made, {laid.changed} changed, {laid.unchanged} as they were."
        )
        for path in laid.nowhere[:SHOWN]:
            self.stderr.write(f"Nothing is there: {path}")
        if (more := len(laid.nowhere) - SHOWN) > 0:
            self.stderr.write(f"and at {more} more.")

    def _write(self, name: str) -> None:
        if name == "-":
            for line in sheet.rows():
                self.stdout.write(line, ending="")
            return
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            file.writelines(sheet.rows())
