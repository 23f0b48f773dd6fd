"""Copy the pictures of the media folder into the bucket of MEDIA_STORAGE_URL: what it lacks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.management import running
from newsroom.management.backups.progress import Meter, megabytes
from newsroom.management.readiness import NotReady
from newsroom.management.storing import Done, store_all
from newsroom.media.renditions import in_a_store


class Command(BaseCommand):
    """The exit code is 0 only if everything is there and has its size."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not in_a_store():
            raise CommandError("MEDIA_STORAGE_URL names no bucket, so there is none to copy into.")
        done = Done()
        try:
            with running.with_others(), Meter() as meter:
                store_all(done, meter.add)
        except NotReady as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error}. {_so_far(done)}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Broken off. {_so_far(done)}") from None
        self.stdout.write(
            f"{done.copied:,} files copied, {megabytes(done.bytes)}; {done.there:,} were there. "
            f"Nothing was deleted in {settings.MEDIA_ROOT}."
        )
        if done.left_out:
            self.stderr.write(f"Left out, as links or odd names: {_some(done.left_out)}")
        if done.unlike:
            raise CommandError(
                f"{len(done.unlike):,} files have another size in the bucket than here, and were "
                f"left as they are: {_some(done.unlike)}"
            )


def _so_far(done: Done) -> str:
    return f"{done.copied:,} files were copied. Run it again: it goes on from there."


def _some(names: list[str]) -> str:
    return f"{', '.join(names[:5])}{' ...' if len(names) > 5 else ''}"
