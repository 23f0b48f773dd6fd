"""Slots in words: "Lead", "Seconds 2", "City 3"."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.fronts.content import BLOCKS, SIZES, Block
from articles.models import Column, Section, Topic

_SOURCES: Mapping[str, Any] = {"section": Section, "topic": Topic, "column": Column}


def block_names(blocks: Iterable[Block]) -> dict[str, str]:
    """Each block by its title, or by what it takes its stories from; at most 3 queries."""
    blocks = list(blocks)
    found: dict[tuple[str, int | None], str] = {}
    for source, model in _SOURCES.items():
        ids = {b.source_id for b in blocks if b.source == source and not b.title} - {None}
        if ids:
            rows = model.objects.filter(pk__in=ids).values_list("pk", "name")
            found.update({(source, pk): name for pk, name in rows})
    return {block.id: _block(block, found) for block in blocks}


def _block(block: Block, names: Mapping[tuple[str, int | None], str]) -> str:
    if block.title:
        return block.title
    if block.kind == "row":
        return names.get((block.source, block.source_id)) or str(BLOCKS["row"])
    return str(BLOCKS[block.kind])


def slot_name(slot: str, names: Mapping[str, str]) -> str:
    """ "Lead", "Seconds 2"; a block that is not in `names` goes by the kind its id begins with."""
    block, _dot, number = slot.rpartition(".")
    name = names.get(block) or str(BLOCKS.get(block.partition("-")[0], BLOCKS["row"]))
    return name if block == "lead" and number == "1" else f"{name} {number}"


def size_name(size: str) -> str:
    """How large a story is, in words."""
    return _("lead") if size == "lead" else str(SIZES.get(size) if size else "")
