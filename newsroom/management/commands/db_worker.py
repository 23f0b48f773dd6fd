"""Do what waits in the queue: mails, picture sizes and the like.

The command of django-tasks-db, with a worker that says that it lives and that outlives a database
that is away or hangs.
"""

import logging
import os
import time
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django_tasks_db.management.commands import db_worker

from newsroom.cache import patience
from newsroom.management.heartbeat import WORKER, Heart

logger = logging.getLogger("newsroom.worker")

# Readers come first, on a machine that has too much to do.
NICE = 10


class Worker(db_worker.Worker):
    """Its heart beats after each look into the queue and before each task."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, batch=True)  # a look ends when the queue is empty
        self.heart = Heart(WORKER)

    def run(self) -> None:
        """Look again and again, as often as `interval` says."""
        while self.running and not (self.max_tasks and self._run_tasks >= self.max_tasks):
            try:
                super().run()
                self.heart.beat()
            except (OperationalError, InterfaceError) as error:
                logger.warning("the queue cannot be read: %s", str(error).strip())
                connection.close()
            self.startup_delay = False
            if self.running:
                time.sleep(self.interval)

    def run_task(self, db_task_result: Any) -> None:
        self.heart.beat()
        super().run_task(db_task_result)


class Command(db_worker.Command):
    """With `--batch`, which does what waits and ends, and `--reload` it is as it was."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] or options["reload"]:
            super().handle(*args, **options)
            return
        os.nice(max(0, NICE - os.nice(0)))
        self.configure_logging(options["verbosity"])
        db_worker.logger.setLevel(logging.WARNING)  # it would tell of every look
        worker = Worker(
            queue_names=options["queue_name"].split(","),
            interval=options["interval"],
            backend_name=options["backend_name"],
            startup_delay=options["startup_delay"],
            max_tasks=options["max_tasks"],
            worker_id=options["worker_id"],
            excluded_queue_names=[name for name in options["exclude_queues"].split(",") if name],
        )
        worker.configure_signals()
        patience.limit()
        with patience.waiting(patience.BACKGROUND):
            worker.run()
