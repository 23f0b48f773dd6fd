"""Live articles for sitemaps, oldest first, so that parts that are full stay as they are."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from articles.archive.days import bounds, next_month
from articles.models import PublishedArticle, Section
from articles.querysets import PublishedQuerySet
from articles.sitemaps.writing import PART, Entry, NewsEntry
from newsroom.lib.pagination import Key
from newsroom.media.models import Picture
from newsroom.pages.identity import Identity

READ = 1_000
NEWS_LASTS = timedelta(hours=48)
MOST_NEWS = 1_000


def of_month(month: date, zone: ZoneInfo, part: int = 1) -> Iterator[Entry]:
    """A part of a month: its articles, each with its picture and the last change told to readers.

    Two queries a thousand articles, each from where the last one ended. A part begins after so many
    full ones, which is one reading of the index more; months of several parts are rare.
    """
    (start, _end), (end, _later) = bounds(month, zone), bounds(next_month(month), zone)
    stories = PublishedArticle.objects
    slugs = _slugs()
    since = Key(start, 0)
    if part > 1:
        listed = stories.between(start, end, since=since).values_list("published_at", "pk")
        since = Key(*listed[(part - 1) * PART])
    left = PART
    while left and (rows := _rows(stories.between(start, end, since=since)[: min(READ, left)])):
        yield from _entries(rows, slugs)
        left -= len(rows)
        pk, _slug, _section, published_at, _updated_at, _picture = rows[-1]
        since = Key(published_at, pk + 1)


Row = tuple[int, str, int, datetime, datetime | None, int | None]


def _rows(stories: PublishedQuerySet) -> list[Row]:
    names = ("pk", "slug", "section_id", "published_at", "updated_at", "lead_picture_id")
    return list(stories.values_list(*names))


def _entries(rows: list[Row], slugs: dict[int, str]) -> Iterator[Entry]:
    pictures = Picture.objects.in_bulk({row[-1] for row in rows if row[-1]})
    for pk, slug, section, published_at, updated_at, picture in rows:
        lead = pictures.get(picture) if picture else None
        yield Entry(
            f"/{slugs[section]}/{slug}-{pk}/",
            updated_at or published_at,
            lead.rendition_url("share") if lead else "",
        )


def newest(at: datetime, paper: Identity) -> list[NewsEntry]:
    """What was published in the last 48 hours, newest first, a thousand at most; 2 queries."""
    stories = PublishedArticle.objects.latest_first().filter(published_at__gt=at - NEWS_LASTS)
    names = ("pk", "slug", "section_id", "language", "published_at", "headline")
    slugs = _slugs()
    return [
        NewsEntry(
            f"/{slugs[section]}/{slug}-{pk}/", paper.name, language or paper.language,
            published_at, headline,
        )
        for pk, slug, section, language, published_at, headline in stories.values_list(*names)[
            :MOST_NEWS
        ]
    ]  # fmt: skip


def left_at(at: datetime) -> datetime | None:
    """When the last story left the news, 48 hours after it was published; one query."""
    older = PublishedArticle.objects.latest_first().filter(published_at__lte=at - NEWS_LASTS)
    newest_of_them = older.values_list("published_at", flat=True).first()
    return newest_of_them + NEWS_LASTS if newest_of_them else None


def _slugs() -> dict[int, str]:
    return dict(Section.objects.values_list("pk", "slug"))
