"""The verbs of fronts: save a draft, publish, plan, cancel a plan.

An arrangement is never changed once it is made: another one takes its place.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.fronts.content import BadContent, Content, parse
from articles.fronts.finding import content_of
from articles.fronts.models import Arrangement, Front
from articles.fronts.recording import lock, record
from newsroom.accounts.models import User
from newsroom.cache.generations import touch
from newsroom.cache.purging import purge
from newsroom.lib.text import tidy


class CannotArrange(ValueError):
    """Why not, for people."""


class Stale(CannotArrange):
    """The draft has changed since; `front` is as it is now."""

    def __init__(self, front: Front) -> None:
        super().__init__(_("Somebody else has changed this front meanwhile."))
        self.front = front


@transaction.atomic
def save_draft(
    front: Front,
    content: Content,
    *,
    by: User | None,
    base_number: int,
    at: datetime | None = None,
) -> int:
    """Make this the draft; its new number. Raises Stale when `base_number` is not the draft's."""
    locked = lock(front.pk)
    if locked.draft_number != base_number:
        raise Stale(locked)
    _draft(locked, content, by=by, at=at or timezone.now())
    _carry_over(locked, front)
    return locked.draft_number


@transaction.atomic
def publish(
    front: Front,
    *,
    by: User | None,
    content: Content | None = None,
    note: str = "",
    at: datetime | None = None,
    restored_from: Arrangement | None = None,
) -> Arrangement:
    """Make `content` (default: the draft) what readers see, and keep what they then see.

    A draft in which nothing else was waiting follows; one with other work in it stays as it is.
    """
    at = at or timezone.now()
    locked = lock(front.pk)
    if content is None:
        content = _draft_of(locked)
    arrangement = _new(locked, content, by=by, note=note, at=at, restored_from=restored_from)
    go_live(locked, arrangement, at=at)
    _carry_over(locked, front)
    return arrangement


@transaction.atomic
def plan(
    front: Front,
    *,
    by: User | None,
    content: Content,
    publish_at: datetime,
    note: str = "",
    at: datetime | None = None,
) -> Arrangement:
    """Let `content` go live at that time. Raises CannotArrange for a time that is over."""
    at = at or timezone.now()
    if publish_at <= at:
        raise CannotArrange(_("This time is over. Choose one that is still to come."))
    return _new(lock(front.pk), content, by=by, note=note, at=at, publish_at=publish_at)


@transaction.atomic
def cancel(arrangement: Arrangement, *, by: User | None, at: datetime | None = None) -> None:
    """Take a plan back. Raises CannotArrange when it is live, or was taken back, already."""
    waiting = Arrangement.objects.filter(
        pk=arrangement.pk, publish_at__isnull=False, live_from=None, cancelled_at=None
    )
    if not waiting.update(cancelled_at=at or timezone.now()):
        raise CannotArrange(_("This is no plan any more."))
    arrangement.refresh_from_db()


def go_live(front: Front, arrangement: Arrangement, *, at: datetime) -> None:
    """Show it from now on. `front` is locked by the caller, in whose transaction this is."""
    follows = front.draft != {} and front.draft in (
        front.live.content if front.live else content_of(front).as_json(),
        arrangement.content,
    )
    arrangement.live_from = at
    arrangement.save(update_fields=["live_from"])
    front.live = arrangement
    front.save(update_fields=["live"])
    if follows and front.draft != arrangement.content:
        _draft(front, parse(arrangement.content), by=arrangement.by, at=at)
    touch("articles")
    purge(f"front:{front.section_id or front.kind}")
    record(front, at=at)


def _draft_of(front: Front) -> Content:
    """What editors work on; before anybody did, what is live."""
    try:
        return parse(front.draft) if front.draft else content_of(front)
    except BadContent as problem:
        raise CannotArrange(str(problem)) from problem


def _draft(front: Front, content: Content, *, by: User | None, at: datetime) -> None:
    front.draft, front.draft_by, front.draft_at = content.as_json(), by, at
    front.draft_number += 1
    front.save(update_fields=["draft", "draft_by", "draft_at", "draft_number"])


def _new(
    front: Front,
    content: Content,
    *,
    by: User | None,
    note: str,
    at: datetime,
    publish_at: datetime | None = None,
    restored_from: Arrangement | None = None,
) -> Arrangement:
    newest = Arrangement.objects.filter(front=front).order_by("-number").first()
    return Arrangement.objects.create(
        front=front,
        number=newest.number + 1 if newest else 1,
        content=content.as_json(),
        note=tidy(note)[:200],
        by=by,
        made_at=at,
        publish_at=publish_at,
        restored_from=restored_from,
    )


def _carry_over(locked: Front, front: Front) -> None:
    """Let the caller's own instance know."""
    for name in ("draft", "draft_by", "draft_at", "draft_number", "live"):
        setattr(front, name, getattr(locked, name))
