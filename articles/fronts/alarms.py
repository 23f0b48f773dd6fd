"""What is wrong with fronts, for the desk: nothing changes, refreshing fails, a story is gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from articles.fronts.content import BadContent, Content, parse
from articles.fronts.looking_back import Fates
from articles.fronts.models import Front, Record
from articles.models import Section
from newsroom.accounts.models import User
from newsroom.pages.identity import present_identity
from newsroom.pages.models import QuietWindow
from newsroom.pages.quiet import spans

# The tick refreshes every five seconds; longer than this it stands still.
SILENT = timedelta(minutes=2)
# How much of a failure is told.
LONGEST = 200


@dataclass
class Wrong:
    """What is wrong with one front; what is empty, or None, is not."""

    front: Front
    # Since when nothing on it has changed, where that is too long.
    unchanged_since: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    # Since when it was not looked at.
    silent_since: datetime | None = None
    # Slot, article and what became of it.
    gone: list[tuple[str, int, str]] = field(default_factory=list)
    content: Content = field(default_factory=Content)
    headlines: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.unchanged_since or self.failed_at or self.silent_since or self.gone)


def arranged_by(user: User) -> QuerySet[Front]:
    """The fronts that `permissions.can_arrange` allows, as one condition."""
    fronts = Front.objects.all()
    if not (user.is_active and user.is_staff and user.has_perm("fronts.change_front")):
        return fronts.none()
    if user.has_perm("articles.publish_everywhere"):
        return fronts
    own = Q(section__isnull=True)
    if user.has_perm("articles.publish_article"):
        editors = Section.editors.through.objects.filter(section_id=OuterRef("section_id"))
        own |= Q(Exists(editors.filter(user_id=user.pk))) | ~Q(Exists(editors))
    return fronts.filter(own)


def wrong(user: User, *, at: datetime) -> list[Wrong]:
    """What is wrong with this person's fronts; at most 3 queries for any number of them."""
    newest = Record.objects.filter(front=OuterRef("pk")).order_by("-at", "-pk")
    fronts = list(
        arranged_by(user)
        .annotate(changed_at=Subquery(newest.values("at")[:1]))
        .select_related("section", "live")
        .defer("draft")
    )
    contents = {front.pk: _placed(front) for front in fronts}
    fates = Fates(p.article for content in contents.values() for p in content.slots.values())
    windows = list(QuietWindow.objects.filter(is_active=True)) if _may_be_old(fronts, at) else []
    return [found for front in fronts if (found := _of(front, contents, fates, windows, at))]


def _of(
    front: Any,
    contents: dict[int, Content],
    fates: Fates,
    windows: Sequence[QuietWindow],
    at: datetime,
) -> Wrong:
    found = Wrong(front, content=contents[front.pk])
    since = _changed_at(front)
    if since and _old(front, since, at) and _awake(since, at, windows) > _limit(front):
        found.unchanged_since = since
    if front.failed_at:  # emptied as soon as it succeeds
        found.failed_at = front.failed_at
        found.failure = first_line(front.failure)
    elif front.refreshed_at and at - front.refreshed_at > SILENT:
        found.silent_since = front.refreshed_at
    for slot, placed in found.content.slots.items():
        if what := fates.of(placed.article):
            found.gone.append((slot, placed.article, what))
            found.headlines[placed.article] = placed.headline or fates.headline(placed.article)
    return found


def first_line(text: str) -> str:
    """Of a traceback or message, the line that says most: the last that is not empty of a
    traceback, the first of anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    return (lines[-1] if lines[0].startswith("Traceback") else lines[0])[:LONGEST]


def _placed(front: Front) -> Content:
    """What stands on it by hand, in blocks that are shown; empty for what cannot be read."""
    try:
        content = parse(front.live.content) if front.live else Content()
    except BadContent:
        return Content()
    blocks = tuple(block for block in content.blocks if not block.hidden)
    shown = Content(blocks)
    return Content(blocks, {key: content.slots[key] for key in shown.keys if key in content.slots})


def _changed_at(front: Any) -> datetime | None:
    """When anything on it changed last: a record, or an arrangement that changed nothing."""
    times = [front.changed_at, front.live.live_from if front.live else None]
    return max((time for time in times if time), default=None)


def _limit(front: Front) -> timedelta:
    return timedelta(minutes=front.stale_after or 0)


def _old(front: Front, since: datetime, at: datetime) -> bool:
    return bool(front.stale_after) and at - since > _limit(front)


def _may_be_old(fronts: Iterable[Front], at: datetime) -> bool:
    return any((since := _changed_at(f)) and _old(f, since, at) for f in fronts)


def _awake(since: datetime, at: datetime, windows: Sequence[QuietWindow]) -> timedelta:
    """How long of that time was not quiet; weekly windows count for the last two weeks."""
    zone = present_identity().zone
    turns = sorted(
        (max(begin, since), min(end, at))
        for window in windows
        for begin, end in spans(window, at, zone)
        if begin < at and end > since
    )
    awake, reached = timedelta(), since
    for begin, end in turns:
        awake += max(begin - reached, timedelta())
        reached = max(reached, end)
    return awake + max(at - reached, timedelta())
