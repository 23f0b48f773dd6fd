"""The buttons of the arrange page: each names an act and what it is about, `up:row-3`.

Everything that cannot be done raises CannotDo with a sentence; nothing is saved then.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from articles.fronts import acts
from articles.fronts.admin import typed
from articles.fronts.content import LAYOUTS, Block, Content
from articles.fronts.naming import block_names, slot_name
from articles.models import Article
from articles.models.kinds import State
from newsroom.lib.text import tidy

# What a remembered step may say at most of a headline.
LONGEST = 60


class CannotDo(ValueError):
    """Why not, for people."""


@dataclass(frozen=True)
class Done:
    """The content after the act, what was done in words, and the slot or block to look at."""

    content: Content
    what: str
    at: str = ""


def do(act: str, content: Content, sent: Mapping[str, str]) -> Done:
    """One act on a content; an unknown one changes nothing, and what was typed is saved."""
    verb, *about = act.split(":")
    known = ACTS.get(verb)
    if known is None:
        return Done(content, "")
    try:
        return known(content, sent, *about)
    except TypeError as error:  # another number of parts than the act has
        raise CannotDo(_("That cannot be done here.")) from error


def _place(content: Content, sent: Mapping[str, str], story: str, slot: str = "") -> Done:
    slot = _slot(content, slot or sent.get("to", ""))
    article = _story(story)
    there = content.slots.get(slot)
    after = acts.place(content, slot, article.pk)
    words = {"story": _headline(article), "slot": name_of(content, slot)}
    said = _("“%(story)s” in %(slot)s") % words
    if there and there.article != article.pk and acts.standing(after, there.article) is None:
        before = Article.objects.filter(pk=there.article).first()
        said += _(", in place of “%(story)s”") % {"story": _headline(before)}
    return Done(after, said, slot)


def _move(content: Content, sent: Mapping[str, str], slot: str, to: str, story: str) -> Done:
    slot, to, article = _slot(content, slot), _slot(content, to), _story(story)
    after = acts.move(content, slot, to, article.pk)
    words = {"story": _headline(article), "slot": name_of(content, to)}
    return Done(after, _("“%(story)s” in %(slot)s") % words, to)


def _put(content: Content, sent: Mapping[str, str], to: str = "") -> Done:
    """What was taken up before (`taken`: a slot and its story) is put down."""
    slot, _colon, story = sent.get("taken", "").partition(":")
    return _move(content, sent, slot, to or sent.get("put_to", ""), story)


def _step(step: int) -> Callable[..., Done]:
    def move(content: Content, sent: Mapping[str, str], slot: str, story: str) -> Done:
        to = acts.beside(content, _slot(content, slot), step)
        if to is None:
            raise CannotDo(_("There is no slot beyond it."))
        return _move(content, sent, slot, to, story)

    return move


def _clear(content: Content, sent: Mapping[str, str], slot: str) -> Done:
    slot = _slot(content, slot)
    said = _("%(slot)s by rule") % {"slot": name_of(content, slot)}
    return Done(content.with_slot(slot, None), said, slot)


def _shift(step: int) -> Callable[..., Done]:
    def shift(content: Content, sent: Mapping[str, str], block_id: str) -> Done:
        block = _block(content, block_id)
        words = _("%(block)s up") if step < 0 else _("%(block)s down")
        return Done(acts.shift(content, block.id, step), _of(content, block, words), block.id)

    return shift


def _onto(content: Content, sent: Mapping[str, str], block_id: str, other: str) -> Done:
    """A block that was dragged to another's place."""
    block = _block(content, block_id)
    after = acts.shift_to(content, block.id, _block(content, other).id)
    return Done(after, _of(content, block, _("%(block)s moved")), block.id)


def _hidden(hidden: bool) -> Callable[..., Done]:
    def hide(content: Content, sent: Mapping[str, str], block_id: str) -> Done:
        block = _block(content, block_id)
        blocks = tuple(replace(b, hidden=hidden) if b is block else b for b in content.blocks)
        words = _("%(block)s hidden") if hidden else _("%(block)s shown again")
        return Done(replace(content, blocks=blocks), _of(content, block, words), block.id)

    return hide


def _remove(content: Content, sent: Mapping[str, str], block_id: str) -> Done:
    block = _block(content, block_id)
    return Done(acts.remove(content, block.id), _of(content, block, _("%(block)s taken away")))


def _add(content: Content, sent: Mapping[str, str]) -> Done:
    errors: dict[str, str] = {}
    source = typed.source(sent, "new", errors)
    number = typed.count({"new-count": sent.get("new-count") or "4"}, "new", 4, errors)
    if errors or source is None:
        raise CannotDo(" ".join(errors.values()))
    layout = sent.get("new-layout", "four")
    block = Block(
        f"row-{secrets.token_hex(3)}", "row", *source, count=number,
        layout=layout if layout in LAYOUTS else "four",
        title=tidy(sent.get("new-title", ""))[:200],
    )  # fmt: skip
    try:
        after = acts.add_row(content, block)
    except ValueError as error:
        raise CannotDo(_("This front has as many blocks as fit on one.")) from error
    return Done(after, _of(after, block, _("%(block)s added")), block.id)


ACTS: dict[str, Callable[..., Done]] = {
    "place": _place, "move": _move, "put": _put, "clear": _clear,
    "earlier": _step(-1), "later": _step(1), "up": _shift(-1), "down": _shift(1),
    "onto": _onto,
    "hide": _hidden(True), "show": _hidden(False), "remove": _remove, "add": _add,
}  # fmt: skip


def name_of(content: Content, slot: str) -> str:
    return slot_name(slot, block_names(content.blocks))


def _of(content: Content, block: Block, words: str) -> str:
    return words % {"block": block_names(content.blocks).get(block.id, block.id)}


def _slot(content: Content, key: str) -> str:
    if key not in content.keys:
        raise CannotDo(_("This slot is not there any more."))
    return key


def _block(content: Content, block_id: str) -> Block:
    found = next((block for block in content.blocks if block.id == block_id), None)
    if found is None:
        raise CannotDo(_("This block is not there any more."))
    return found


def _story(typed_number: str) -> Article:
    pk = typed.number(typed_number) or 0
    found: Any = Article.objects.filter(pk=pk).only("headline", "state", "binned_at").first()
    if found is None:
        raise CannotDo(_("There is no article of this number."))
    if found.binned_at or found.state == State.WITHDRAWN:
        raise CannotDo(_("This article is withdrawn or in the bin."))
    return found  # type: ignore[no-any-return]


def _headline(article: Article | None) -> str:
    words = article.headline if article else "?"
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"
