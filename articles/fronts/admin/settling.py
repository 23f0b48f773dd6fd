"""The answers of the conflict page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from articles.fronts import drafts
from articles.fronts.admin import merging_page
from articles.fronts.admin.page import page
from articles.fronts.admin.sent import Sent, back, content_in
from articles.fronts.content import BadContent
from articles.fronts.merging import merge
from articles.fronts.models import Front


def settle(request: Any, front: Front, sent: Sent) -> HttpResponse:
    """What was chosen is saved over the draft it was chosen
    against, so that a third save in between is merged again."""
    try:
        mine, theirs = content_in(request, "mine"), content_in(request, "theirs")
    except (BadContent, ValueError):
        messages.error(request, _("The form did not come whole. Nothing was saved; try again."))
        return page(request, front, may=True)
    what = request.POST.get("what", "")[:200]
    chosen = {k.removeprefix("choice-"): v for k, v in request.POST.items() if k[:7] == "choice-"}
    merged = merge(sent.base, mine, theirs, chosen)
    met = drafts.Saved(theirs, sent.number, theirs, merged.open)
    if merged.open:
        return merging_page.page(request, front, sent.base, mine, met, what, chosen=chosen)
    saved = drafts.save(
        front, merged.content, base=theirs, base_number=sent.number, by=request.user, what=what
    )
    if saved.conflicts:
        return merging_page.page(request, front, theirs, merged.content, saved, what)
    messages.success(request, _("Saved as you chose."))
    return back(request, front)
