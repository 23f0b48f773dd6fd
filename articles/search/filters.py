"""What a search is narrowed to: section, author, topic, kind, days; read from an address.

Days are the paper's. A name that leads to nothing is left out and said; a day that no calendar
knows is a page that is not there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404

from articles.models import Author, PublishedTopic, Section, Topic
from articles.models.kinds import Kind
from articles.search import marks
from articles.search.places import FIRST, LAST, Stretch, start_of
from articles.search.query import Choice, any_mark
from articles.topics.standing import standing_for
from newsroom.lib.text import tidy

LONGEST, MOST_MERGED = 100, 20


@dataclass(frozen=True)
class Filters:
    """The filters of one search."""

    section: Section | None = None
    author: Author | None = None
    topic: Topic | None = None
    kind: Kind | None = None
    since: date | None = None
    until: date | None = None
    # Names that lead to nothing, as they were asked for.
    unknown: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.section, self.author, self.topic, self.kind, self.since, self.until))

    def marks(self) -> Iterator[Choice]:
        """Each filter that is met inside the index."""
        if self.section:
            yield any_mark([marks.section(self.section.pk)])
        if self.author:
            yield any_mark([marks.author(self.author.pk)])
        if self.topic:
            # What was merged into it a moment ago still has its own mark.
            merged = Topic.objects.filter(merged_into=self.topic).order_by("pk")[:MOST_MERGED]
            yield any_mark(marks.topic(topic.pk) for topic in (self.topic, *merged.only("pk")))
        if self.kind:
            yield any_mark([marks.kind(self.kind)])

    def stretch(self, zone: ZoneInfo) -> Stretch:
        """The days, the last one included, as the paper counts them."""
        return Stretch(
            _midnight(self.since, zone) if self.since else FIRST,
            _midnight(self.until, zone, after=1) - 1 if self.until else LAST,
        )


def _section(slug: str) -> Section | None:
    return Section.objects.filter(slug=slug).first()


def _author(slug: str) -> Author | None:
    return Author.objects.filter(slug=slug).first()


def _topic(slug: str) -> Topic | None:
    """What stands for the topic now; only with a live article, for a name may be a secret."""
    topic = Topic.objects.filter(slug=slug).first()
    for standing in standing_for(topic) if topic else []:
        if PublishedTopic.objects.filter(topic=standing).exists():
            return standing
    return None


def _kind(value: str) -> Kind | None:
    return Kind(value) if value in Kind.values else None


LOOK_UP: dict[str, Callable[[str], Section | Author | Topic | Kind | None]] = {
    "section": _section,
    "author": _author,
    "topic": _topic,
    "kind": _kind,
}


def read(asked: Mapping[str, str]) -> Filters:
    """At most 4 queries, two more for a merged topic. Raises Http404 for an impossible day."""
    found: dict[str, object] = {}
    unknown = {}
    for name, look_up in LOOK_UP.items():
        if value := tidy(asked.get(name, ""))[:LONGEST]:
            found[name] = look_up(value)
            if found[name] is None:
                unknown[name] = value
    return Filters(
        **found,  # type: ignore[arg-type]
        since=_day(asked.get("from", "")),
        until=_day(asked.get("to", "")),
        unknown=unknown,
    )


def _day(written: str) -> date | None:
    """As a date field sends it, `2026-11-28`."""
    if not written.strip():
        return None
    try:
        return datetime.strptime(written.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  (a day)
    except ValueError as error:
        raise Http404("no such day") from error


def _midnight(day: date, zone: ZoneInfo, after: int = 0) -> int:
    """The first place of the day, or of one after it; at its ends the calendar has none."""
    try:
        day += timedelta(days=after)
        return start_of(datetime(day.year, day.month, day.day, tzinfo=zone))
    except OverflowError:
        return LAST if day.year > 1 else FIRST
