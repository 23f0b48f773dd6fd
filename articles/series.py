"""Where an article stands in its series and packages; only parts that are live count and show.

The desk's view of the same is in articles/admin/series_line.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from articles.models import PublishedArticle, Series, SeriesPart
from newsroom.addresses.book import set_public
from newsroom.cache.generations import stored
from newsroom.cache.purging import purge
from newsroom.cache.tags import seen
from newsroom.pages.models.identity import direction_of

# Parts of one series, and how many others a package names on an article's page.
MOST_PARTS, OTHERS = 100, 6


@dataclass(frozen=True)
class Part:
    """A live part as a link to it."""

    id: int
    headline: str
    url: str
    language: str

    @property
    def direction(self) -> str:
        return direction_of(self.language) if self.language else ""


@dataclass(frozen=True)
class Place:
    """An article's place in one series: which of how many, and what is beside it."""

    id: int
    name: str
    url: str
    is_package: bool
    number: int
    count: int
    before: Part | None
    after: Part | None
    others: tuple[Part, ...]


def places_of(article: PublishedArticle) -> list[Place]:
    """One query for an article in a series, none while it is stored and for any other.

    `find_article` tells which are in none. A preview counts as it would if it went live, and is
    not stored.
    """
    if not getattr(article, "in_series", True):
        return []
    if article._state.adding:
        return _read(article.pk, own=article)
    return stored(f"series-of:{article.pk}", lambda: _read(article.pk), of="articles")


def linked_from(article: PublishedArticle) -> set[int]:
    """Ids of the parts that the article's places link to."""
    return {
        part.id
        for place in places_of(article)
        for part in (place.before, place.after, *place.others)
        if part
    }


def _read(article_id: int, own: PublishedArticle | None = None) -> list[Place]:
    live = "article__published"
    shown = Q(**{f"{live}__isnull": False})
    if own:
        shown |= Q(article_id=article_id)
    rows = (
        SeriesPart.objects.filter(shown, series__parts__article_id=article_id)
        .order_by("series__name", "series_id", "order", "pk")
        .values_list(
            "series_id", "series__name", "series__slug", "series__kind", "article_id",
            f"{live}__headline", f"{live}__slug", f"{live}__section__slug", f"{live}__language",
        )
    )  # fmt: skip
    places = []
    for (pk, name, slug, kind), parts in groupby(rows, key=lambda row: row[:4]):
        found = [
            Part(row[4], row[5] or "", f"/{row[7]}/{row[6]}-{row[4]}/", row[8] or "")
            for row in parts
        ]
        at = next((n for n, part in enumerate(found) if part.id == article_id), None)
        if at is None:
            continue
        package = kind == Series.Kind.PACKAGE
        seen(f"series:{pk}")
        places.append(
            Place(
                pk, name, Series(slug=slug).get_absolute_url(), package, at + 1, len(found),
                found[at - 1] if at and not package else None,
                found[at + 1] if at + 1 < len(found) and not package else None,
                tuple(part for part in found if part.id != article_id)[:OTHERS] if package else (),
            )
        )  # fmt: skip
    return places


def is_public(series_id: int) -> bool:
    """Whether a part is live; one query."""
    return PublishedArticle.objects.filter(article__series_parts__series_id=series_id).exists()


def refresh(ids: Iterable[int]) -> None:
    """Let menus link to those of the series that have a live part, and only to those.

    3 queries, none without ids. Inside the transaction of the change, after `hold`.
    """
    if not (wanted := set(ids)):
        return
    parts = SeriesPart.objects.filter(series_id__in=wanted, article__published__isnull=False)
    live = set(parts.values_list("series_id", flat=True).distinct())
    set_public("series", live, True)
    set_public("series", wanted - live, False)
    purge(*(f"series:{pk}" for pk in wanted))


def refresh_of(article_ids: Iterable[int]) -> None:
    """The same for the series that these articles are part of; one query more."""
    parts = SeriesPart.objects.filter(article_id__in=article_ids)
    refresh(parts.values_list("series_id", flat=True))
