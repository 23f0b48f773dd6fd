"""Two snapshots that began as one, merged field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.compare.snapshots import ORDER
from articles.merging.body import join_blocks, merge_body, same_body
from articles.merging.rows import Clash, Row, merge_rows, union
from articles.merging.sequences import Piece
from articles.related import complete

Snapshot = Mapping[str, Any]

# The order among the further sections means nothing; the snapshot keeps them sorted.
LISTS = ("further_sections", "topics", "bylines", "related")


@dataclass(frozen=True)
class Conflict:
    """A field that both changed. `both` is what a list has with the rows of both, if that works."""

    field: str
    base: Any
    mine: Any
    theirs: Any
    both: Any = None


@dataclass(frozen=True)
class Merged:
    """What came of it. In `result`, what is in conflict stands as it is in `theirs`."""

    result: dict[str, Any]
    pieces: tuple[Piece, ...]
    conflicts: tuple[Conflict, ...]
    from_mine: tuple[str, ...]
    from_theirs: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not self.conflicts and all(piece.result is not None for piece in self.pieces)


def merge(base: Snapshot | None, mine: Snapshot, theirs: Snapshot) -> Merged:
    """Both sides' changes together; `base` is None where the common origin is not known."""
    base, mine, theirs = base and complete(base), complete(mine), complete(theirs)
    result = dict(theirs)
    conflicts: list[Conflict] = []
    own: list[str] = []
    other: list[str] = []
    pieces = merge_body(None if base is None else base["body"], mine["body"], theirs["body"])
    # PostgreSQL keeps the keys of JSON in an order of its own.
    for name in sorted(mine, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER)):
        old = base.get(name) if base else None
        if same(name, mine[name], theirs.get(name)):
            continue
        if base and name in base and same(name, old, mine[name]):
            other.append(name)
        elif base and name in base and same(name, old, theirs.get(name)):
            own.append(name)
            result[name] = mine[name]
        elif name == "body":
            own.append(name)
            other.append(name)
            result[name] = join_blocks(
                block for p in pieces for block in (p.theirs if p.result is None else p.result)
            )
        elif name in LISTS and (rows := _merged(name, old, mine[name], theirs[name])) is not None:
            own.append(name)
            other.append(name)
            result[name] = rows
        else:
            conflicts.append(
                Conflict(name, old, mine[name], theirs.get(name), _both(name, mine, theirs))
            )
    return Merged(result, tuple(pieces), tuple(conflicts), tuple(own), tuple(other))


def same(name: str, one: Any, other: Any) -> bool:
    """Whether the two say the same; a browser sends other line ends and no space at the ends."""
    if name == "body":
        return same_body(one or "", other or "")
    if name == "bylines":
        return [*_rows(name, one or [])] == [*_rows(name, other or [])]
    return bool(_plain(name, one) == _plain(name, other))


def _plain(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name == "headline":
        return " ".join(value.split())
    return value.replace("\r\n", "\n").strip()


def _rows(name: str, values: Iterable[Any]) -> list[Row]:
    """The list's items as rows; a text that stands twice in a byline is two rows."""
    if name != "bylines":
        return [(value, None) for value in values]
    rows: dict[Any, Any] = {}
    for line in values:
        times = 0
        while (key := (line["author_id"], line["text"].strip(), times)) in rows:
            times += 1
        rows[key] = line["role"].strip()
    return [*rows.items()]


def _values(name: str, rows: Iterable[tuple[Any, Any]]) -> list[Any]:
    if name == "bylines":
        return [{"author_id": key[0], "text": key[1], "role": role} for key, role in rows]
    found = [key for key, _nothing in rows]
    return sorted(found) if name == "further_sections" else found


def _merged(name: str, base: Any, mine: Any, theirs: Any) -> list[Any] | None:
    if base is None:
        return None
    try:
        return _values(name, merge_rows(*(_rows(name, side) for side in (base, mine, theirs))))
    except Clash:
        return None


def _both(name: str, mine: Snapshot, theirs: Snapshot) -> list[Any] | None:
    if name not in LISTS:
        return None
    rows = union(_rows(name, theirs[name]), _rows(name, mine[name]))
    return None if rows is None else _values(name, rows)
