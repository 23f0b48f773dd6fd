"""What is typed and not saved: taken from the open form, offered when its writer comes back.

static/js/admin/editor/autosave.js sends it; articles/drafts.py keeps it. Everybody meets only what
they typed themselves.
"""

import re
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import drafts, presence
from articles.admin.kept import fields_of, names_of
from articles.admin.presence import base_of
from articles.models import Article, Autosave, Revision
from articles.permissions import can_change
from newsroom.pages.identity import present_identity

LARGEST = 2 * 1024**2  # bytes of one form
# Tells the browser which forms were saved, so that it drops its own copies of them.
COOKIE, COOKIE_PATH, COOKIE_SECONDS = "saved-forms", "/admin/", 14 * 24 * 3600
_FORM = re.compile(r"[0-9a-f]{16,40}")


@require_http_methods(["GET", "POST"])
def autosave_view(request: HttpRequest) -> HttpResponse:
    """GET: what is kept, as a page, or (as JSON) a fresh token. POST: keep, or `forget` a key."""
    user: Any = request.user
    if not (user.has_perm("articles.add_article") or user.has_perm("articles.change_article")):
        raise PermissionDenied
    as_json = request.headers.get("Accept") == "application/json"
    if request.method == "GET":
        return _token(request) if as_json else _page(request)
    if key := request.POST.get("forget"):
        drafts.forget(user, key[:50].replace("\x00", ""))
        if as_json:
            return _token(request)
        messages.success(request, _("What was kept is thrown away."))
        return redirect("admin:articles_article_autosave")
    return _keep(request)


def _keep(request: HttpRequest) -> HttpResponse:
    """Keep one form; 413 for more than 2 MB, 400 for a form without a key."""
    user: Any = request.user
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        return JsonResponse({"error": "too large"}, status=413)
    key = request.POST.get("kept_key", "")
    if not drafts.KEY.fullmatch(key):
        return JsonResponse({"error": "no key"}, status=400)
    article = None
    if key.startswith("new-"):
        if not user.has_perm("articles.add_article"):
            raise PermissionDenied
    else:
        article = get_object_or_404(Article, pk=int(key))
        if not can_change(user, article):
            raise PermissionDenied
    sent = base_of(request)
    base = Revision.objects.filter(article=article, pk=sent).first() if article and sent else None
    at = timezone.now()
    drafts.keep(user, key, article, base, drafts.typed(request.POST), at)
    return JsonResponse({"csrf": get_token(request), "at": at.isoformat()})


def _token(request: HttpRequest) -> HttpResponse:
    """For a form opened before a new log-in; `user` tells whether it is still the same person."""
    return JsonResponse({"csrf": get_token(request), "user": request.user.pk})


def _page(request: HttpRequest) -> HttpResponse:
    """Everything kept for this person, to read and to copy; the way without JavaScript."""
    user: Any = request.user
    rows = Autosave.objects.filter(user=user).select_related("article").order_by("-at")
    if key := request.GET.get("key", "").replace("\x00", "")[:50]:
        rows = rows.filter(key=key)
    found = [{"row": row, "fields": fields_of(row)} for row in rows[: drafts.MOST]]
    return render(
        request,
        "admin/articles/article/kept_texts.html",
        {
            **admin.site.each_context(request),
            "title": _("Kept and not saved"),
            "opts": Article._meta,
            "found": found,
        },
    )


def beside(request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """What the form's template needs of all this. At most 4 queries, none for a new article's."""
    user: Any = request.user
    if article is not None and not can_change(user, article):
        return {}
    sent = request.method == "POST"  # a form with errors has the words in it already
    key = request.POST.get("kept_key", "")
    if article is not None:
        key = drafts.key_of(article)
    elif not drafts.KEY.fullmatch(key):
        key = f"new-{uuid4()}"
    rows: list[Autosave] = []
    if not sent:
        one = drafts.kept(user, key) if article else None
        rows = [one] if one else [] if article else drafts.kept_of_new(user)
    form = request.POST.get("kept_form", "")
    return {
        "keeping": {
            "key": key,
            "form": form if _FORM.fullmatch(form) else "",
            "zone": present_identity().zone.key,
            "rows": rows,
            "texts": [_offer(row) for row in rows],
            "others": presence.others(article, user, timezone.now()) if article else [],
        }
    }


def _offer(row: Autosave) -> dict[str, Any]:
    """A kept text as the script takes it; `base_revision` goes back into the form with it."""
    values = {**row.data}
    if row.article_id:
        values["base_revision"] = [str(row.base_revision_id or "")]
    form = "".join(values.pop("kept_form", []))
    values.pop("kept_key", None)
    return {
        "key": row.key,
        "id": form,
        "at": row.at.isoformat(),
        "values": values,
        "labels": names_of(row),
    }


def saved(request: HttpRequest, article: Article, response: HttpResponse) -> HttpResponse:
    """After a successful save: the server forgets its copy, the browser is told to forget its own.

    Call it on the answer to every save, inside the save's transaction.
    """
    user: Any = request.user
    for key in {drafts.key_of(article), request.POST.get("kept_key", "")}:
        if drafts.KEY.fullmatch(key):
            drafts.forget(user, key)
    form = request.POST.get("kept_form", "")
    if _FORM.fullmatch(form):
        before = request.COOKIES.get(COOKIE, "").split(".")
        forms = [*(one for one in before if _FORM.fullmatch(one)), form][-20:]
        response.set_cookie(
            COOKIE, ".".join(forms), max_age=COOKIE_SECONDS, path=COOKIE_PATH, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
