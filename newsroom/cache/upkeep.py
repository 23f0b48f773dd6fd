"""Keeping the tables of the page cache small; a job of the tick. Pages go by the front itself."""

from datetime import datetime

from newsroom.cache.models import Refreshing, WebProcess
from newsroom.cache.purging import KEPT, forget_old


def prune_entries(at: datetime) -> int:
    """Delete old entries and proofs; how many entries. Safe to run twice."""
    WebProcess.objects.filter(seen_at__lt=at - KEPT).delete()
    Refreshing.objects.filter(heard_at__lt=at - KEPT).delete()
    return forget_old(at=at)
