"""Which of the newest matches come first: headline before standfirst before text, then newer.

Made of the terms that stand in the entry, so that the order is the same on both databases.
"""

from collections.abc import Callable, Iterable

from articles.search.query import Part

# For each thing asked for: in the headline, in the standfirst, three times or more in the text.
WEIGHTS = (4, 2, 1)


def scorer(parts: Iterable[Part]) -> Callable[[str], int]:
    """How much of what was asked for stands where it counts, of a weight (terms.weight_of)."""
    asked = [[f" {' '.join(way)} " for way in part.ways] for part in parts]

    def score(weight: str) -> int:
        found = 0
        for runs in asked:
            for run in runs:
                if run in weight:  # of a common word most weights say nothing
                    found += _score(weight.split("\n"), runs)
                    break
        return found

    return score


def _score(fields: list[str], runs: list[str]) -> int:
    return sum(
        worth
        for worth, field in zip(WEIGHTS, fields, strict=False)
        if any(run in field for run in runs)
    )
