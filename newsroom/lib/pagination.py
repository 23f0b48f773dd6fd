"""Lists page by key, never by offset: `?before=<UTC stamp>-<id>` costs the same on every page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

_KEY = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([0-9]{1,18})\Z")
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Key:
    """The last item of a page: when it was published (UTC, whole seconds) and its id."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{self.id}"


def parse_key(raw: str | None) -> Key | None:
    """The key in `?before=`, None when there is none; anything malformed is a 404."""
    if raw is None:
        return None
    if match := _KEY.match(raw):
        try:
            at = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError as error:
            raise Http404("no such page") from error
        return Key(at, int(match[2]))
    raise Http404("no such page")


def beyond(before: Key | None, since: Key | None, *, at: str, pk: str) -> tuple[Q, tuple[str, str]]:
    """What lies past a key in a list by the columns `at` and `pk`, and in which order it is read.

    Newest first after `before`; towards the newer from `since` on, whose own row is the first. The
    first condition lets the index start at the right place.
    """
    if since:
        same = Q(**{f"{at}__gt": since.at}) | Q(**{f"{pk}__gte": since.id})
        return Q(**{f"{at}__gte": since.at}) & same, (at, pk)
    older = Q()
    if before:
        same = Q(**{f"{at}__lt": before.at}) | Q(**{f"{pk}__lt": before.id})
        older = Q(**{f"{at}__lte": before.at}) & same
    return older, (f"-{at}", f"-{pk}")


@dataclass
class Page(Generic[Item]):
    """One page of a list, and the addresses of the pages beside it; empty where there is none."""

    items: list[Item]
    older: str = ""
    newer: str = ""


def page_of(
    listed: Callable[..., QuerySet[Row]],
    key: Key | None,
    *,
    size: int,
    at: str = "published_at",
    asked: str = "",
) -> Page[Row]:
    """The page after `key` of a list that can be asked `before=` and `since=` a key.

    Every page has one address, whichever way readers come to it. Newer leads to the page they came
    from unless something was published since: the row of the key was its last, and the key of that
    page is found by counting back from there. One query; after the first page one more, of `size`
    entries of the index. A key past the end is a 404. `asked` is the rest of the address's query.
    """
    rows = list(listed(before=key)[: size + 1])
    if key and not rows:
        raise Http404("no such page")
    page = Page(rows[:size])
    if len(rows) > size:
        last = rows[size - 1]
        page.older = address(Key(getattr(last, at), last.pk), asked)
    if key:
        above = listed(since=key).values_list(at, "pk")[size : size + 1]
        page.newer = address(next((Key(*row) for row in above), None), asked)
    return page


def address(key: Key | None, asked: str = "") -> str:
    """Where a page of the list is, seen from another; the first has no key."""
    query = "&".join(part for part in (asked, f"before={key}" if key else "") if part)
    return f"?{query}" if query else "./"
