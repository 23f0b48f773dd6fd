"""The share card of a live article: what stands on it, and drawing it before anybody shares it.

Every page names the address of its card; whoever asks there first has it drawn. A task does so
after publication, so that for news this is no reader. Articles of an import wait to be asked for.
"""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles.models import PublishedArticle
from articles.models.kinds import Kind
from newsroom.lib.tasks import task
from newsroom.media import renditions
from newsroom.media.share_cards import ShareCard, card_of, drawn
from newsroom.pages.identity import identity
from newsroom.pages.models.identity import direction_of
from newsroom.pages.sharing import ShareImage, card_image, image_of


def share_card(article: PublishedArticle) -> ShareCard | None:
    """The card of an article as `for_cards()` loads it; no query.

    None where staff want the picture alone, or no face holds all the letters.
    """
    paper = identity()
    if not paper.share_cards:
        return None
    picture: Any = article.lead_picture
    byline = ""
    if article.is_opinion:
        picture = article.portrait or picture
        byline = article.byline_line if article.byline_line != paper.name else ""
    with translation.override(paper.language):  # the worker has none of its own
        label = _label(article)
    card = card_of(
        picture,
        kind="opinion" if article.is_opinion else "story",
        paper=paper.name,
        headline=article.share_title or article.headline,
        label=label,
        byline=byline,
        rtl=direction_of(article.language or paper.language) == "rtl",
    )
    return card if card.can_be_set else None


def _label(article: PublishedArticle) -> str:
    """What stands above the headline on the article's page, in a few words."""
    if article.column:
        return article.column.name
    if article.kind == Kind.EDITORIAL:
        return _("Editorial")
    if article.kind == Kind.OPINION:
        return _("Opinion")
    words = [article.section.name]
    if article.kicker:
        words.append(article.kicker)
    elif article.kind == Kind.ANALYSIS:
        words.append(_("Analysis"))
    elif article.kind == Kind.INTERVIEW:
        words.append(_("Interview"))
    return " · ".join(words)


def address(article: PublishedArticle, card: ShareCard) -> str:
    """Beginning at the root of the site."""
    return reverse("share_card", args=[article.pk, card.digest])


def share_image(article: PublishedArticle) -> ShareImage | None:
    """What is shown when the article is shared: its card, else its lead picture."""
    card = share_card(article)
    if card is None:
        return image_of(article.lead_picture)
    said = [card.label, card.headline]
    if not article.is_opinion and article.lead_picture and article.lead_picture.alt_text:
        said.append(article.lead_picture.alt_text)
    return card_image(address(article, card), ". ".join(said))


def folder(article_id: int) -> str:
    """Where in the storage an article's card is; a thousand articles to a folder at the most."""
    return f"share/{article_id // 1000}/{article_id}"


# Before the crops of pictures, behind all mail.
@task(priority=-5)
def draw_ahead(article_id: int) -> None:
    """Draw the card of a live article if it is not there. Safe to repeat."""
    article = PublishedArticle.objects.filter(pk=article_id).for_cards().first()
    card = share_card(article) if article else None
    if card is None:
        return
    # What cannot be drawn is shown as its picture: views/share_card.py.
    with suppress(ValidationError):
        drawn(card, folder(article_id)).close()


def forget(article_id: int) -> None:
    """Delete the card of an article that is live no more, and whose card is shown to nobody."""
    renditions.discard(folder(article_id), urgent=False)
