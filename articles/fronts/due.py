"""What time does to fronts: plans go live at their minute, and what readers see is kept.

The tick calls `run_due` every few seconds; each front is a transaction of its own, so that one
that fails keeps no other waiting.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from articles.fronts.arranging import go_live
from articles.fronts.finding import all_fronts
from articles.fronts.models import Arrangement, Front
from articles.fronts.recording import record
from newsroom.cache.models import Generation
from newsroom.pages.identity import present_identity

logger = logging.getLogger("newsroom.due")

# How often a front on which nothing changes is looked at all the same.
LOOK = timedelta(minutes=1)
SEEN = "fronts_seen"


class SomeFailed(RuntimeError):
    """Fronts that met an error and are tried again; the message names them."""


def run_due(at: datetime) -> int:
    """Publish the plans that are due, then record every front; how many plans went live.

    Never early, never twice, what is late at once. Two queries while nothing changes. Raises
    SomeFailed at the end when a front met an error; it stands in `Front.failure`.
    """
    failed: dict[int, str] = {}
    live = 0
    paper = present_identity()
    with translation.override(paper.language), timezone.override(paper.zone):
        for pk, front_id in list(_due(at).values_list("pk", "front_id")):
            live += _try(partial(_one, pk, at), front_id, at, failed)
        _look(at, failed)
    if failed:
        raise SomeFailed(", ".join(list(failed.values())[:5]))
    return live


def _due(at: datetime) -> QuerySet[Arrangement]:
    plans = Arrangement.objects.filter(publish_at__lte=at, live_from=None, cancelled_at=None)
    return plans.order_by("publish_at", "pk")


def _try(deed: Callable[[], object], pk: int, at: datetime, failed: dict[int, str]) -> bool:
    try:
        return bool(deed())
    except Exception as error:
        logger.exception("front %s could not be refreshed", pk)
        failed[pk] = f"front {pk}: {type(error).__name__}"
        Front.objects.filter(pk=pk).update(
            failed_at=at, failure=f"{type(error).__name__}: {error}"[:500]
        )
        return False


@transaction.atomic
def _one(pk: int, at: datetime) -> bool:
    """Let this plan go live unless somebody else does, or has taken it back."""
    skip = connection.features.has_select_for_update_skip_locked
    fronts = Front.objects.select_for_update(of=("self",), skip_locked=skip)
    front = fronts.filter(arrangements__pk=pk).first()
    plan = _due(at).select_for_update().filter(pk=pk).first()
    if front is None or plan is None:
        return False
    go_live(front, plan, at=at)
    return True


def _look(at: datetime, failed: dict[int, str]) -> None:
    """Record the fronts if anything readers see has changed since this process looked last."""
    number = Generation.objects.filter(pk="articles").values_list("number", flat=True).first()
    seen: tuple[int | None, datetime] | None = caches["local"].get(SEEN)
    changed = seen is None or seen[0] != number
    if not changed and seen and timedelta() <= at - seen[1] < LOOK:
        return
    if changed:
        for front in all_fronts():
            if front.pk not in failed:
                _try(partial(record, front, at=at), front.pk, at, failed)
    Front.objects.exclude(pk__in=failed).update(refreshed_at=at)
    # What failed is tried again at once.
    caches["local"].set(SEEN, (-1 if failed else number, at), timeout=24 * 3600)
