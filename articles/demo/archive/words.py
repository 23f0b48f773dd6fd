"""Texts in which a word is as frequent as in a newspaper: the second half as often as the first.

The most frequent words are those of the demo's own articles, so that the texts look like English;
rarer ones are made of syllables.
"""

import random
import re
from collections import Counter
from functools import cache
from itertools import accumulate
from pathlib import Path

from articles.demo.files import read_page
from newsroom.lib.html import plain_text

CONTENT = Path(__file__).parents[1] / "content" / "articles"
VOCABULARY, OFTEN = 30_000, 60
SENTENCE, PARAGRAPH = 15, 50
_SYLLABLES = [f"{c}{v}" for c in "bdfgklmnprstvz" for v in "aeiou"]


@cache
def vocabulary() -> list[str]:
    """Words by frequency, 30,000 of them; the same every time."""
    pages = sorted(CONTENT.glob("*.html"))
    text = " ".join(plain_text(read_page(page)[1]) for page in pages).lower()
    counted = Counter(re.findall(r"[a-z]{1,20}", text))
    found = dict.fromkeys(word for word, _n in sorted(counted.items(), key=lambda p: (-p[1], p)))
    lot = random.Random("vocabulary")  # noqa: S311  (no secret)
    while len(found) < VOCABULARY:
        found.setdefault("".join(lot.choices(_SYLLABLES, k=lot.randint(2, 4))))
    return list(found)[:VOCABULARY]


def zipf(count: int) -> list[float]:
    """Cumulative weights: the first, half of it, a third of it."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


class Writer:
    """Texts drawn by one lot."""

    def __init__(self, lot: random.Random) -> None:
        self.lot, self.words = lot, vocabulary()
        self.often = zipf(len(self.words))

    def _some(self, count: int) -> list[str]:
        return self.lot.choices(self.words, cum_weights=self.often, k=count)

    def headline(self) -> str:
        """Five to eight words, none of them the most frequent."""
        told = self.lot.choices(self.words[OFTEN : OFTEN + 4000], k=self.lot.randint(5, 8))
        return " ".join(told).capitalize()

    def sentence(self, count: int = SENTENCE) -> str:
        return f"{' '.join(self._some(count)).capitalize()}."

    def text(self, count: int) -> str:
        """A line for each paragraph, `count` words in all."""
        drawn = self._some(count)
        lines = []
        for start in range(0, count, PARAGRAPH):
            piece = drawn[start : start + PARAGRAPH]
            sentences = (
                f"{' '.join(piece[at : at + SENTENCE]).capitalize()}."
                for at in range(0, len(piece), SENTENCE)
            )
            lines.append(" ".join(sentences))
        return "\n".join(lines)
