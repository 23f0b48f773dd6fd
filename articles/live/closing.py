"""What is done to a coverage as a whole: make it, say what is known, close it, open it again.

Cards say which stories are live, so opening and closing end the generation of articles.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.live.locking import Closed, locked_coverage, moment, next_number
from articles.live.models import Coverage
from articles.models import Article
from articles.publishing.log import record
from newsroom.accounts.models import User
from newsroom.cache.generations import touch
from newsroom.cache.purging import purge
from newsroom.lib.text import tidy


@transaction.atomic
def coverage_of(article: Article, *, at: datetime | None = None) -> Coverage:
    """The article's coverage, made when there is none; two people at once get the same one."""
    made = {"opened_at": at or timezone.now()}
    coverage, new = Coverage.objects.get_or_create(article=article, defaults=made)
    if new:
        _told(article.pk)
    return coverage


@transaction.atomic
def describe(
    coverage: Coverage, *, summary: str, newest_first: bool, at: datetime | None = None
) -> Coverage:
    """The points above the posts, and the order readers find. Raises Closed."""
    at = moment(at)
    locked = locked_coverage(coverage)
    summary = "\n".join(line for line in map(tidy, summary.splitlines()) if line)
    if (locked.summary, locked.newest_first) == (summary, newest_first):
        return locked
    if not locked.is_open:
        raise Closed
    locked.summary, locked.newest_first = summary, newest_first
    next_number(locked, at, "summary", "newest_first")
    return locked


def close(coverage: Coverage, *, by: User | None, at: datetime | None = None) -> Coverage:
    """The end: no posts and no edits until it is opened again. Open pages learn it and stop."""
    return _set_open(coverage, False, by=by, at=at)


def reopen(coverage: Coverage, *, by: User | None, at: datetime | None = None) -> Coverage:
    """Go on with a coverage that was closed. Does nothing to an open one."""
    return _set_open(coverage, True, by=by, at=at)


@transaction.atomic
def _set_open(
    coverage: Coverage, wanted: bool, *, by: User | None, at: datetime | None
) -> Coverage:
    at = moment(at)
    locked = locked_coverage(coverage)
    if locked.is_open == wanted:
        return locked
    locked.closed_at, locked.closed_by = (None, None) if wanted else (at, by)
    next_number(locked, at, "closed_at", "closed_by")
    _told(locked.article_id)
    record("open_coverage" if wanted else "close_coverage", locked.article, by=by, at=at)
    return locked


def _told(article_id: int) -> None:
    """Its cards say that it is live, or no longer."""
    touch("articles")
    purge(f"article:{article_id}", f"coverage:{article_id}")
