"""What an import did, counted and told; item by item on request."""

from collections import Counter
from collections.abc import Callable
from typing import Literal

Outcome = Literal["made", "updated", "unchanged", "kept", "skipped", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("made", "updated", "unchanged", "kept", "skipped", "failed")
SHOWN = 8  # of each warning, unless every item is asked for


class Report:
    """Gathers outcomes and warnings; `say` prints one line."""

    def __init__(self, say: Callable[[str], object], *, every_item: bool = False) -> None:
        self.say = say
        self.every_item = every_item
        self.counts: Counter[tuple[str, Outcome]] = Counter()
        self.warnings: dict[str, list[str]] = {}

    def item(self, noun: str, outcome: Outcome, label: str, detail: str = "") -> None:
        """Count one item of the file, or something made for it."""
        self.counts[noun, outcome] += 1
        if self.every_item:
            self.say(f"  {outcome:9} {label}{f': {detail}' if detail else ''}")

    def warn(self, about: str, what: str) -> None:
        """Something a person should know; grouped under `about`, each once."""
        known = self.warnings.setdefault(about, [])
        if what not in known:
            known.append(what)

    def changes(self) -> int:
        """How many things were made or updated."""
        return sum(n for (_noun, outcome), n in self.counts.items() if outcome in OUTCOMES[:2])

    def summary(self) -> None:
        """The table of outcomes, the warnings, and one line that says whether anything changed."""
        self.say("")
        self.say(f"{'':16}" + "".join(f"{outcome:>11}" for outcome in OUTCOMES))
        for noun in dict.fromkeys(noun for noun, _outcome in self.counts):
            row = "".join(f"{self.counts[noun, outcome] or '·':>11}" for outcome in OUTCOMES)
            self.say(f"{noun:16}{row}")
        for about, cases in self.warnings.items():
            self.say("")
            self.say(f"{about} ({len(cases)}):")
            shown = cases if self.every_item else cases[:SHOWN]
            for case in shown:
                self.say(f"  {case}")
            if len(shown) < len(cases):
                self.say(f"  … and {len(cases) - len(shown)} more; --verbose-items lists them all")
        self.say("")
        changes = self.changes()
        self.say(f"{changes} changes." if changes else "No change: everything was here already.")
