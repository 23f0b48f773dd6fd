"""The paper's own share card."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from newsroom.addresses.views import moved
from newsroom.media.share_cards import drawn
from newsroom.media.store_failures import StoreFailed
from newsroom.media.views import immutable, later
from newsroom.pages.identity import identity
from newsroom.pages.sharing import FOLDER, paper_card


@require_safe
def paper_share_card(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Under the digest of what it shows; any other leads to the present one."""
    card = paper_card(identity())
    if card is None:
        raise Http404("no face for the paper's name")
    if digest != card.digest:
        return moved(reverse("paper_share_card", args=[card.digest]))
    try:
        file = drawn(card, FOLDER, by_reader=True)
    except (ValidationError, StoreFailed):
        return later()
    return immutable(request, file, card.digest, "image/jpeg")
