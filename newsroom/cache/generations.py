"""Values that many pages share (masthead, menus, foot), stored in memory and never out of date.

`stored` reads the value's generation (one query a request for all of them) and takes the value from
this process's memory when it was built in the same generation. `touch` ends a generation.
"""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar, cast

from django.core.cache import caches
from django.db import transaction

from newsroom.cache import parts, tags
from newsroom.cache.models import Generation

T = TypeVar("T")

# None: not in a request, read every time. {}: in a request, not read yet.
_numbers: ContextVar[dict[str, int] | None] = ContextVar("generation_numbers", default=None)


def begin_request() -> None:
    """Forget what an earlier request read; called by the middleware."""
    _numbers.set({})


def forget_numbers() -> None:
    """Within a request: read them again, from where rows are read now."""
    if _numbers.get() is not None:
        _numbers.set({})


def end_request() -> None:
    """Back to reading every time."""
    _numbers.set(None)


def _number(name: str) -> int:
    known = _numbers.get()
    if known:
        return known.get(name, 0)
    fresh = dict(Generation.objects.values_list("name", "number"))
    if known is not None:
        _numbers.set({"": 0, **fresh})
    return fresh.get(name, 0)


def stored(name: str, build: Callable[[], T], *, of: str) -> T:
    """`build()`'s value, built once per process and generation; the value must be picklable, and
    nobody may change what he gets: while a page is made all get the same.

    The page that uses it carries the tags it was built with.
    """
    number = _number(of)
    if parts.are_usable():
        return parts.part("stored", of, name, version=number, build=build)
    return _stored(of, name, number, build)


def _stored(of: str, name: str, number: int, build: Callable[[], T]) -> T:
    """Where no page is made that is the same for everyone (a form, a preview, the desk).

    The newest alone: some are large, and an ended generation is not asked for again.
    """
    key = f"{of}:{name}"
    kept = caches["local"].get(key)
    if kept is None or kept[0] != number:
        with tags.collecting() as found:
            kept = number, build(), found
        caches["local"].set(key, kept, timeout=24 * 3600)
    _number_of_it, value, found = kept
    tags.see(found)
    return cast(T, value)


def hold() -> None:
    """Wait for the changes that are under way, and keep later ones waiting; one query.

    `touch` does so itself. A change that depends on rows which others may be writing (is this the
    topic's last article?) does it before it looks. Inside the transaction of the change. All rows
    are locked, always in one order: otherwise two changes could each wait for the other for ever.
    """
    list(Generation.objects.select_for_update().order_by("name").values_list("name"))


@transaction.atomic(savepoint=False)
def touch(*names: str) -> None:
    """End these generations; call it inside the transaction that changes what was stored.

    The new number was never used before: what was stored under the number of a change that was
    rolled back is never found again.
    """
    hold()
    ended, number = Generation.objects.filter(pk__in=names), secrets.randbits(62)
    if ended.update(number=number) < len(names):  # the first change of a new site
        rows = [Generation(name=name) for name in names]
        Generation.objects.bulk_create(rows, ignore_conflicts=True)
        ended.update(number=number)
    forget_numbers()
