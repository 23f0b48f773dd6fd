"""Finding a free address for something that nobody types one for."""

from collections.abc import Iterable, Iterator

from newsroom.addresses.book import AddressTaken, check_free
from newsroom.lib.slugs import MAX_LENGTH


def free_slug(kind: str, candidates: Iterable[str], *, under: str = "/") -> str:
    """The first candidate whose address is free, else the first with a number behind it.

    An old address that still leads to something is not free. One query for each try.
    """
    wanted = [slug for slug in candidates if slug]
    for slug in _numbered(wanted):
        try:
            check_free(kind, None, f"{under}{slug}/")
        except AddressTaken:
            continue
        return slug
    raise AddressTaken(f"no address is free for “{wanted[0]}”")


def _numbered(wanted: list[str]) -> Iterator[str]:
    yield from wanted
    for number in range(2, 1000):
        yield f"{wanted[0][: MAX_LENGTH - 4]}-{number}"
