"""What readers saw, kept for ever: a record of every change of a front."""

from datetime import datetime

from django.db import transaction

from articles.fronts.filling import fill
from articles.fronts.finding import reading
from articles.fronts.models import Front, Record, Standing
from articles.fronts.shown import Shown, to_json


def record(front: Front, *, at: datetime) -> Record | None:
    """Keep what the front shows now, unless it is what was kept last; None then.

    What could not be read stands in `Front.failure`; the default is what readers saw, and what is
    kept. About four queries when nothing is new, and no lock.
    """
    front.refresh_from_db(fields=["live", "failure", "failed_at"])
    content, problem = reading(front)
    if problem != front.failure:
        front.failure, front.failed_at = problem, at if problem else None
        front.save(update_fields=["failure", "failed_at"])
    if _same(_last(front), to_json(fill(front, content, at=at))):
        return None
    with transaction.atomic():
        # One recorder at a time, who looks again: what waited here may be older than the last.
        return _append(lock(front.pk), at)


def lock(pk: int) -> Front:
    """The front as it is once it is this transaction's alone.

    What it points at is read afterwards: joined to the locked row, an arrangement that another
    transaction has just made would be missing.
    """
    return Front.objects.select_for_update().get(pk=pk)


def _append(front: Front, at: datetime) -> Record | None:
    shown = fill(front, reading(front)[0], at=at)
    last, kept = _last(front), to_json(shown)
    if _same(last, kept):
        return None
    moment = max(at, last.at) if last else at
    stand(front, shown, at=moment)
    return Record.objects.create(front=front, at=moment, arrangement=front.live, shown=kept)


def _last(front: Front) -> Record | None:
    return Record.objects.filter(front=front).order_by("-at", "-pk").first()


def _same(last: Record | None, kept: dict[str, object]) -> bool:
    """Readers see no difference; what was skipped is the desk's business."""
    return last is not None and last.shown["blocks"] == kept["blocks"]


def stand(front: Front, shown: Shown, *, at: datetime) -> None:
    """End the times of stories that left their slot or changed their size; begin the new ones."""
    now = {
        (slot.slot, slot.card.pk, slot.size, slot.by_hand)
        for block in shown.blocks
        for slot in block.cards
    }
    standing = {
        (row.slot, row.article_id, row.size, row.by_hand): row.pk
        for row in Standing.objects.filter(front=front, until=None)
    }
    over = [pk for key, pk in standing.items() if key not in now]
    if over:
        Standing.objects.filter(pk__in=over).update(until=at)
    Standing.objects.bulk_create(
        Standing(front=front, slot=slot, article_id=pk, size=size, by_hand=by_hand, since=at)
        for slot, pk, size, by_hand in sorted(now - standing.keys())
    )
