"""What readers see: the lines of this moment, the list of what stood, the lines of the day.

The stored lines carry their beginning and end, and are held against the clock at every rendering:
one that is over is never shown, one that is planned never early, and neither needs a job.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils import timezone

from articles.breaking.models import BreakingItem
from articles.models import PublishedArticle
from newsroom.cache.generations import stored
from newsroom.lib.pagination import Key
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
    ticker: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.banner or self.ticker)


def now(*, at: datetime | None = None) -> Now:
    """What stands at this moment. One query when articles or lines have changed, else none."""
    at = at or timezone.now()
    lines: list[Line] = stored("breaking", lambda: _not_over(at), of="articles")
    standing = [line for line in lines if line.starts_at <= at < line.ends_at]
    banners = [line for line in standing if line.is_banner]
    ticker = [line for line in standing if not line.is_banner]
    return Now(banners[0] if banners else None, ticker[:IN_TICKER])


@dataclass
class Listing:
    """One page of what broke, and the key of the next."""

    lines: list[Line]
    older: str = ""


def broke(*, before: Key | None = None, at: datetime | None = None, size: int = PAGE) -> Listing:
    """The banners that stand or stood, newest first; one query."""
    at = at or timezone.now()
    items = BreakingItem.objects.begun(at).filter(place=Place.BANNER).before(before)
    found = [_line(item) for item in items.for_readers()[: size + 1]]
    if len(found) <= size:
        return Listing(found)
    last = found[size - 1]
    return Listing(found[:size], str(Key(last.starts_at, last.pk)))


def of_today(*, at: datetime | None = None) -> list[Line]:
    """What began today on the paper's clock, and what still stands, newest first; one query."""
    at = at or timezone.now()
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
    text = item.text or (live.headline if live else "")
    href = live.get_absolute_url() if live else ""
    language = live.language if live and not item.text else ""
    return Line(item.pk, item.place, text, item.starts_at, item.ends_at, href, language)
