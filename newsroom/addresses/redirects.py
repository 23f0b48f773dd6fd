"""Redirects: paths that lead to other paths of ours, by hand, by an import or from a file.

What is stored never leads to another redirect: A to B, then B to C, and A leads to C. Where the
last address is now is found when it is asked for (following.py), so that a redirect follows
whatever is renamed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from newsroom.addresses.following import ends_of, joined, parted
from newsroom.addresses.models import MAX_PATH, Address
from newsroom.addresses.reserved import is_reserved

BATCH = 500


class NotLaid(ValueError):
    """Nothing was changed; `reasons` says by path why not."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(" ".join(reasons.values()))
        self.reasons = reasons


@dataclass
class Laid:
    """How many redirects were made, lead elsewhere now, and were so already."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0


def redirect(path: str, target: str) -> bool:
    """Make `path` lead to `target`; False, having changed nothing, when that cannot be."""
    try:
        lay({path: target})
    except NotLaid:
        return False
    return True


@transaction.atomic
def lay(wanted: Mapping[str, str]) -> Laid:
    """Make each path lead to its target, and in one step what led to the path; all or nothing.

    Raises NotLaid for paths that are in use for something, and for circles. Some queries for each
    500 paths.
    """
    there = _around(wanted)
    ends = _ends(wanted, there)
    made = [Address(path=path, target=end) for path, end in ends.items() if path not in there]
    changed = [there[path] for path, end in ends.items() if path in there]
    changed = [row for row in changed if row.target != ends[row.path]]
    for row in changed:
        row.target = ends[row.path]
    try:
        with transaction.atomic():
            Address.objects.bulk_create(made, batch_size=BATCH)
    except IntegrityError as error:  # another process took one between our look and our write
        reason = _("Some of these addresses have just been taken; try again.")
        raise NotLaid({"": reason}) from error
    Address.objects.bulk_update(changed, ["target"], batch_size=BATCH)
    bring_along(ends)
    return Laid(len(made), len(changed), len(wanted) - len(made) - len(changed))


@transaction.atomic
def last_ones(wanted: Mapping[str, str]) -> dict[str, str]:
    """What `lay` would store as the target of each path; raises NotLaid, changes nothing."""
    return _ends(wanted, _around(wanted))


def _ends(wanted: Mapping[str, str], there: Mapping[str, Address]) -> dict[str, str]:
    """Of each path the last target; raises NotLaid."""
    ahead = {row.path: row.target for row in there.values() if row.target} | dict(wanted)
    ends = {path: _last(path, ahead) for path in wanted}
    if reasons := dict(_against(wanted, ends, there)):
        raise NotLaid(reasons)
    return ends


def _around(wanted: Mapping[str, str]) -> dict[str, Address]:
    """What stands already at these paths and where they lead."""
    return _rows({*wanted, *wanted.values(), *(parted(path)[0] for path in wanted.values())})


def _rows(paths: Iterable[str]) -> dict[str, Address]:
    """The rows of these paths, locked against whoever would change them meanwhile."""
    found: dict[str, Address] = {}
    for batch in _batches(paths):
        rows = Address.objects.select_for_update().filter(path__in=batch).order_by("path")
        found |= {row.path: row for row in rows}
    return found


def _last(path: str, ahead: Mapping[str, str]) -> str:
    """Where the redirects lead from a path; "" for a circle."""
    seen, at = {path}, ahead[path]
    while True:
        alone, tail = parted(at)
        if alone in seen:
            return ""
        onward = ahead.get(at) or ahead.get(alone)
        if onward is None:
            return at
        seen.add(alone)
        at = joined(onward, tail)


def _against(
    wanted: Mapping[str, str], ends: Mapping[str, str], there: Mapping[str, Address]
) -> Iterator[tuple[str, str]]:
    """Each path that cannot be a redirect, with the reason."""
    free = [path for path in wanted if path not in there and "?" not in path]
    answered = {path for batch in _batches(free) for path in _answered(batch)}
    for path, target in wanted.items():
        row = there.get(path)
        if path == "/" or is_reserved(path) or path in answered:
            yield path, _("“%(path)s” is an address the system needs itself.") % {"path": path}
        elif row and row.kind:
            yield path, _("“%(path)s” is or was the address of a %(kind)s.") % {
                "path": path, "kind": row.kind,
            }  # fmt: skip
        elif len(path) > MAX_PATH or len(ends[path]) > MAX_PATH:
            yield path, _("The address is too long.")
        elif not ends[path]:
            yield path, _("“%(target)s” would lead back to “%(path)s”.") % {
                "target": target, "path": path,
            }  # fmt: skip


def _answered(paths: list[str]) -> Iterator[str]:
    """Those under which something is shown already: a view of its own, an article."""
    for path, end in ends_of(paths).items():
        if end.state == "there" and end.path == path:
            yield path


def nowhere(paths: Iterable[str]) -> list[str]:
    """Those at the end of which nothing is; a few queries for each 500."""
    ends = (ends_of(batch) for batch in _batches(paths))
    return [path for some in ends for path, end in some.items() if end.is_dead]


def bring_along(ends: Mapping[str, str]) -> None:
    """What led to a path leads to where that leads now."""
    behind: list[Address] = []
    for batch in _batches(ends):
        for row in Address.objects.filter(target__in=batch):
            row.target = ends[row.target]
            behind.append(row)
    Address.objects.bulk_update(behind, ["target"], batch_size=BATCH)


def _batches(paths: Iterable[str]) -> Iterator[list[str]]:
    sorted_paths = sorted(set(paths))
    for start in range(0, len(sorted_paths), BATCH):
        yield sorted_paths[start : start + BATCH]
