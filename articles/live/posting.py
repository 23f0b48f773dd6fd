"""What is done to a live post: post, edit, delete, bring back, mark.

Each verb is one transaction that locks the coverage and raises its number by one, so numbers are
given in the order in which they become visible: an open page that has number n and asks for what
is newer misses nothing. No generation ends: what is stored of other pages stays stored.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from articles.live.locking import Closed, locked_coverage, moment, next_number, open_post
from articles.live.models import Coverage, LivePost
from articles.live.reading import PINNED
from articles.live.words import Words, cleaned, columns_of
from articles.publishing.log import record
from newsroom.accounts.models import User


class Overtaken(ValueError):
    """Somebody else has saved the post since; `post` is what it says now."""

    def __init__(self, post: LivePost) -> None:
        self.post = post
        super().__init__(
            _("It was deleted meanwhile.") if post.deleted_at else _("Somebody else has edited it.")
        )


def post(
    coverage: Coverage,
    *,
    by: User | None,
    words: Words,
    is_key: bool = False,
    is_pinned: bool = False,
    token: UUID | None = None,
    at: datetime | None = None,
) -> LivePost:
    """Readers of a live article see it at once. The same token posts once: the first is given back.

    Raises Closed, ValueError for a post that says nothing or one pinned too many, and
    ValidationError when the disk has no room for the photo. 5 queries, a photo's apart.
    """
    at = moment(at)
    token = token or uuid4()
    words = cleaned(words)
    with transaction.atomic():
        locked = locked_coverage(coverage)
        known = LivePost.objects.filter(token=token).first()
        if known:
            return known
        if not locked.is_open:
            raise Closed
        if is_pinned:
            _room_on_top(locked)
        number = next_number(locked, at)
        return LivePost.objects.create(
            coverage=locked, at=at, posted_by=by, posted_at=at, token=token,
            is_key=is_key, is_pinned=is_pinned, first=number, changed=number,
            **columns_of(words, by),
        )  # fmt: skip


def edit(
    found: LivePost, *, by: User | None, words: Words, base: int, at: datetime | None = None
) -> LivePost:
    """Other words at the same time and address; what it said before stands in the history.

    `base` is the version the edit was begun from. Raises Overtaken when that is not the latest,
    Closed, and as `post`.
    """
    at = moment(at)
    words = cleaned(words)
    with transaction.atomic():
        now, locked = open_post(found)
        if now.version != base or now.deleted_at:
            raise Overtaken(now)
        before = {name: getattr(now, name) for name in ("headline", "source", "version")}
        columns = columns_of(words, by)
        for name, value in columns.items():
            setattr(now, name, value)
        now.version, now.edited_at, now.changed = now.version + 1, at, next_number(locked, at)
        now.save(update_fields=[*columns, "version", "edited_at", "changed"])
        _record("edit_post", now, by=by, at=at, details={"was": before})
    return now


def delete(found: LivePost, *, by: User | None, at: datetime | None = None) -> LivePost:
    """Taken from the readers, from open pages too. The row stays and can be brought back."""
    return _turn(found, by=by, at=at, deleted=True)


def bring_back(found: LivePost, *, by: User | None, at: datetime | None = None) -> LivePost:
    """Undo a deletion: it stands where it stood, under the same address."""
    return _turn(found, by=by, at=at, deleted=False)


@transaction.atomic
def mark(
    found: LivePost,
    *,
    key: bool | None = None,
    pinned: bool | None = None,
    at: datetime | None = None,
) -> LivePost:
    """Set or lift the marks that are given. Raises Closed, ValueError when too many are pinned."""
    at = moment(at)
    now, locked = open_post(found)
    wanted = {"is_key": key, "is_pinned": pinned}
    other = {n: v for n, v in wanted.items() if v is not None and v != getattr(now, n)}
    if not other or now.deleted_at:
        return now
    if other.get("is_pinned"):
        _room_on_top(locked)
    for name, value in other.items():
        setattr(now, name, value)
    now.changed = next_number(locked, at)
    now.save(update_fields=[*other, "changed"])
    return now


@transaction.atomic
def _turn(found: LivePost, *, by: User | None, at: datetime | None, deleted: bool) -> LivePost:
    at = moment(at)
    now, locked = open_post(found)
    if bool(now.deleted_at) == deleted:
        return now
    now.deleted_at, now.changed = at if deleted else None, next_number(locked, at)
    now.is_pinned = False  # what comes back stands in its place; the top may be full by then
    now.save(update_fields=["deleted_at", "changed", "is_pinned"])
    _record("delete_post" if deleted else "restore_post", now, by=by, at=at)
    return now


def _room_on_top(locked: Coverage) -> None:
    """Pinned posts stand before the news of the minute: a few at most."""
    if LivePost.objects.filter(coverage=locked, deleted_at=None, is_pinned=True).count() >= PINNED:
        words = _("%(count)d posts are pinned already. Take one down first.")
        raise ValueError(words % {"count": PINNED})


def _record(
    verb: str, found: LivePost, *, by: User | None, at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """In the article's history, named by what the post is about."""
    told = {"post": found.pk, **(details or {})}
    record(verb, found.coverage.article, by=by, at=at, note=str(found), details=told)
