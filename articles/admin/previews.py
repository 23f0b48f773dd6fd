"""An article before it is published: side by side, and as a link for others."""

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import previews
from articles.models import Article, PreviewLink, Revision
from articles.permissions import can_change
from articles.share_cards import share_card
from articles.views.article import page_context
from newsroom.media.share_cards import draw

# What can be looked at, in the order of the tabs.
SIGHTS = {
    "page": gettext_lazy("Page"),
    "card": gettext_lazy("Cards"),
    "share": gettext_lazy("When shared"),
}
# Revisions offered in the list; any other is reached from the list of versions.
OFFERED = 30


def preview_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Phone and desktop side by side, the links below; for who may read the article."""
    article = _readable(request, article_id)
    revision = _revision(article, request.GET.get("version"))
    sight = request.GET.get("as", "page")
    if sight not in SIGHTS:
        raise Http404("no such sight")
    frame = reverse("admin:articles_article_preview_frame", args=[article.pk, sight])
    now = timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": _("Preview"),
        "opts": Article._meta,
        "article": article,
        "revision": revision,
        "revisions": _offered(article, revision),
        "sight": sight,
        "sights": SIGHTS.items(),
        "frame": f"{frame}?version={revision.number}",
        "may_link": can_change(request.user, article),  # type: ignore[arg-type]
        "resting": article.is_binned or article.state == "withdrawn",
        "days": range(1, previews.MOST_DAYS + 1),
        "usual_days": previews.DAYS,
    }
    if context["may_link"]:
        context["links"] = [
            {
                "link": link,
                "address": previews.address(link),
                "holds": link.revoked_at is None and link.expires_at > now,
            }
            for link in previews.links_of(article)
        ]
    return render(request, "admin/articles/article/preview.html", context)


def preview_frame_view(request: HttpRequest, article_id: int, what: str) -> HttpResponse:
    """What the frames show: the reader's templates under the desk's address and policy."""
    article = _readable(request, article_id)
    if what not in SIGHTS:
        raise Http404("no such sight")
    revision = _revision(article, request.GET.get("version"))
    page = previews.page_of(revision, at=timezone.now())
    host = urlsplit(settings.SITE_URL).netloc.removeprefix("www.")
    context = {**page_context(page), "preview": True, "card": page.article, "host": host}
    if what == "share" and share_card(page.article):
        drawn = reverse("admin:articles_article_preview_share_card", args=[article.pk])
        context["share_card"] = f"{drawn}?version={revision.number}"
    return render(request, f"admin/articles/article/preview/{what}.html", context)


def preview_share_card_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """The share card of a revision, drawn for this answer and kept nowhere."""
    article = _readable(request, article_id)
    revision = _revision(article, request.GET.get("version"))
    card = share_card(previews.page_of(revision, at=timezone.now()).article)
    if card is None:
        raise Http404("no card")
    with TemporaryDirectory(prefix="newsroom-card-") as place:
        try:
            picture = draw(card, Path(place)).read_bytes()
        except (ValidationError, OSError) as error:
            raise Http404("it cannot be drawn") from error
    return HttpResponse(
        picture, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"}
    )


def make_link_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """POST: a link to one version, for a number of days."""
    article = _changeable(request, article_id)
    if request.method == "POST":
        revision = _revision(article, request.POST.get("version"))
        days = request.POST.get("days", "")
        try:
            previews.make_link(
                revision,
                by=request.user,  # type: ignore[arg-type]
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
                note=request.POST.get("note", ""),
            )
        except ValueError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Here is the link. Whoever has it can read this version."))
        return _back(article, revision)
    return _back(article)


def revoke_link_view(request: HttpRequest, article_id: int, link_id: int) -> HttpResponse:
    """POST: the link leads nowhere from now on."""
    article = _changeable(request, article_id)
    link = get_object_or_404(
        PreviewLink.objects.select_related("revision", "article"), pk=link_id, article=article
    )
    if request.method == "POST":
        previews.revoke(link, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Revoked. The link leads nowhere from now on."))
    return _back(article, link.revision)


def _readable(request: HttpRequest, article_id: int) -> Article:
    """The article if this person may read it: who sees its form, sees how it looks."""
    article = get_object_or_404(Article, pk=article_id)
    user = request.user
    if not (user.has_perm("articles.view_article") or can_change(user, article)):  # type: ignore[arg-type]
        raise PermissionDenied
    return article


def _changeable(request: HttpRequest, article_id: int) -> Article:
    article = get_object_or_404(Article, pk=article_id)
    if not can_change(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    return article


def _revision(article: Article, number: str | None) -> Revision:
    """The revision of that number, the latest without one; 404 when it is not there."""
    revisions = Revision.objects.select_related("article").filter(article=article)
    if number is not None:
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise Http404("no such version")
        revisions = revisions.filter(number=number)
    found = revisions.order_by("-number").first()
    if found is None:
        raise Http404("no such version")
    return found


def _offered(article: Article, shown: Revision) -> list[Revision]:
    """The newest revisions, what is live and what is shown, without their snapshots."""
    revisions = article.revisions.defer("snapshot").select_related("by")
    newest = list(revisions[:OFFERED])
    known = {revision.pk for revision in newest}
    older = {pk for pk in (article.live_revision_id, shown.pk) if pk and pk not in known}
    return [*newest, *(revisions.filter(pk__in=older) if older else ())]


def _back(article: Article, revision: Revision | None = None) -> HttpResponse:
    place = reverse("admin:articles_article_preview", args=[article.pk])
    return redirect(f"{place}?version={revision.number}#links" if revision else place)
