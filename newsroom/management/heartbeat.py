"""Worker and tick say that they live, whether there is anything to do or not.

They say it from the loop that does the work, never from a thread beside it: one that hangs falls
silent. Of several workers the last heard counts.
"""

import logging
from datetime import datetime, timedelta

from django.db import Error
from django.utils import timezone

from newsroom.models import Heartbeat

logger = logging.getLogger("newsroom.heartbeat")

WORKER, TICK = "worker", "tick"
# How often one that is well says so.
EVERY = timedelta(seconds=30)


class Heart:
    """Of one process."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._said_at: datetime | None = None

    def beat(self) -> None:
        """To be called at every turn; writes one row twice a minute. A database that is away is no
        reason to stop."""
        at = timezone.now()
        if self._said_at and at - self._said_at < EVERY:
            return
        try:
            Heartbeat.objects.update_or_create(kind=self.kind, defaults={"heard_at": at})
        except Error as error:
            logger.warning("that the %s lives cannot be kept: %s", self.kind, error)
        else:
            self._said_at = at


def heard(kind: str) -> datetime | None:
    """When one of this kind last said that it lives; None for never. One query."""
    return Heartbeat.objects.filter(pk=kind).values_list("heard_at", flat=True).first()
