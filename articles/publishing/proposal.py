"""What a change of a published text probably is to its readers; the editor decides.

Pure: compares two snapshots by their words, in time linear in their length.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.kinds import ChangeKind
from newsroom.lib.html import plain_text
from newsroom.lib.text import excerpt, fold, tidy

# From so many new (or lost) words on it is more than a mended sentence.
UPDATE_WORDS = 20
# A story that grew so much was written on; what it no longer says is then part of an update.
REWRITTEN_WORDS = 80
SHOWN, SHOWN_LENGTH = 5, 40

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*%?")
_QUOTATION = re.compile(
    r"“([^“”]{2,2000})”|„([^„“”]{2,2000})[“”]|«([^«»]{2,2000})»|\"([^\"]{2,2000})\""
)
_BLOCKQUOTE = re.compile(r"<blockquote\b[^>]*>(.*?)</blockquote>", re.S)
# Words that turn a sentence round, in the languages our papers are written in.
_NOT = frozenset(
    "not no never none nobody cannot don't didn't isn't wasn't without "
    "לא אין אינו אינה אינם בלי מעולם nicht kein keine nie pas jamais nunca".split()
)
# Capital only because a sentence begins with them.
_BEGINNERS = frozenset(
    "the a an and but or in on at by for from with to of as if when while after before since this "
    "that these those it he she they we you i there here his her their our its not no one some all "
    "many most who what where why how".split()
)


@dataclass(frozen=True)
class Proposal:
    """What it probably is, and why, in sentences for the editor."""

    kind: ChangeKind
    reasons: tuple[str, ...]


def propose(
    before: Mapping[str, Any], after: Mapping[str, Any], *, names: Iterable[str] = ()
) -> Proposal:
    """Look at figures, names, quotations and the headline of what is live and what shall be.

    `names` are names to look for besides capitalised words, which some scripts do not have.
    """
    old, new = _Text(before), _Text(after)
    gone, come = old.words - new.words, new.words - old.words
    added, lost = sum(come.values()), sum(gone.values())
    mended, grown = False, False
    reasons: list[str] = []
    for told, one, other in (
        (_("Figures"), old.figures, new.figures),
        (_("Names"), *_names(old, new, names)),
        (_("Quotations"), old.quotations, new.quotations),
        (_("Yes and no"), old.negations, new.negations),
    ):
        away, fresh = one - other, other - one
        if away or fresh:
            reasons.append(_told(told, away, fresh))
            mended, grown = mended or bool(away), grown or bool(fresh)
    mended = mended or bool(new.negations - old.negations and added < UPDATE_WORDS)
    if fold(old.headline) != fold(new.headline):
        reasons.append(_("The headline says something else."))
        grown = True
    if before["bylines"] != after["bylines"]:
        reasons.append(_("The byline is another one."))
    for count, sentence in (
        (added, ngettext("%d word is new.", "%d words are new.", added)),
        (lost, ngettext("%d word is gone.", "%d words are gone.", lost)),
    ):
        if count >= UPDATE_WORDS:
            reasons.append(sentence % count)
            grown = True
    if mended and added < REWRITTEN_WORDS:
        return Proposal(ChangeKind.CORRECTION, tuple(reasons))
    if mended or grown:
        return Proposal(ChangeKind.UPDATE, tuple(reasons))
    if not gone and not come:
        reasons.append(_("No word is another one."))
    else:
        reasons.append(_("Few words, and no figure, name, quotation or headline among them."))
    return Proposal(ChangeKind.SILENT, tuple(reasons))


class _Text:
    """What a snapshot says, as things that can be counted."""

    def __init__(self, taken: Mapping[str, Any]) -> None:
        self.headline = tidy(str(taken.get("headline") or ""))
        body = str(taken.get("body") or "")
        fields = (str(taken.get(name) or "") for name in ("standfirst", "lead_caption"))
        self.text = "\n".join([*fields, plain_text(body)])
        found = _WORD.findall(self.text)
        self.words = Counter(word.casefold() for word in found)
        self.figures = Counter(_FIGURE.findall(f"{self.headline}\n{self.text}"))
        self.negations = Counter(
            folded for word in found if (folded := word.casefold().replace("’", "'")) in _NOT
        )
        self.capitals = Counter(word for word in found if word[:1].isupper())
        quoted = ("".join(match.groups(default="")) for match in _QUOTATION.finditer(self.text))
        blocks = (plain_text(match[1]) for match in _BLOCKQUOTE.finditer(body))
        # Their words alone: a comma on the other side of the mark is another style, no other quote.
        said = (" ".join(_WORD.findall(fold(each))) for each in (*quoted, *blocks))
        self.quotations = Counter(each for each in said if each)


def _names(old: _Text, new: _Text, known: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Capitalised words that neither text writes small, and the known names; counted in each."""
    common = {word for text in (old, new) for word in text.words if word in _BEGINNERS}
    small = {
        word.casefold()
        for text in (old, new)
        for word in _WORD.findall(text.text)
        if word[:1].islower()
    }
    out: list[Counter[str]] = []
    for text in (old, new):
        names = Counter(
            {
                word: count
                for word, count in text.capitals.items()
                if word.casefold() not in small and word.casefold() not in common
            }
        )
        folded = fold(text.text)
        for name in known:
            if (each := fold(name)) and len(each) > 2 and not each.isascii():
                names[name] += folded.count(each)
        out.append(+names)
    return out[0], out[1]


def _told(what: str, gone: Counter[str], come: Counter[str]) -> str:
    """One reason in words: what is no longer there and what is there now."""
    if gone and come:
        return _("%(what)s: no longer %(gone)s; now %(come)s.") % {
            "what": what, "gone": _some(gone), "come": _some(come),
        }  # fmt: skip
    if gone:
        return _("%(what)s: no longer %(gone)s.") % {"what": what, "gone": _some(gone)}
    return _("%(what)s: new is %(come)s.") % {"what": what, "come": _some(come)}


def _some(counted: Counter[str]) -> str:
    """The first few, each shortened, without characters that turn the line round."""
    shown = [f"“{excerpt(tidy(each), SHOWN_LENGTH)}”" for each in list(counted)[:SHOWN]]
    return ", ".join(shown) + (" …" if len(counted) > SHOWN else "")
