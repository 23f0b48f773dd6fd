"""Put a backup back: into an empty site, or in place of what is there."""

import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone

from newsroom.management import pooling, running
from newsroom.management.backups import Refused, parcel, restoring
from newsroom.management.backups.databases import Database, HalfDone, database
from newsroom.management.backups.making import reason
from newsroom.management.backups.manifest import (
    Manifest,
    count_rows,
    differences,
    fingerprint,
    fits,
    in_words,
)
from newsroom.management.backups.progress import Meter
from newsroom.management.backups.shelves import Shelves
from newsroom.management.backups.store_shelves import StoreShelves
from newsroom.management.readiness import NotReady, data_dir_writable
from newsroom.media.renditions import in_a_store

AS_IT_WAS = "Nothing was changed."


class Command(BaseCommand):
    """The site must not run. What is restored sends nothing until `manage.py outgoing release`."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="what `manage.py backup` wrote")
        parser.add_argument("--replace", action="store_true", help="although there is content here")
        parser.add_argument("--yes", action="store_true", help="do not ask before replacing")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))  # tidy up
        path, began = Path(options["file"]).absolute(), time.monotonic()
        try:
            data_dir_writable()
            with running.alone(), pooling.past_the_pool():
                manifest = self._manifest(path)
                place = database()
                shelves = StoreShelves() if in_a_store() else Shelves()
                place.refuse_if_used()
                place.tidy()  # after a restore that was killed
                shelves.undo()
                self._ask(manifest, place, shelves, **options)
                with Meter() as meter:
                    lacking = restoring.restore(
                        path, manifest, place, shelves, at=timezone.now(), progress=meter.add
                    )
        except (Refused, NotReady) as error:
            raise CommandError(f"{error} {AS_IT_WAS}") from error
        except HalfDone as error:
            raise CommandError(
                f"The database and the pictures are those of the backup, but what follows failed: "
                f"{error}. Mend that, and restore again with --replace."
            ) from error
        except (OSError, Error, sqlite3.Error) as error:
            raise CommandError(f"{reason(error, path)} {AS_IT_WAS}") from error
        self._tell(manifest, lacking, time.monotonic() - began)

    def _manifest(self, path: Path) -> Manifest:
        """What is to be restored here. Raises Refused."""
        try:
            manifest = restoring.manifest_of(path)
            fits(manifest)
        except Refused:
            parcel.check(path)  # what a damaged file says of itself is no reason
            raise
        return manifest

    def _ask(
        self, manifest: Manifest, place: Database, shelves: Shelves, *,
        replace: bool, yes: bool, **options: Any,
    ) -> None:  # fmt: skip
        """Raise Refused unless the place is empty, or the operator wants it replaced."""
        found = restoring.look(place, shelves)
        if found.is_empty:
            return
        there = in_words(found.rows)
        if found.broken:
            there = f"a database that cannot be read ({found.broken})"
        if found.pictures:
            there += f"; the media folder: {found.pictures:,} pictures"
        if found.strangers:
            there += f"; tables that are not the paper's: {', '.join(found.strangers[:5])}"
        if not replace:
            raise Refused(
                f"There is content here: {there}. Restore into an empty site, or add --replace to "
                "lose it."
            )
        self.stdout.write(f"Would be lost: {there}.")
        self.stdout.write(
            f"Would come:    {in_words(manifest.rows)}, of {manifest.made_at:%Y-%m-%d %H:%M} UTC."
        )
        if not yes and not _typed("replace"):
            raise Refused("Not confirmed.")

    def _tell(self, manifest: Manifest, lacking: int, seconds: float) -> None:
        rows = count_rows()
        self.stdout.write(
            f"Restored {manifest.paper or 'the paper'} as it was on "
            f"{manifest.made_at:%Y-%m-%d %H:%M} UTC, in {seconds:.1f} s: {in_words(rows)}."
        )
        if changed := differences(manifest.rows, rows):
            self.stdout.write(f"Changed by newer migrations: {'; '.join(changed)}.")
        if lacking:
            self.stdout.write(
                f"The crops of {lacking:,} pictures are made by the worker; until then the whole "
                "pictures are shown."
            )
        if manifest.missing_count:
            self.stdout.write(f"{manifest.missing_count:,} pictures had no file in the backup.")
        if manifest.without_pictures:
            self.stdout.write(
                "The backup was made without pictures: they are those that are here, or are put "
                "here by other means."
            )
        if in_a_store():
            self.stdout.write(
                "The store of pictures has what it had, and what it lacked of the backup. If "
                "another site uses the same store, give this copy one of its own "
                "(MEDIA_STORAGE_URL, perhaps with another prefix) before anybody works in it."
            )
        if manifest.secret_key != fingerprint():
            self.stdout.write(
                "The secret key here is another one: links in mails already sent (to leave a "
                "newsletter, to confirm) do not work until the paper's key is set, as SECRET_KEY "
                "or among SECRET_KEY_FALLBACKS."
            )
        self.stdout.write(
            "Held: no mail leaves this copy, nobody outside is told anything, and nothing is "
            "published by itself, until `manage.py outgoing release`.\n"
            "Now run `manage.py prepare`, then `manage.py serve`."
        )


def _typed(word: str) -> bool:
    try:
        return input(f"Type “{word}” to go on: ").strip() == word
    except EOFError:
        return False
