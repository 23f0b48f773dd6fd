"""Say which sign-ups wait on this machine's disk, and what becomes of those not taken in."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsletter import spool, taking_in
from newsroom.lib.emails import masked

REASONS = {
    taking_in.GONE: "the newsletter is not there any more",
    taking_in.CLOSED: "the newsletter is not open for sign-up",
    taking_in.TERMS: "the terms they accepted are not there",
    taking_in.LATE: "they waited longer than seven days",
    taking_in.UNREADABLE: "the file cannot be read",
    taking_in.FAILED: "an error, which stands in the log",
}


class Command(BaseCommand):
    """Written there while the database was away; see docs/operating/when-something-breaks.md."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "deed", nargs="?", choices=["retry", "forget"],
            help="try those that were refused once more, or delete them",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        refused = spool.refused()
        if options["deed"] == "retry":
            for name in refused:
                spool.wait_again(name)
            self.stdout.write(f"{len(refused)} wait again; the tick takes them in.")
        elif options["deed"] == "forget":
            for name in refused:
                spool.forget_refused(name)
            self.stdout.write(f"{len(refused)} deleted.")
        else:
            self._tell(refused)

    def _tell(self, refused: list[spool.Name]) -> None:
        waiting = spool.waiting()
        since = f", the first since {_moment(waiting[0])}" if waiting else ""
        self.stdout.write(f"{len(waiting)} wait to be taken in{since}.")
        for name in refused:
            reason = REASONS.get(spool.why(name), spool.why(name))
            self.stdout.write(f"Refused: {_moment(name)} {_whose(name)}: {reason}.")


def _moment(name: spool.Name) -> str:
    return f"{datetime.fromtimestamp(name.at, UTC):%Y-%m-%d %H:%M} UTC"


def _whose(name: spool.Name) -> str:
    """Enough of the address to know it again."""
    try:
        return masked(spool.read(name).email)
    except (spool.Unreadable, OSError):
        return "?"
