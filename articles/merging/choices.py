"""What somebody chose where both had changed the same, put into the result."""

from collections.abc import Mapping
from typing import Any

from articles.body.blocks import split_blocks
from articles.merging.body import join_blocks
from articles.merging.snapshots import Merged

# Whose version of it; "own": words written anew.
CHOICES = ("mine", "theirs", "both", "own")


def questions(merged: Merged) -> list[str]:
    """What is to be chosen: names of fields, and "body-3" for the fourth piece of the text."""
    asked = [f"body-{n}" for n, piece in enumerate(merged.pieces) if piece.result is None]
    return [*(conflict.field for conflict in merged.conflicts), *asked]


def settle(
    merged: Merged, chosen: Mapping[str, str], own: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The snapshot with the choices in it; None while one is missing or is none.

    `own` holds the words for what is chosen as "own", a piece of the text as cleaned HTML.
    """
    result = dict(merged.result)
    for conflict in merged.conflicts:
        offered = {"mine": conflict.mine, "theirs": conflict.theirs}
        if conflict.both is not None:
            offered["both"] = conflict.both
        if conflict.field in own:
            offered["own"] = own[conflict.field]
        if chosen.get(conflict.field) not in offered:
            return None
        result[conflict.field] = offered[chosen[conflict.field]]
    if all(piece.result is not None for piece in merged.pieces):
        return result
    blocks: list[str] = []
    for n, piece in enumerate(merged.pieces):
        if piece.result is not None:
            blocks += piece.result
            continue
        name = f"body-{n}"
        pieces = {
            "mine": piece.mine,
            "theirs": piece.theirs,
            "both": (*piece.theirs, *piece.mine),
        }
        if name in own:
            pieces["own"] = tuple(split_blocks(own[name]))
        if chosen.get(name) not in pieces:
            return None
        blocks += pieces[chosen[name]]
    result["body"] = join_blocks(blocks)
    return result
