"""The verbs of breaking news: announce, change, end, start again.

Lines are stored with the articles they lead to, and so end the generation of the articles.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.breaking.models import BreakingItem
from articles.breaking.rules import CannotBreak, check
from articles.list_changes import Kind, note
from articles.models import Article
from articles.publishing import quiet
from articles.publishing.log import record
from newsroom.accounts.models import User
from newsroom.cache.generations import touch
from newsroom.cache.purging import purge
from newsroom.lib.text import tidy

Place = BreakingItem.Place
# How long a line stands when nobody says otherwise.
USUAL = timedelta(hours=1)


@transaction.atomic
def announce(
    text: str = "",
    *,
    by: User | None,
    place: BreakingItem.Place = Place.BANNER,
    article: Article | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    override: str = "",
    at: datetime | None = None,
) -> BreakingItem:
    """Put one line before the readers, from `starts_at` (now at the earliest) for an hour or
    until `ends_at`.

    Without a text it is the article's headline. In a quiet window it needs the reason why it
    cannot wait (`override`). Raises CannotBreak or Quiet, having changed nothing.
    """
    now = at or timezone.now()
    starts_at = max(starts_at or now, now).replace(microsecond=0)
    ends_at = (ends_at or starts_at + USUAL).replace(microsecond=0)
    reason = check(
        text, article=article, starts_at=starts_at, ends_at=ends_at, override=override, at=now
    )
    item = BreakingItem(
        place=place, text=tidy(text), article=article, by=by, starts_at=starts_at,
        ends_at=ends_at, override=reason,
    )  # fmt: skip
    item.save()
    _told()
    _changed(item, at=now)
    _record("breaking", item, by=by, at=now)
    if item.override and article:
        quiet.note(article, by=by, at=now, reason=item.override)
    return item


@transaction.atomic
def change(
    item: BreakingItem,
    *,
    by: User | None,
    text: str,
    place: BreakingItem.Place,
    article: Article | None,
    starts_at: datetime,
    ends_at: datetime,
    override: str = "",
    at: datetime | None = None,
) -> bool:
    """Give the line another text, place, article or time; whether anything changed.

    A beginning that has passed stays. A later end of an ended line starts it again. Moving the
    beginning into a quiet window needs a reason, as in `announce`. Raises CannotBreak when somebody
    has deleted it.
    """
    now = at or timezone.now()
    locked = _still_there(item)
    before = locked.text, locked.place, locked.article_id, locked.starts_at, locked.ends_at
    starts_at = starts_at.replace(microsecond=0) if locked.starts_at > now else locked.starts_at
    ends_at = ends_at.replace(microsecond=0)
    if before == (tidy(text), place, article.pk if article else None, starts_at, ends_at):
        return False
    reason = check(
        text, article=article, starts_at=starts_at, ends_at=ends_at, override=override, at=now,
        item=locked,
    )  # fmt: skip
    if reason:
        locked.override = reason
        if article:
            quiet.note(article, by=by, at=now, reason=reason)
    if locked.ends_at != ends_at:
        locked.ended_by = locked.planned_end = None
    locked.text, locked.place, locked.article = tidy(text), place, article
    locked.starts_at, locked.ends_at = starts_at, ends_at
    locked.save()
    _told()
    _changed(locked, at=now, was=before[1])
    _record("breaking_changed", locked, by=by, at=now)
    item.refresh_from_db()
    return True


@transaction.atomic
def end(item: BreakingItem, *, by: User | None, at: datetime | None = None) -> bool:
    """Take the line from the readers now; False when it was over already.

    One that has not begun is given up: it never stood, and stands on no list of readers. Raises
    CannotBreak when somebody has deleted it.
    """
    now = (at or timezone.now()).replace(microsecond=0)
    locked = _still_there(item)
    if locked.over_at(now):
        return False
    locked.planned_end, locked.ended_by = locked.ends_at, by
    locked.ends_at = max(now, locked.starts_at)
    locked.save(update_fields=["planned_end", "ended_by", "ends_at"])
    _told()
    _record("breaking_ended", locked, by=by, at=now)
    item.refresh_from_db()
    return True


@transaction.atomic
def start_again(
    item: BreakingItem, *, by: User | None, override: str = "", at: datetime | None = None
) -> BreakingItem:
    """Undo an end: the line stands until the end it had, or for an hour when that has passed.

    Does nothing to one that is not over. Raises Quiet as `announce` does, and CannotBreak when
    somebody has deleted it.
    """
    now = (at or timezone.now()).replace(microsecond=0)
    locked = _still_there(item)
    if locked.over_at(now):
        had = locked.planned_end
        starts_at = max(locked.starts_at, now)
        if reason := quiet.check(starts_at, override):
            locked.override = reason
            if locked.article:
                quiet.note(locked.article, by=by, at=now, reason=reason)
        locked.ends_at = had if had and had > now else now + USUAL
        locked.ended_by = locked.planned_end = None
        locked.save()
        _told()
        _record("breaking", locked, by=by, at=now)
    item.refresh_from_db()
    return item


@transaction.atomic
def remove(item: BreakingItem, *, by: User | None, at: datetime | None = None) -> None:
    """Delete the line for good, from the list of what stood too."""
    locked = BreakingItem.objects.select_for_update().filter(pk=item.pk).first()
    if locked is None:  # by somebody else, in this moment
        return
    _told()
    _changed(locked, at=at or timezone.now())
    _record("breaking_ended", locked, by=by, at=at or timezone.now())
    locked.delete()


def _still_there(item: BreakingItem) -> BreakingItem:
    """The row as it stands, locked."""
    locked = BreakingItem.objects.select_for_update().filter(pk=item.pk).first()
    if locked is None:
        raise CannotBreak("text", _("Somebody has deleted this line meanwhile."))
    return locked


def _changed(item: BreakingItem, *, at: datetime, was: str = "") -> None:
    """The list of what broke is another one, unless readers see nothing of the line yet."""
    if item.starts_at <= at and Place.BANNER in {item.place, was}:
        note([(Kind.BREAKING, 0)])


def _record(verb: str, item: BreakingItem, *, by: User | None, at: datetime) -> None:
    """The article's history knows where its news was announced."""
    if item.article:
        record(
            verb, item.article, by=by, at=at, note=item.text,
            details={"item": item.pk, "place": item.place, "ends_at": item.ends_at.isoformat()},
        )  # fmt: skip


def _told() -> None:
    """Every page shows the lines that stand."""
    touch("articles")
    purge("breaking")
