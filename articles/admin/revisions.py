"""The versions of an article: listed, compared word by word, put back."""

import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.compare.snapshots import compare
from articles.models import Article, Revision
from articles.permissions import can_change, can_publish
from articles.publishing.workflow import follow_save
from articles.putting_back import Overtaken, PutBack, put_back

A_PAGE = 50
_NUMBER = re.compile(r"[0-9]{1,9}\Z")


def visible_article(request: HttpRequest, article_id: int) -> Article:
    """The article if this person may open its form, if only to read; 404 and 403 otherwise."""
    article = get_object_or_404(
        Article.objects.select_related("latest_revision", "live_revision"), pk=article_id
    )
    if not admin.site.get_model_admin(Article).has_view_permission(request, article):
        raise PermissionDenied
    return article


def page_context(request: HttpRequest, article: Article, title: str) -> dict[str, object]:
    return {
        **admin.site.each_context(request),
        "article": article,
        "opts": Article._meta,
        "title": title,
        "may_change": can_change(request.user, article),  # type: ignore[arg-type]
    }


@require_safe
def revisions_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """All versions, newest first, `A_PAGE` at a time; two are chosen to be compared. 5 queries."""
    article = visible_article(request, article_id)
    rows = article.revisions.select_related("by").defer("snapshot").order_by("-number")
    if (before := _number(request, "before")) is not None:
        rows = rows.filter(number__lt=before)
    shown = list(rows[: A_PAGE + 1])
    more = len(shown) > A_PAGE
    shown = shown[:A_PAGE]
    return render(
        request,
        "admin/articles/article/revisions.html",
        {
            **page_context(request, article, _("Versions")),
            "revisions": shown,
            "newest": before is None,
            "older": shown[-1].number if more else None,
            "count": article.revisions.count(),
        },
    )


@require_safe
def compare_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """`?from=3&to=5`; `from` is else the one before `to`.

    Without both, what readers see is compared with the latest, if that is ahead.
    """
    article = visible_article(request, article_id)
    asked = _revision(article, _number(request, "to"))
    to = asked or article.latest_revision
    if to is None:
        return redirect("admin:articles_article_revisions", article.pk)
    since = _revision(article, _number(request, "from"))
    if since is None and asked is None and article.has_unpublished_changes:
        since = article.live_revision
    since = since or _beside(article, to, -1)
    return render(
        request,
        "admin/articles/article/compare.html",
        {
            **page_context(request, article, _("Compare versions")),
            "since": since,
            "to": to,
            "changes": compare(since.snapshot, to.snapshot) if since else [],
            "before": _beside(article, since, -1) if since else None,
            "after": _beside(article, to, 1),
        },
    )


def restore_revision_view(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Show what putting it back changes; on POST do it, unless somebody has saved meanwhile."""
    article = visible_article(request, article_id)
    if not can_change(request.user, article) or article.is_binned:  # type: ignore[arg-type]
        raise PermissionDenied
    earlier = _revision(article, number)
    if earlier is None:
        raise Http404
    latest = article.latest_revision
    if request.method == "POST":
        seen = request.POST.get("over", "")
        try:
            done = _put_back(request, earlier, int(seen) if _NUMBER.match(seen) else 0)
        except Overtaken:
            messages.warning(
                request, _("A newer version was saved meanwhile. Look again at what changes.")
            )
            return redirect("admin:articles_article_restore_revision", article.pk, number)
        _say(request, article, earlier, done.revision, done.lost)
        return redirect("admin:articles_article_change", article.pk)
    return render(
        request,
        "admin/articles/article/put_back.html",
        {
            **page_context(request, article, _("Restore a version")),
            "earlier": earlier,
            "latest": latest,
            "changes": compare(latest.snapshot, earlier.snapshot) if latest else [],
        },
    )


@transaction.atomic
def _put_back(request: HttpRequest, earlier: Revision, over: int) -> PutBack:
    """A version put back is a save: it ends an approval that is not this person's to give."""
    user: Any = request.user
    done = put_back(earlier, by=user, over=over)
    if done.revision.pk != over:
        article = Article.objects.get(pk=earlier.article_id)
        follow_save(article, by=user, approves=can_publish(user, article))
    return done


def _say(
    request: HttpRequest, article: Article, earlier: Revision, now: Revision, lost: list[str]
) -> None:
    facts = {"earlier": earlier.number, "number": now.number}
    if now.pk == article.latest_revision_id:
        messages.info(request, _("The text is that of version %(earlier)d already.") % facts)
    else:
        done = _("Version %(earlier)d is back, saved as version %(number)d.") % facts
        if article.is_live:
            done += " " + _("Readers do not see it until you publish.")
        messages.success(request, done)
    if lost:
        fields = capfirst(get_text_list(lost, _("and")))
        messages.warning(
            request, _("%(fields)s: something has been deleted since.") % {"fields": fields}
        )


def _number(request: HttpRequest, name: str) -> int | None:
    """The number of a version in the query; None when there is none, 404 for anything else."""
    raw = request.GET.get(name, "")
    if not raw:
        return None
    if not _NUMBER.match(raw) or not raw.isascii():
        raise Http404
    return int(raw)


def _revision(article: Article, number: int | None) -> Revision | None:
    """404 for a number that this article has no version of, pruned ones included."""
    if number is None:
        return None
    if number > 2_000_000_000:
        raise Http404
    return get_object_or_404(article.revisions.select_related("by"), number=number)


def _beside(article: Article, revision: Revision, step: int) -> Revision | None:
    """The next older (-1) or newer (1) version that is kept."""
    rows = article.revisions.select_related("by")
    if step < 0:
        return rows.filter(number__lt=revision.number).order_by("-number").first()
    return rows.filter(number__gt=revision.number).order_by("number").first()
