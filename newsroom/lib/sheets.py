"""Tables as CSV, a line at a time, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Without it some spreadsheets take UTF-8 for the encoding of their country.
BYTE_ORDER = "\ufeff"


class _Line:
    """What csv.writer writes to: hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def cell(text: str) -> str:
    """The text, kept from being a formula by an apostrophe in front."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def lines(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of the file; text cells are made safe, memory does not grow with the rows."""
    writer = csv.writer(_Line())
    yield writer.writerow(headings)
    for row in rows:
        yield writer.writerow([cell(part) if isinstance(part, str) else part for part in row])
