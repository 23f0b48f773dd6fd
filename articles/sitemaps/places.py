"""What has an address besides articles: sections, topics, authors, columns, series, pages, and the
pages of which there is one."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from articles.sitemaps.writing import PART, Entry
from newsroom.addresses.models import Address
from newsroom.addresses.registry import kinds, landmarks

READ = 1_000


def of_paper() -> Iterator[Entry]:
    """The pages of which there is one, app by app."""
    for source in landmarks.values():
        for path, changed_at in source():
            yield Entry(path, changed_at)


def counts() -> dict[str, int]:
    """How many public addresses of each kind there are; one query."""
    found = _public().values_list("kind").annotate(Count("pk")).order_by("kind")
    return {kind: number for kind, number in found if kind in kinds}


def of_kind(kind: str, part: int = 1) -> Iterator[Entry]:
    """A part of the addresses of a kind; two queries a thousand."""
    rows = _public().filter(kind=kind).order_by("object_id")
    last = 0
    if part > 1:
        last = rows.values_list("object_id", flat=True)[(part - 1) * PART - 1] or 0
    left = PART
    while left and (chunk := _after(rows, last, min(READ, left))):
        changed = kinds[kind].changed([pk for pk, _path in chunk])
        for pk, path in chunk:
            yield Entry(path, changed.get(pk))
        left -= len(chunk)
        last = chunk[-1][0]


def _after(rows: QuerySet[Address], last: int, most: int) -> list[tuple[int, str]]:
    found = rows.filter(object_id__gt=last).values_list("object_id", "path")[:most]
    return [(pk, path) for pk, path in found if pk is not None]


def _public() -> QuerySet[Address]:
    return Address.objects.filter(is_current=True, is_public=True)
