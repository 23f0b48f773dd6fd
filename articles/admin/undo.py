"""Undoing what was just done to several articles: a page that asks, then what came of it."""

from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from articles.publishing.undo import acts_of, look, undo

NAMED = 12


def undo_view(request: HttpRequest, batch: UUID) -> HttpResponse:
    """For who did it, and for the chief. Only what nobody touched since; the others are named."""
    user = request.user
    acts = acts_of(batch)
    if not acts or not user.has_perm("articles.change_article"):
        raise Http404
    if acts[0].by_id != user.pk and not user.has_perm("articles.publish_everywhere"):
        raise PermissionDenied
    if request.method != "POST":
        found = look(batch, by=user)  # type: ignore[arg-type]
        context = {
            **admin.site.each_context(request),
            "title": _("Undo"),
            "opts": Article._meta,
            "act": acts[0],
            "back": [one for one in found if not one.why_not],
            "left": [one for one in found if one.why_not],
        }
        return render(request, "admin/articles/article/undo.html", context)
    found = undo(batch, by=user)  # type: ignore[arg-type]
    done = sum(not one.why_not for one in found)
    if done:
        words = ngettext("Undone for %d article.", "Undone for %d articles.", done) % done
        messages.success(request, words)
    _warn(request, _("Left as they are."), [(one.act.label, one.why_not) for one in found])
    _warn(request, _("Undone in part."), [(one.act.label, one.lost) for one in found])
    return redirect("admin:articles_article_changelist")


def _warn(request: HttpRequest, title: str, named: list[tuple[str, str]]) -> None:
    """The articles of which there is something to say, the first of them by name."""
    said = [(label[:90], words) for label, words in named if words]
    if said:
        lines = format_html_join(" · ", "<bdi>{}</bdi>: {}", said[:NAMED])
        more = f" (+{len(said) - NAMED})" if len(said) > NAMED else ""
        messages.warning(request, format_html("{} {}{}", title, lines, more))
