"""Do what is due now: once (for cron), or with --loop every few seconds."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from newsroom.management.jobs import jobs, run_due

SECONDS = 5


class Command(BaseCommand):
    """Runs the jobs of `newsroom.management.jobs`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help=f"every {SECONDS} s until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        all_jobs = jobs()
        if not options["loop"]:
            run_due(all_jobs, at=timezone.now())
            return
        running = True

        def stop(number: int, frame: object) -> None:
            nonlocal running
            running = False

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while running:
            run_due(all_jobs, at=timezone.now())
            for _second in range(SECONDS * 5):
                if not running:
                    return
                time.sleep(0.2)
