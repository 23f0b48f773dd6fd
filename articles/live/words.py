"""What a post says, and the columns it fills."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from articles.live.text import to_html
from articles.models import Author
from newsroom.accounts.models import User
from newsroom.lib.text import tidy
from newsroom.media.models import Picture
from newsroom.media.uploads import Negative, shelve


@dataclass(frozen=True)
class Words:
    """What a post says. `photo` was developed already and becomes a picture with the post."""

    text: str = ""
    headline: str = ""
    author: Author | None = None
    picture: Picture | None = None
    picture_caption: str = ""
    embed_url: str = ""
    embed_title: str = ""
    photo: Negative | None = None
    photo_alt: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing that a reader could see."""
        return not (self.text or self.headline or self.picture or self.photo or self.embed_url)


def cleaned(words: Words) -> Words:
    """Raises ValueError for what no reader could see."""
    words = replace(
        words,
        text=words.text.replace("\x00", "").strip(),
        headline=tidy(words.headline),
        picture_caption=tidy(words.picture_caption),
        embed_title=tidy(words.embed_title),
    )
    if words.is_empty:
        raise ValueError(_("Write something first."))
    return words


def columns_of(words: Words, by: User | None) -> dict[str, Any]:
    """The post's columns; a photo becomes a picture of the library here."""
    picture = words.picture
    if words.photo:
        uploader = by.pk if by else None
        picture = shelve(words.photo, Picture(uploaded_by_id=uploader, alt_text=words.photo_alt))
    return {
        "author": words.author,
        "headline": words.headline,
        "source": words.text,
        "body": to_html(words.text),
        "picture": picture,
        "picture_caption": words.picture_caption if picture else "",
        "embed_url": words.embed_url,
        "embed_title": words.embed_title if words.embed_url else "",
    }
