"""What readers see: the lines of this moment, the list of what stood, the lines of the day.

The stored lines carry their beginning and end, and are held against the clock at every rendering:
one that is over is never shown, one that is planned never early, and neither needs a job.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from articles.breaking.models import BreakingItem
from articles.models import PublishedArticle
from newsroom.cache.generations import stored
from newsroom.cache.tags import fresh_until, seen
from newsroom.lib.pagination import Key, Page, page_of
from newsroom.pages.hours import instant
from newsroom.pages.identity import present_identity
from newsroom.pages.models.identity import direction_of

Place = BreakingItem.Place
PAGE = 30
# Lines of the ticker; more would be no ticker.
IN_TICKER = 10
# Planned ones included.
MOST = 200


@dataclass(frozen=True)
class Line:
    """One line as readers see it; `href` leads to its article while that is live."""

    pk: int
    place: str
    text: str
    starts_at: datetime
    ends_at: datetime
    href: str = ""
    language: str = ""

    @property
    def direction(self) -> str:
        return direction_of(self.language) if self.language else ""

    @property
    def until(self) -> int:
        """The end in seconds since 1970, for the script of an open page."""
        return int(self.ends_at.timestamp())

    @property
    def is_banner(self) -> bool:
        return self.place == Place.BANNER


@dataclass(frozen=True)
class Now:
    """The newest banner and the ticker's lines, newest first."""

    banner: Line | None = None
    ticker: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.banner or self.ticker)


def now(*, at: datetime | None = None) -> Now:
    """What stands at this moment. One query when articles or lines have changed, else none."""
    at = at or timezone.now()
    standing = [line for line in _known(at) if line.starts_at <= at < line.ends_at]
    banners = [line for line in standing if line.is_banner]
    ticker = [line for line in standing if not line.is_banner]
    return Now(banners[0] if banners else None, tuple(ticker[:IN_TICKER]))


def _known(at: datetime) -> list[Line]:
    """What stands and what is planned; what is made of it holds until the next beginning or end."""
    seen("breaking")
    lines: list[Line] = stored("breaking", lambda: _not_over(at), of="articles")
    edges = [edge for line in lines for edge in (line.starts_at, line.ends_at) if edge > at]
    fresh_until(min(edges, default=None))
    return lines


def broke(
    key: Key | None = None, *, at: datetime | None = None, size: int = PAGE
) -> tuple[list[Line], Page[BreakingItem]]:
    """The banners that stand or stood, newest first, and the page they are.

    One query, two after the first page. A key past the end is a 404.
    """
    at = at or timezone.now()
    _known(at)
    items = BreakingItem.objects.begun(at).filter(place=Place.BANNER)
    page = page_of(items.for_readers().listed, key, size=size, at="starts_at")
    return [_line(item) for item in page.items], page


def of_today(*, at: datetime | None = None) -> list[Line]:
    """What began today on the paper's clock, and what still stands, newest first; one query."""
    at = at or timezone.now()
    _known(at)
    zone = present_identity().zone
    midnight = instant(at.astimezone(zone).date(), time(), zone)
    items = BreakingItem.objects.begun(at).for_readers()
    recent = items.filter(starts_at__gte=midnight) | items.filter(ends_at__gt=at)
    return [_line(item) for item in recent[:MOST]]


def tag_of(html: str) -> str:
    """What tells one state of the region from another; nothing of it can be read back."""
    return hashlib.blake2b(html.encode(), digest_size=8).hexdigest()


def _not_over(at: datetime) -> list[Line]:
    """What stands and what is planned, with the articles that are live."""
    return [_line(item) for item in BreakingItem.objects.not_over(at).for_readers()[:MOST]]


def _line(item: BreakingItem) -> Line:
    """A line of a row that `for_readers()` has loaded."""
    live: PublishedArticle | None = getattr(item.article, "published", None)
    if item.article_id:  # also while it is not live
        seen(f"article:{item.article_id}")
    text = item.text or (live.headline if live else "")
    href = live.get_absolute_url() if live else ""
    language = live.language if live and not item.text else ""
    return Line(item.pk, item.place, text, item.starts_at, item.ends_at, href, language)
