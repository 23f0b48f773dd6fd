"""Do what is due now: once (for cron), or with --loop every few seconds."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from articles.popularity.keeping import counting
from newsroom.cache import patience
from newsroom.management.heartbeat import TICK, Heart
from newsroom.management.jobs import jobs, run_due, run_until

SECONDS = 5


class Command(BaseCommand):
    """Runs the jobs of `newsroom.management.jobs`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help=f"every {SECONDS} s until stopped")
        parser.add_argument(
            "--own", action="store_true", help="only what every machine does for its own files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        all_jobs = [job for job in jobs() if job.own or not options["own"]]
        if not options["loop"]:
            run_due(all_jobs, at=timezone.now())
            if not options["own"]:
                Heart(TICK).beat()
            return
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: stopped.set())
        patience.limit()
        # Of what is due by the second; what is done by the hour runs in threads, and has longer.
        with patience.waiting(patience.BACKGROUND):
            if options["own"]:
                run_until(stopped, all_jobs, seconds=SECONDS)
                return
            with counting():  # in the memory of the whole paper's tick
                run_until(stopped, all_jobs, seconds=SECONDS, heart=Heart(TICK))
