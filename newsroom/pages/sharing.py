"""What networks and messengers are told of a page, for the tags in its head.

A page that says nothing of its own is shown with its title and description and the paper's card.
"""

from dataclasses import dataclass

from django.urls import reverse

from newsroom.lib.json_ld import absolute
from newsroom.media.models import Picture
from newsroom.media.share_cards import HEIGHT, WIDTH, ShareCard
from newsroom.pages.identity import Identity

# Open Graph wants a country with the language.
LOCALES = {"en": "en_US", "he": "he_IL", "ar": "ar_AR", "fr": "fr_FR", "de": "de_DE", "es": "es_ES"}
TYPES = {"jpg": "image/jpeg", "png": "image/png"}
FOLDER = "share/paper"


@dataclass(frozen=True)
class ShareImage:
    """A picture by its whole address, with its measures and its words."""

    url: str
    width: int
    height: int
    alt: str
    type: str = TYPES["jpg"]

    @property
    def is_large(self) -> bool:
        """Whether it is to be shown across the whole width."""
        return self.width > self.height


@dataclass(frozen=True)
class Share:
    """What a page says of itself; what is empty is taken from its title, description, the paper."""

    title: str = ""
    description: str = ""
    image: ShareImage | None = None
    type: str = "website"
    language: str = ""


def image_of(picture: object | None, size: str = "share") -> ShareImage | None:
    """A picture of the library as it is shared."""
    if not isinstance(picture, Picture):
        return None
    width, height = picture.dimensions(size)
    kind = TYPES[picture.extension]
    return ShareImage(picture.rendition_url(size), width, height, picture.alt_text, kind)


def card_image(path: str, alt: str) -> ShareImage:
    """A share card at its address."""
    return ShareImage(absolute(path), WIDTH, HEIGHT, alt)


def locale_of(language: str) -> str:
    code = language.lower().partition("-")[0]
    return LOCALES.get(code, code)


def paper_card(paper: Identity) -> ShareCard | None:
    """The paper's own card; None when no face holds its name."""
    rtl = paper.direction == "rtl"
    card = ShareCard("paper", paper=paper.name, headline=paper.tagline, rtl=rtl)
    return card if card.can_be_set else None


def paper_image(paper: Identity) -> ShareImage | None:
    """What is shown of a page that has no picture of its own: the paper's card, else its logo."""
    card = paper_card(paper)
    if card is None:
        return image_of(paper.logo, "logo")
    return card_image(reverse("paper_share_card", args=[card.digest]), paper.name)
