"""Write the paper (database, pictures, consents) into one file while the site runs; check one."""

import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from newsroom.management import pooling, running
from newsroom.management.backups import Refused, making, parcel
from newsroom.management.backups.manifest import Manifest, in_words
from newsroom.management.backups.progress import Meter, megabytes
from newsroom.management.readiness import NotReady


class Command(BaseCommand):
    """The exit code is 0 only if the file is whole and on the disk."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", help="a new file, or a folder: the name is then the time")
        parser.add_argument("--check", action="store_true", help="only verify this backup")
        parser.add_argument(
            "--without-pictures", action="store_true", help="they are kept by other means"
        )
        parser.add_argument("--keep", type=int, help="delete all but so many of the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))  # tidy up
        given, keep = options["target"], options["keep"]
        target = Path(given).absolute()
        if keep is not None and (keep < 1 or not target.is_dir()):
            raise CommandError("--keep takes a number from 1, and a folder to keep them in.")
        try:
            if options["check"]:
                self._check(target)
                return
            if given.endswith("/") and not target.is_dir():
                raise Refused(f"The folder {target} is not there.")
            self._make(target, keep, pictures=not options["without_pictures"])
        except (Refused, NotReady) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database does not answer ({error}).") from error
        except OSError as error:
            raise CommandError(f"{error.filename or target}: {error.strerror}.") from error

    def _make(self, target: Path, keep: int | None, *, pictures: bool) -> None:
        at, began = timezone.now(), time.monotonic()
        folder = target if target.is_dir() else None
        if folder:
            target = folder / making.name_for(at)
        with ExitStack() as stack:
            stack.enter_context(running.with_others())
            stack.enter_context(pooling.past_the_pool())
            meter = stack.enter_context(Meter())
            manifest = making.make(target, at=at, progress=meter.add, pictures=pictures)
        self._tell(target, manifest, time.monotonic() - began)
        if folder and keep:
            for name in making.forget_older(folder, keep):
                self.stdout.write(f"Deleted {name}.")

    def _tell(self, target: Path, manifest: Manifest, seconds: float) -> None:
        self.stdout.write(
            f"{target}: {megabytes(target.stat().st_size)} in {seconds:.1f} s. "
            f"{in_words(manifest.rows)}; {_pictures(manifest)}."
        )
        if manifest.missing_count:
            self.stderr.write(
                f"{manifest.missing_count:,} pictures have no file (deleted meanwhile, or lost "
                f"before): {', '.join(manifest.missing[:5])}"
                f"{' ...' if manifest.missing_count > 5 else ''}"
            )
        if manifest.left_out:
            self.stderr.write(f"Left out, as links or odd names: {', '.join(manifest.left_out)}")

    def _check(self, path: Path) -> None:
        began, kept = time.monotonic(), bytearray()

        def take(name: str, source: parcel.Digesting) -> None:
            while name == parcel.MANIFEST and (data := source.read()):
                kept.extend(data)

        with Meter() as meter:
            files = parcel.check(path, take, lambda size: meter.add("checking", size))
        manifest = Manifest.from_json(bytes(kept))
        self.stdout.write(
            f"{path} is whole: {files:,} files, {megabytes(path.stat().st_size)}, read in "
            f"{time.monotonic() - began:.1f} s. {manifest.paper}, {manifest.made_at:%Y-%m-%d %H:%M}"
            f" UTC, {manifest.database}, version {manifest.program}: {in_words(manifest.rows)}; "
            f"{_pictures(manifest)}."
        )


def _pictures(manifest: Manifest) -> str:
    if manifest.without_pictures:
        return "the files of pictures are not in it"
    return f"{manifest.files:,} files of pictures"
