"""Redirects as a table of two columns, in and out: old address, where it leads."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from newsroom.addresses.following import ends_of
from newsroom.addresses.models import Address
from newsroom.addresses.redirects import BATCH, Laid, NotLaid, last_ones, lay, nowhere
from newsroom.addresses.typed import NoAddress, as_typed, old_path, target_path
from newsroom.lib.sheets import lines

HEADINGS = ("address", "leads to", "ends at", "state")
MOST_BYTES, MOST_LINES = 20 * 1024 * 1024, 200_000


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line of the file; 0: with all of it."""

    line: int
    text: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(text)s") % vars(self) if self.line else self.text


class Faulty(ValueError):
    """Nothing was taken in; `faults` says why, in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass
class TakenIn(Laid):
    """And the targets at which nothing is (yet): whoever is led there gets the 404 page."""

    nowhere: list[str] = field(default_factory=list)


def take_in(raw: bytes) -> TakenIn:
    """Lay every redirect of the file, or none; raises Faulty.

    UTF-8, cells parted by comma, semicolon or tab; further columns are passed over, so that what
    `rows` writes can be taken in again.
    """
    wanted: dict[str, str] = {}
    line_of: dict[str, int] = {}
    faults: list[Fault] = []
    for number, cells in _cells(raw):
        try:
            if len(cells) < 2:
                raise NoAddress(_("Two columns are needed: address, leads to."))
            path, target = old_path(cells[0]), target_path(cells[1])
        except NoAddress as error:
            faults.append(Fault(number, str(error)))
            continue
        if wanted.setdefault(path, target) != target:
            told = {"path": path, "line": line_of[path]}
            faults.append(Fault(number, _("“%(path)s” leads elsewhere by line %(line)d.") % told))
        line_of.setdefault(path, number)
    try:
        if not faults:
            laid = lay(wanted)
            return TakenIn(**vars(laid), nowhere=nowhere(wanted.values()))
        last_ones(wanted)  # what else is wrong is said in the same round
    except NotLaid as error:
        faults += [Fault(line_of.get(path, 0), text) for path, text in error.reasons.items()]
    raise Faulty(sorted(faults, key=lambda fault: fault.line))


def _cells(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers; headings are passed over."""
    if len(raw) > MOST_BYTES:
        raise Faulty([Fault(0, _("The file is larger than 20 MB; divide it."))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faulty([Fault(line, _("This is not UTF-8. Save the file as CSV UTF-8."))]) from error
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            cells = [cell.strip() for cell in cells]
            if not any(cells) or (number == 1 and not any("/" in cell for cell in cells[:2])):
                continue
            if number > MOST_LINES:
                raise Faulty([Fault(number, _("More than 200,000 lines; divide the file."))])
            yield reader.line_num, cells
    except csv.Error as error:
        raise Faulty([Fault(reader.line_num, _("The line cannot be read as CSV."))]) from error


def rows() -> Iterator[str]:
    """Every redirect as a line of the file, with where it ends now; memory does not grow."""
    stored = Address.objects.exclude(target="").order_by("path")
    pairs = stored.values_list("path", "target").iterator(chunk_size=BATCH)
    return lines(HEADINGS, _with_ends(pairs))


def _with_ends(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    while batch := list(islice(pairs, BATCH)):
        ends = ends_of(target for _path, target in batch)
        for path, target in batch:
            end = ends[target]
            yield as_typed(path), as_typed(target), as_typed(end.path), end.state
