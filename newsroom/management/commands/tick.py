"""Do what is due now: once (for cron), or with --loop every few seconds."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from articles.popularity.keeping import counting
from newsroom.management.jobs import jobs, run_due, run_until

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
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: stopped.set())
        with counting():  # readers, in this process's memory
            run_until(stopped, all_jobs, seconds=SECONDS)
