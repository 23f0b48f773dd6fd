"""The draft on which editors arrange a front: saved, merged with what others saved, taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.fronts.arranging import save_draft
from articles.fronts.content import Content, parse
from articles.fronts.finding import content_of
from articles.fronts.merging import Conflict, merge
from articles.fronts.models import Arrangement, Front, KeptDraft
from newsroom.accounts.models import User
from newsroom.lib.text import tidy

# Earlier drafts of a front that can be taken back.
KEPT = 200


@dataclass(frozen=True)
class Saved:
    """What a save came to. With `conflicts` nothing was saved; `content` is the draft then."""

    content: Content
    number: int
    # The draft that was met, when somebody had saved since.
    met: Content | None = None
    conflicts: tuple[Conflict, ...] = ()
    changed: bool = False


def draft_of(front: Front) -> Content:
    """The draft, with the rows a new section brings; what is live when nobody has begun one."""
    if not front.draft:
        return content_of(front)
    begun = Arrangement(content=front.draft)
    return content_of(Front(kind=front.kind, section=front.section, live=begun))


def differs(front: Front) -> bool:
    """Whether the draft has changes that readers do not see."""
    return bool(front.draft) and draft_of(front) != content_of(front)


@transaction.atomic
def save(
    front: Front, mine: Content, *, base: Content, base_number: int, by: User, what: str = "",
    at: datetime | None = None,
) -> Saved:  # fmt: skip
    """Make `mine`, which was begun with `base`, the draft; with what others saved since in it.

    Where both changed the same nothing is saved, and the conflicts say what. The draft as it was is
    kept. About eight queries, the front's row locked.
    """
    at = at or timezone.now()
    now = Front.objects.select_for_update().get(pk=front.pk)
    current = draft_of(now)
    met = current if now.draft_number != base_number and current != base else None
    merged = merge(base, mine, current)
    if merged.open:
        return Saved(current, now.draft_number, current, merged.open)
    if merged.content == current:
        return Saved(current, now.draft_number, met)
    KeptDraft.objects.create(
        front=now, number=now.draft_number, content=current.as_json(), by=by, at=at,
        what=tidy(what)[:250],
    )  # fmt: skip
    _prune(now)
    number = save_draft(now, merged.content, by=by, base_number=now.draft_number, at=at)
    return Saved(merged.content, number, met, changed=True)


def undo(kept: KeptDraft, *, by: User, what: str = "", at: datetime | None = None) -> Saved:
    """Take back one step; what was done since stays, unless it is about the same."""
    front = kept.front
    following = front.kept_drafts.filter(pk__gt=kept.pk).order_by("pk").first()
    after = parse(following.content) if following else draft_of(front)
    number = following.number if following else front.draft_number
    mine = parse(kept.content)
    return save(front, mine, base=after, base_number=number, by=by, what=what, at=at)


def _prune(front: Front) -> None:
    old = front.kept_drafts.values_list("pk", flat=True)[KEPT : KEPT + 1].first()
    if old:
        front.kept_drafts.filter(pk__lte=old).delete()
