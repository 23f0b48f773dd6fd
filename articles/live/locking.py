"""One change after the other: what every verb of a coverage does first and last."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.feeds import websub
from articles.live.models import Coverage, LivePost
from newsroom.cache.purging import purge


class Closed(ValueError):
    """The coverage was closed; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("The coverage is closed. Nothing was changed."))


def moment(at: datetime | None) -> datetime:
    """Whole seconds, so that a page key names one place exactly."""
    return (at or timezone.now()).replace(microsecond=0)


def locked_coverage(coverage: Coverage) -> Coverage:
    """The coverage as it stands; later changes wait for this one."""
    rows = Coverage.objects.select_for_update(of=("self",)).select_related("article")
    return rows.defer("article__body").get(pk=coverage.pk)


def open_post(found: LivePost) -> tuple[LivePost, Coverage]:
    locked = locked_coverage(found.coverage)
    if not locked.is_open:
        raise Closed
    now = LivePost.objects.select_related("posted_by").get(pk=found.pk)
    now.coverage = locked
    return now, locked


def next_number(locked: Coverage, at: datetime, *changed: str) -> int:
    """The number of the change that is under way; who follows the feed is told of it."""
    locked.number, locked.updated_at = locked.number + 1, at
    locked.save(update_fields=["number", "updated_at", *changed])
    purge(f"coverage:{locked.article_id}")
    websub.changed([("live", locked.article_id)])
    return locked.number
