"""The share card of a live article."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles import share_cards
from articles.models import PublishedArticle
from newsroom.addresses.views import moved
from newsroom.media.share_cards import drawn
from newsroom.media.views import immutable, later


@require_safe
def share_card(request: HttpRequest, article_id: int, digest: str) -> HttpResponseBase:
    """Under the digest of what it shows; any other leads to the present one. One query.

    While another card is being drawn for a reader, and where this one cannot be, the article's
    picture stands in for it.
    """
    article = PublishedArticle.objects.filter(pk=article_id).for_cards().first()
    card = share_cards.share_card(article) if article else None
    if article is None or card is None:
        raise Http404("no card")
    if digest != card.digest:
        return moved(share_cards.address(article, card))
    try:
        file = drawn(card, share_cards.folder(article_id), by_reader=True)
    except (ValidationError, OSError):
        return _picture_alone(article)
    return immutable(request, file, card.digest, "image/jpeg")


def _picture_alone(article: PublishedArticle) -> HttpResponse:
    if article.lead_picture is None:
        return later()
    response = redirect(article.lead_picture.rendition_path("share"))
    response["Cache-Control"] = "no-store"
    return response
