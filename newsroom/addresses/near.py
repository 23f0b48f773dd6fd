"""What stands at addresses like one that leads nowhere."""

import difflib
from collections.abc import Iterable

from django.db.models import QuerySet

from newsroom.addresses.book import Place
from newsroom.addresses.models import Address
from newsroom.addresses.registry import kinds
from newsroom.addresses.spelling import names
from newsroom.lib.text import without_accents

# Looked at on either side in the alphabet; of sections and pages, all that a paper has.
BESIDE, TOPMOST = 30, 200
LIKE, MOST = 0.75, 4
LONGEST = 80


def near(path: str) -> list[Place]:
    """The likeliest places a reader may have meant, best first; one query, however many there are.

    A slip is looked for among sections and pages, which are few, and among what stands beside the
    name in the alphabet: a mistyped name shares its first letters.
    """
    asked = names(path)
    if not asked:
        return []
    present = Address.objects.filter(is_current=True, is_public=True)
    top = [name for name, kind in kinds.items() if kind.view]
    lists = [
        present.filter(ending__gte=asked[0][:LONGEST]).order_by("ending"),
        present.filter(ending__lt=asked[0][:LONGEST]).order_by("-ending"),
    ]
    few = present.filter(kind__in=top).order_by("kind", "object_id")
    rows = _any_of([*(some[:BESIDE] for some in lists), few[:TOPMOST]])
    wanted = [without_accents(name[:LONGEST]) for name in (asked[0], asked[-1])]
    found: list[tuple[float, str, str]] = []
    for ending, path_there, label in rows:
        # The last name may be of anything, the first of a section.
        score = max(_likeness(name, without_accents(ending)) for name in wanted)
        if score >= LIKE:
            found.append((score, path_there, label or path_there))
    found.sort(key=lambda place: (-place[0], place[1]))
    return [Place(path_there, label) for _score, path_there, label in found[:MOST]]


def _any_of(lists: Iterable[QuerySet[Address]]) -> QuerySet[Address, tuple[str, str, str]]:
    """Each list stays a subquery that reads its own index; SQLite takes no LIMIT inside a union."""
    head, *rest = (
        Address.objects.filter(pk__in=some.values("pk")).order_by().values_list(
            "ending", "path", "label"
        )
        for some in lists
    )  # fmt: skip
    return head.union(*rest)


def _likeness(asked: str, there: str) -> float:
    """1 for the same name, 0.9 for one that was cut short, else the letters they share."""
    if asked == there:
        return 1.0
    if len(asked) >= 4 and there.startswith(asked):
        return 0.9
    alike = difflib.SequenceMatcher(None, asked, there)
    if alike.real_quick_ratio() < LIKE or alike.quick_ratio() < LIKE:
        return 0.0
    return alike.ratio()
