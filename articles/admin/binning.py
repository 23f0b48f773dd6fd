"""The bin: drafts go there and come back from there, each after a page that asks."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions import can_bin
from articles.publishing.bin import CannotBin, bin_article, unbin, why_not


def bin_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Out of every list, to come back from the bin; what readers see is refused in words."""
    article = _article(request, article_id)
    if article.is_binned:
        messages.info(request, _("It is in the bin already."))
        return _form(article_id)
    if reason := why_not(article):
        messages.error(request, reason)
        return _form(article_id)
    if request.method == "POST":
        try:
            bin_article(article, by=request.user)  # type: ignore[arg-type]
        except CannotBin as error:  # somebody published it a moment ago
            messages.error(request, str(error))
            return _form(article_id)
        back = reverse("admin:articles_article_unbin", args=[article_id])
        words = format_html(
            '{} <bdi>{}</bdi> <a href="{}">{}</a>',
            _("In the bin:"), article.headline[:120], back, _("Put it back…"),
        )  # fmt: skip
        messages.success(request, words)
        return redirect("admin:articles_article_changelist")
    question = _(
        "It leaves every list of the desk and nothing of it is lost: it comes back from the bin "
        "with every word, name and version."
    )
    return _ask(request, article, _("Put into the bin"), question)


def unbin_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Back on the desk as it was."""
    article = _article(request, article_id)
    if not article.is_binned:
        messages.info(request, _("It is not in the bin."))
        return _form(article_id)
    if request.method == "POST":
        unbin(article, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Back on the desk, as it was."))
        return _form(article_id)
    question = _("It comes back to the desk as it was. Readers see nothing of it.")
    return _ask(request, article, _("Put back"), question)


def context(request: Any, article: Article | None) -> dict[str, bool]:
    """For the form's bar: whether the way into the bin, and out of it, is offered."""
    if article is None or not can_bin(request.user, article):
        return {}
    return {"may_bin": not article.is_binned and not why_not(article),
            "may_unbin": article.is_binned}  # fmt: skip


def may_delete(request: HttpRequest, article: Article) -> bool:
    """For good, out of the bin: the chief, and nothing that readers ever saw."""
    chief = request.user.has_perm("articles.publish_everywhere")
    return chief and article.is_binned and article.first_published_at is None


def _article(request: HttpRequest, article_id: int) -> Article:
    article = get_object_or_404(Article, pk=article_id)
    if not can_bin(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    return article


def _form(article_id: int) -> HttpResponse:
    return redirect("admin:articles_article_change", article_id)


def _ask(request: HttpRequest, article: Article, title: str, question: str) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "article": article,
        "opts": Article._meta,
        "title": title,
        "question": question,
        "button": title,
    }
    return render(request, "admin/articles/article/confirm.html", context)
