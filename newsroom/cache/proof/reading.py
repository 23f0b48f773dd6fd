"""The publish proof of an act: what all living web processes, and caches in front, say of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max, Q
from django.utils.encoding import uri_to_iri

from newsroom.cache.cdn.outer import caches, ours
from newsroom.cache.log import SETTLED
from newsroom.cache.models import Purge, Refreshing, Told, WebProcess
from newsroom.cache.proof.processes import REUSED, lives
from newsroom.cache.proof.witness import LATE, NAMED, NEW, OLD, WAITS
from newsroom.outgoing.holding import held

# Beyond this whoever has not answered is late: a process reads within 0.25 s, may show an old page
# for one more, and says so. A cache in front is told after that.
SOON = timedelta(seconds=3)
TOLD_SOON = SOON + timedelta(seconds=SETTLED + 2)
# Where one process has made it, another takes that one or makes its own.
WORST_FIRST = (LATE, OLD, NEW, WAITS)


@dataclass(frozen=True)
class Shown:
    """A page that was out of date, over all processes: as where it stands worst."""

    address: str
    state: str
    made_at: datetime | None

    @property
    def name(self) -> str:
        """The address as people read it."""
        return uri_to_iri(self.address)

    @property
    def is_confirmed(self) -> bool:
        return self.state in (WAITS, NEW)


@dataclass(frozen=True)
class Proof:
    """As far as it is known at one moment."""

    at: datetime
    looked_at: datetime
    # By name, the worst first. There may be more: `count` is of all, and `exact` whether it is
    # that or at least that.
    pages: list[Shown]
    count: int
    exact: bool
    # Pages of which no process shows the old one.
    settled: int
    processes: list[WebProcess]
    # Processes that have not answered, and caches in front that have not been told.
    unanswered: list[WebProcess]
    told: list[str]
    untold: list[str]
    done_at: datetime | None

    @property
    def confirmed(self) -> int:
        """Pages that nobody is shown as they were. None while a process is silent: which pages it
        has cannot be known."""
        return 0 if self.unanswered else self.settled

    @property
    def is_done(self) -> bool:
        return not self.unanswered and not self.untold and self.settled == self.count

    @property
    def late(self) -> list[Shown]:
        """Pages that could not be made anew."""
        return [page for page in self.pages if page.state == LATE]

    @property
    def late_processes(self) -> list[WebProcess]:
        return self.unanswered if self.looked_at - self.at > SOON else []

    @property
    def late_caches(self) -> list[str]:
        return self.untold if self.looked_at - self.at > TOLD_SOON else []

    @property
    def is_late(self) -> bool:
        return bool(self.late or self.late_processes or self.late_caches)

    @property
    def seconds(self) -> float | None:
        """From the change until the last old page was shown by our own processes."""
        if self.done_at is None or self.unanswered:
            return None
        return max(0.0, (self.done_at - self.at).total_seconds())


def read(first: int, last: int, *, at: datetime) -> Proof | None:
    """The proof of the entries with these numbers; None if they are not there, or no longer.
    Five short queries."""
    changed = Purge.objects.filter(pk__gte=first, pk__lte=last).aggregate(at=Max("at"))["at"]
    if changed is None:
        return None
    known = WebProcess.objects.filter(left=False, seen_at__gte=at - REUSED)
    living = [each for each in known.order_by("machine", "pid") if lives(each, at)]
    alive = {each.pk for each in living}
    reports = list(Refreshing.objects.filter(first__lte=last, last__gte=first))
    pages = _pages(reports, alive, range(first, last + 1))
    # A process names its first hundred pages: beyond that it is not known which of them are the
    # same as those of another.
    most = max((each.count for each in reports if each.count > NAMED), default=0)
    count = max(len(pages), most)
    unknown = any(each.count > NAMED and not each.done_at for each in reports
                  if each.process_id in alive)  # fmt: skip
    settled = sum(page.is_confirmed for page in pages)
    told, untold = _outer(last)
    done = [each.done_at for each in reports if each.process_id in alive]
    return Proof(
        at=changed, looked_at=at, pages=pages, count=count, exact=not most,
        settled=settled if unknown else settled + count - len(pages),
        processes=living, unanswered=[each for each in living if each.number < last],
        told=told, untold=untold,
        done_at=max(filter(None, done), default=None) if all(done) else None,
    )  # fmt: skip


def _pages(reports: Iterable[Refreshing], alive: set[int], numbers: range) -> list[Shown]:
    """By address. What a process had that is no more is shown to nobody."""
    found: dict[str, Shown] = {}
    for report in reports:
        for address, hit, state, made in report.pages:
            if not any(each in numbers for each in hit):
                continue
            stands = state if report.process_id in alive or state == NEW else WAITS
            page = Shown(address, stands, datetime.fromtimestamp(made, UTC) if made else None)
            known = found.get(address)
            if known is None or _rank(page) < _rank(known):
                found[address] = page
    return sorted(found.values(), key=lambda page: WORST_FIRST.index(page.state))


def _rank(page: Shown) -> tuple[int, float]:
    """What is said of a page that stands differently in several processes: the lowest."""
    return WORST_FIRST.index(page.state), -page.made_at.timestamp() if page.made_at else 0.0


def _outer(last: int) -> tuple[list[str], list[str]]:
    """Caches in front, by name: those that have been told, and the others."""
    names = [each.name for each in (ours() if held() else caches())]
    if not names:
        return [], []
    told = {*Told.objects.filter(Q(pk__in=names), number__gte=last).values_list("pk", flat=True)}
    return [name for name in names if name in told], [name for name in names if name not in told]
