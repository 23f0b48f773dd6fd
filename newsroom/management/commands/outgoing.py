"""Say whether mails, notices to third parties and planned publications are held; hold, release."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from newsroom.outgoing import holding
from newsroom.outgoing.models import Hold


class Command(BaseCommand):
    """A restored copy is held until somebody releases it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", nargs="?", choices=["hold", "release"])
        parser.add_argument(
            "--with-queued",
            action="store_true",
            help="send also the mails that waited in the backup; only if the original did not",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deed"] == "hold":
            holding.hold(at=timezone.now())
        elif options["deed"] == "release":
            self._release(with_queued=options["with_queued"])
            return
        self._tell()

    def _release(self, *, with_queued: bool) -> None:
        if not holding.held():
            self.stdout.write("Nothing was held.")
            return
        going, dropped = holding.release(with_queued=with_queued)
        self.stdout.write("Released: mail leaves, and what is planned is published at its minute.")
        if going:
            self.stdout.write(f"Leaving now: {_listed(going)}.")
        if dropped:
            self.stdout.write(f"Not sent, because they waited in the backup: {_listed(dropped)}.")

    def _tell(self) -> None:
        hold = Hold.objects.first()
        if hold is None:
            self.stdout.write("Nothing is held: mail leaves.")
            return
        since = f"since {hold.since:%Y-%m-%d %H:%M} UTC"
        if hold.backup_at:
            since += f", when the backup of {hold.backup_at:%Y-%m-%d %H:%M} UTC was restored"
        self.stdout.write(
            f"Held {since}: no mail leaves, nobody outside is told anything, and nothing is "
            "published by itself."
        )
        waiting, queued = holding.waiting(), holding.waiting(holding.CAME_WITH_BACKUP)
        if waiting:
            self.stdout.write(f"Waiting for the release: {_listed(waiting)}.")
        if queued:
            self.stdout.write(
                f"Waited in the backup, and sent only --with-queued: {_listed(queued)}."
            )


def _listed(tasks: Counter[str]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(tasks.items()))
