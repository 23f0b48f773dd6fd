"""Which sitemaps there are: what the index lists, and how many parts each has."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from articles.archive.reading import Kind, shown
from articles.list_changes import Kind as ListKind
from articles.models import ListChange
from articles.sitemaps import places, stories
from articles.sitemaps.writing import PART, Entry


def parts(count: int) -> int:
    """Files that so many addresses fill."""
    return -(-count // PART)


def all_of_them(at: datetime) -> Iterator[Entry]:
    """The news, the pages, then a file for each month, newest first; 5 queries.

    A month says when anything of it last changed, what was withdrawn included. Of pages that is not
    kept (they can go, too), so nothing is said.
    """
    yield Entry(reverse("news_sitemap"), _news_changed(at))
    yield Entry(reverse("sitemap_of", args=["paper"]))
    for kind, count in places.counts().items():
        yield from (Entry(_file("sitemap_of", [kind], n)) for n in range(1, parts(count) + 1))
    calendar = shown()
    if calendar:
        months = calendar.periods(Kind.MONTH).order_by("-start")
        for start, count, changed_at in months.values_list("start", "count", "changed_at"):
            for number in range(1, parts(count) + 1):
                path = _file("sitemap_month", [start.year, start.month], number)
                yield Entry(path, changed_at)


def _file(name: str, args: list[str | int], number: int) -> str:
    """The first part has no number."""
    return reverse(f"{name}_part", args=[*args, number]) if number > 1 else reverse(name, args=args)


def _news_changed(at: datetime) -> datetime | None:
    """When a story last came or changed, or left because its 48 hours were over."""
    paper = ListChange.objects.filter(kind=ListKind.PAPER).first()
    times = [paper.changed_at if paper else None, stories.left_at(at)]
    return max((moment for moment in times if moment), default=None)
