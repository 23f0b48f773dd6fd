"""The address of a search, and the addresses of the searches one step from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from articles.search.filters import Filters
from articles.search.query import Query

NEWEST = "newest"


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the search without it."""

    label: str | Promise
    value: str | Promise
    without: str
    # What is to be sent again where it is no field of the form.
    name: str
    slug: str


class Address:
    """Where one search stands; always in the same order, whatever order it was asked in."""

    def __init__(self, query: Query, filters: Filters, *, newest: bool) -> None:
        self.filters = filters
        values = {
            "q": query.text,
            "section": filters.section and filters.section.slug,
            "author": filters.author and filters.author.slug,
            "topic": filters.topic and filters.topic.slug,
            "kind": filters.kind,
            "from": filters.since,
            "to": filters.until,
            "order": NEWEST if newest else "",
        }
        self.values = {name: str(value) for name, value in values.items() if value}

    def __str__(self) -> str:
        return self.changed()

    def changed(self, **changes: str | None) -> str:
        """With these values, without those that are None."""
        values = {name: value for name, value in {**self.values, **changes}.items() if value}
        return f"{reverse('search')}?{urlencode(values)}"

    def chips(self) -> Iterator[Chip]:
        """The filters in force, in the order of the form."""
        named = {
            "section": (_("Section"), self.filters.section),
            "author": (_("Author"), self.filters.author),
            "topic": (_("Topic"), self.filters.topic),
            "kind": (_("Kind"), self.filters.kind and self.filters.kind.label),
            "from": (_("From"), self.filters.since and _day(self.filters.since)),
            "to": (_("Until"), self.filters.until and _day(self.filters.until)),
        }
        for name, (label, value) in named.items():
            if value:
                without = self.changed(**{name: None})
                yield Chip(label, str(value), without, name, self.values[name])


def _day(day: date) -> str:
    return date_format(day, pgettext("date, in Django's letters", "j F Y"))
