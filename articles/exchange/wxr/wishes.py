"""What an item's state there means here: live, a draft, or not taken in at all."""

from dataclasses import dataclass
from datetime import datetime

from articles.exchange.wxr.records import Item


@dataclass(frozen=True)
class Wish:
    """`live` from `at` on; else a draft (`why`), perhaps proposed for a time; else `skip`."""

    live: bool = False
    at: datetime | None = None
    why: str = ""
    proposed: datetime | None = None
    skip: str = ""


def wish(item: Item, at: datetime | None, *, now: datetime) -> Wish:
    """Only what everybody could read there goes live here; in doubt it is a draft."""
    status = item.status
    if status in {"trash", "inherit"}:
        return Wish(skip="in the bin there" if status == "trash" else "an earlier version")
    if status == "auto-draft" and not (item.title or item["content"].strip()):
        return Wish(skip="an empty draft")
    if item["post_password"]:
        return Wish(why="protected by a password there")
    if status == "future" or (status == "publish" and at is not None and at > now):
        return Wish(why="planned for later there", proposed=at)
    if status == "publish":
        return Wish(live=True, at=at) if at else Wish(why="without a readable date there")
    return Wish(why={"private": "private there"}.get(status, f"{status or 'no state'} there"))
