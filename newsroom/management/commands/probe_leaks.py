"""Does an article show before its minute? Make marked ones, look everywhere, name each leak.

Works on a live site: all of it happens in one transaction that is rolled back. For its few
seconds nobody can publish.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.management.probe import Report, probe


class Command(BaseCommand):
    """Ends with an error when anything is found, so that a job can watch over it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the whole report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = probe()
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), indent=1, ensure_ascii=False))
        else:
            self._tell(report)
        if not report.clean:
            faults = len(report.leaks) + len(report.unregistered) + len(report.unproven)
            raise CommandError(f"{faults} found: do not rely on the embargo.")

    def _tell(self, report: Report) -> None:
        count = sum(len(addresses) for addresses in report.visited.values())
        self.stdout.write(
            f"Visited {count} addresses of {len(report.visited)} surfaces as a stranger, before "
            f"and after {len(report.articles)} articles were made: {', '.join(report.articles)}."
        )
        for name, addresses in report.visited.items():
            self.stdout.write(f"  {name}: {len(addresses)}")
        reasons: dict[str, list[str]] = {}
        for name, reason in report.exempt.items():
            reasons.setdefault(reason, []).append(name)
        for reason, names in reasons.items():
            self.stdout.write(f"  not visited: {', '.join(names)}. {reason}")
        for name, route in report.unregistered.items():
            self.stdout.write(
                f"NOT REGISTERED {name} ({route}): say in newsroom/management/surfaces.py where to "
                "look or why not."
            )
        for sentence in report.unproven:
            self.stdout.write(f"NOTHING CAN BE PROVED OF {sentence}")
        for leak in report.leaks:
            self.stdout.write(
                f"LEAK {leak.surface} {leak.address}: {leak.article} article: {leak.what}"
            )
        if report.clean:
            self.stdout.write(self.style.SUCCESS("No leaks."))
