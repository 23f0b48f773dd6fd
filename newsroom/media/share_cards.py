"""Share cards: the picture of 1200 by 630 pixels that networks and messengers show of a page.

A card is drawn in the darkroom when it is first asked for, or by a task before, and kept in the
storage under the digest of all it shows: another headline is another address. What stands on which
card is decided above, in newsroom.pages and in articles.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from newsroom.media import lab, renditions
from newsroom.media.models import Picture
from newsroom.media.typesetting import face_for

# Part of every digest; raised when card_layout.py draws something else of the same words.
DESIGN = 1
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True)
class ShareCard:
    """All that a card shows; equal cards are the same picture."""

    kind: str  # "story", "opinion", "paper"
    paper: str
    headline: str
    rtl: bool
    label: str = ""
    byline: str = ""
    # Where the picture's master is in the storage, and what of it must be in view.
    picture: str = ""
    focus: tuple[float, float] = (0.5, 0.5)

    @cached_property
    def digest(self) -> str:
        """96 bits over everything shown."""
        shown = json.dumps([DESIGN, *asdict(self).values()])
        return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @property
    def can_be_set(self) -> bool:
        """Whether there are faces for all its words."""
        return all(map(face_for, (self.paper, self.headline, self.label, self.byline)))


def card_of(picture: Picture | None, **shown: Any) -> ShareCard:
    """A card with this picture or without one."""
    if picture is None:
        return ShareCard(**shown)
    return ShareCard(**shown, picture=picture.master_name, focus=picture.focus)


def drawn(card: ShareCard, folder: str, *, by_reader: bool = False) -> File[Any]:
    """The card's file in its folder of the storage, drawn if it is not there; about half a second.

    Older cards of the folder go. Raises ValidationError when it cannot be drawn (`by_reader`: or
    not at this moment), OSError when the picture is not there.
    """
    name = f"{folder}/{card.digest}.jpg"
    try:
        return default_storage.open(name)
    except FileNotFoundError:
        pass
    with TemporaryDirectory(prefix="newsroom-card-") as place:
        path = draw(card, Path(place), by_reader=by_reader)
        renditions.remove(folder, keep=(card.digest,))
        with path.open("rb") as file:
            default_storage.save(name, File(file))
    return default_storage.open(name)


def draw(card: ShareCard, place: Path, *, by_reader: bool = False) -> Path:
    """Draw it into a folder of this machine; where the file is."""
    source = ""
    if card.picture:
        source = str(place / "master")
        with default_storage.open(card.picture) as master, Path(source).open("wb") as copy:
            for chunk in master.chunks():
                copy.write(chunk)
    lab.send("card", by_reader=by_reader, source=source, folder=str(place), card=asdict(card))
    return place / "card.jpg"
