"""Where a reader ends who asks for an address: by the table, then by what the apps know.

A redirect is answered with its end, so that nobody is sent on twice. What leads in a circle, or to
something that is not there, is answered as a missing page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import Resolver404, resolve

from newsroom.addresses.models import Address
from newsroom.addresses.registry import followers, kinds

# "perhaps": the pattern of a view with arguments fits, and only the view knows.
State = Literal["there", "perhaps", "nothing"]


@dataclass(frozen=True)
class End:
    """The last address on the way and what answers there; a circle has no last address."""

    path: str
    state: State

    @property
    def is_dead(self) -> bool:
        return self.state == "nothing"


CIRCLE = End("", "nothing")


def end_of(path: str) -> End:
    """The end of one path; see `ends_of`."""
    return ends_of([path])[path]


def ends_of(paths: Iterable[str]) -> dict[str, End]:
    """The end of each path, in as many queries for a hundred as for one.

    One for what stands where it stood, one more for what was renamed, one or two for articles and
    merged topics; again for each redirect on the way, of which the table holds one at most.
    """
    trails = {path: [path] for path in paths}
    found: dict[str, End] = {}
    while trails:
        steps = _steps({trail[-1] for trail in trails.values()})
        for path, trail in list(trails.items()):
            step = steps[trail[-1]]
            if isinstance(step, str) and step not in trail:
                trail.append(step)
                continue
            found[path] = step if isinstance(step, End) else CIRCLE
            del trails[path]
    return found


def parted(path: str) -> tuple[str, str]:
    """The path alone, and the query or fragment behind it."""
    at = min((at for at in (path.find("?"), path.find("#")) if at >= 0), default=len(path))
    return path[:at], path[at:]


def joined(target: str, tail: str) -> str:
    """The target with that query or fragment, unless it has its own."""
    return target if parted(target)[1] else f"{target}{tail}"


def _steps(paths: Iterable[str]) -> dict[str, str | End]:
    """Of each path the next on the way, or that it is the end."""
    alone = {path: parted(path)[0] for path in paths}
    above = {each for path in alone.values() for each in _above(path)}
    table = _Table({*alone, *alone.values(), *above})
    steps = {path: table.onward(path) for path in alone}
    left = {alone[path] for path, step in steps.items() if step is None}
    known: dict[str, str] = {}
    for follower in followers if left else ():
        known |= follower(left)
    found: dict[str, str | End] = {}
    for path, step in steps.items():
        found[path] = table.end(path, known) if step is None else step
    return found


class _Table:
    """The rows that some paths need; at most 2 queries."""

    def __init__(self, paths: set[str]) -> None:
        self.rows = {row.path: row for row in Address.objects.filter(path__in=paths)}
        old = [row for row in self.rows.values() if row.kind and not row.is_current]
        present = Address.objects.filter(
            is_current=True,
            kind__in={row.kind for row in old},
            object_id__in={row.object_id for row in old},
        )
        self.present = {(row.kind, row.object_id): row for row in present} if old else {}

    def onward(self, path: str) -> str | End | None:
        """The next address by the table; None where it has no other for it."""
        alone, tail = parted(path)
        row = self.rows.get(path) or self.rows.get(alone)
        if row is None:  # a feed moves with what it is the feed of
            moved = ((above, self._now(self.rows.get(above))) for above in _above(alone))
            return next((f"{n}{alone[len(a) :]}{tail}" for a, n in moved if n), None)
        if row.target:
            return joined(row.target, tail if row.path == alone else "")
        if row.is_current:
            return None
        now = self._now(row)
        return joined(now, tail) if now else End(path, "nothing")

    def _now(self, row: Address | None) -> str | None:
        """The present path of what once stood there."""
        if row is None or not row.kind or row.is_current:
            return None
        present = self.present.get((row.kind, row.object_id))
        return present.path if present else None

    def end(self, path: str, known: Mapping[str, str]) -> str | End:
        """What the apps say of a path, then the table, then the patterns of addresses."""
        alone, tail = parted(path)
        now, row = known.get(alone), self.rows.get(alone)
        if now == "":
            return End(path, "nothing")
        if now and now != alone:
            return joined(now, tail)
        if row:
            return End(path, "there" if row.is_public else "nothing")
        return End(path, "there" if now else _by_pattern(alone))


def _above(path: str) -> Iterator[str]:
    """The paths above a path, the longest first, the root left out: /a/b/feed/, /a/b/, /a/."""
    segments = path.strip("/").split("/")
    for length in range(len(segments) - 1, 0, -1):
        yield f"/{'/'.join(segments[:length])}/"


def _by_pattern(path: str) -> State:
    try:
        match = resolve(path)
    except Resolver404:
        return "nothing"
    if match.url_name == "address" or match.url_name in kinds:  # the table would know it
        return "nothing"
    captured = match.captured_kwargs  # type: ignore[attr-defined]  # the stubs lack it
    return "perhaps" if captured or match.args else "there"
