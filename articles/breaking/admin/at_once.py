"""What takes one click: breaking news of an article, the end of a line, and its undoing."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.guard import publishable
from articles.breaking.admin.standing import clock
from articles.breaking.announcing import announce, end, start_again
from articles.breaking.models import BreakingItem
from articles.breaking.rules import CannotBreak
from articles.models import Article
from articles.publishing import Quiet

LIST = "admin:breaking_breakingitem_changelist"
CHANGE = "admin:breaking_breakingitem_change"


@require_POST
@transaction.atomic
def from_article_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """A banner with the article's headline for an hour, at once; pressed twice it is still one.

    For who may announce, and publish this article. In a quiet window the form asks for the reason.
    """
    if not request.user.has_perm("breaking.add_breakingitem"):
        raise PermissionDenied
    article = publishable(request, article_id)
    at = timezone.now()
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if not locked.is_live:
        messages.warning(request, _("Readers cannot see it yet. Publish it, then break the news."))
        return redirect("admin:articles_article_change", article_id)
    banners = BreakingItem.objects.filter(article=article, place=BreakingItem.Place.BANNER)
    item = banners.standing(at).first()
    if item:
        messages.info(request, _said(request, item, _("It is breaking news already,")))
        return redirect("admin:articles_article_change", article_id)
    try:
        item = announce(article=article, by=request.user, at=at)  # type: ignore[arg-type]
    except Quiet as refusal:
        messages.warning(request, str(refusal))
        form = reverse("admin:breaking_breakingitem_add")
        return redirect(f"{form}?{urlencode({'article': article_id})}")
    messages.success(request, _said(request, item, _("Breaking news on every page,")))
    return redirect("admin:articles_article_change", article_id)


@require_POST
def end_view(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take a line from the readers now."""
    item = _item(request, item_id)
    try:
        ended = end(item, by=request.user)  # type: ignore[arg-type]
    except CannotBreak as refusal:
        messages.warning(request, str(refusal))
        return _back(request)
    if ended:
        words = _("Ended. Readers no longer see it as breaking.")
        messages.success(request, _undo(request, item, words, "again", _("Start again")))
    else:
        messages.info(request, _("It was over already."))
    return _back(request)


@require_POST
def again_view(request: HttpRequest, item_id: int) -> HttpResponse:
    """Undo an end: until the time it had, or for another hour."""
    item = _item(request, item_id)
    try:
        start_again(item, by=request.user)  # type: ignore[arg-type]
    except Quiet as refusal:
        messages.warning(request, str(refusal))
        return redirect(CHANGE, item.pk)
    except CannotBreak as refusal:
        messages.warning(request, str(refusal))
        return _back(request)
    messages.success(request, _said(request, item, _("It stands again,")))
    return _back(request)


def _item(request: HttpRequest, item_id: int) -> BreakingItem:
    """Perhaps no longer there: the verbs say so."""
    if not request.user.has_perm("breaking.change_breakingitem"):
        raise PermissionDenied
    found = BreakingItem.objects.select_related("article").filter(pk=item_id).first()
    return found or BreakingItem(pk=item_id)


def _back(request: HttpRequest) -> HttpResponse:
    """To the article when the click came from there, else to the list."""
    article = request.POST.get("article", "")
    if article.isascii() and article.isdigit() and len(article) < 18:
        return redirect("admin:articles_article_change", int(article))
    return redirect(LIST)


def _said(request: HttpRequest, item: BreakingItem, words: str) -> SafeString:
    """What was done, until when, and the two ways on: change it, undo it."""
    until = _("until %(time)s.") % {"time": clock(item.ends_at)}
    change = format_html('<a href="{}">{}</a>', reverse(CHANGE, args=[item.pk]), _("Change"))
    told = format_html("{} {} {}", words, until, change)
    return _undo(request, item, told, "end", _("Undo"))


def _undo(
    request: HttpRequest, item: BreakingItem, words: str, name: str, label: str
) -> SafeString:
    """The message with its button; the form of the button (its token) stands on the page itself."""
    address = reverse(f"admin:breaking_breakingitem_{name}", args=[item.pk])
    return format_html(
        '{} <button form="breaking-click" formaction="{}">{}</button>',
        words, address, label,
    )  # fmt: skip
