"""The buttons that take an article from the readers, each with a page that asks first."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article
from articles.models.kinds import State
from articles.permissions import can_publish
from articles.publishing import CannotPublish, restore, unpublish, withdraw


def _article(request: HttpRequest, article_id: int, state: State) -> Article | None:
    """The article if this person may, None when it is not in that state any more."""
    article = get_object_or_404(Article, pk=article_id)
    if not can_publish(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    if article.state != state:
        messages.warning(request, "Nothing was changed: someone has acted on this article already.")
        return None
    return article


def _back(article_id: int) -> HttpResponse:
    return redirect("admin:articles_article_change", article_id)


def withdraw_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for the reason readers will see; then 410 at the address, gone from every list."""
    article = _article(request, article_id, State.LIVE)
    if article is None:
        return _back(article_id)
    reason = request.POST.get("reason", "")
    error = ""
    if request.method == "POST":
        try:
            withdraw(article, by=request.user, reason=reason)  # type: ignore[arg-type]
        except ValueError as problem:
            error = str(problem)
        else:
            messages.success(request, "Withdrawn. The address now gives your reason.")
            return _back(article_id)
    return render(
        request,
        "admin/articles/article/withdraw.html",
        {**_context(request, article), "title": "Withdraw", "reason": reason, "error": error},
    )


def unpublish_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Back to a draft, as if it had not been published."""
    article = _article(request, article_id, State.LIVE)
    if article is None:
        return _back(article_id)
    if request.method == "POST":
        unpublish(article, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "It is a draft again; readers no longer see it.")
        return _back(article_id)
    return render(
        request,
        "admin/articles/article/confirm.html",
        {
            **_context(request, article),
            "title": "Unpublish",
            "question": "Readers will no longer find this article; its address will answer “not "
            "found”. The text stays here as a draft.",
            "button": "Unpublish",
        },
    )


def restore_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Undo a withdrawal."""
    article = _article(request, article_id, State.WITHDRAWN)
    if article is None:
        return _back(article_id)
    if request.method == "POST":
        try:
            restore(article, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Live again, in the version readers saw last.")
        except CannotPublish as error:
            messages.error(request, str(error))
        return _back(article_id)
    return render(
        request,
        "admin/articles/article/confirm.html",
        {
            **_context(request, article),
            "title": "Restore",
            "question": "The version readers saw last goes live again, under its own date.",
            "button": "Restore",
        },
    )


def _context(request: HttpRequest, article: Article) -> dict[str, object]:
    return {**admin.site.each_context(request), "article": article, "opts": Article._meta}
