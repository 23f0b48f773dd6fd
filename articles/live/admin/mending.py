"""What is done to posts that are there, and to the coverage: edit, delete, mark, close, reopen."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.live.admin.form import PostForm
from articles.live.admin.guard import coverage_for, post_for
from articles.live.admin.posting_desk import look_for
from articles.live.closing import close, reopen
from articles.live.models import Coverage, LivePost
from articles.live.permissions import can_reopen
from articles.live.posting import Overtaken, bring_back, delete, edit, mark
from newsroom.lib.pagination import parse_key


def edit_view(request: HttpRequest, post_id: int) -> HttpResponse:
    """Two editors on one post: the second sees what the first saved, beside their own words."""
    user: Any = request.user
    found = post_for(request, post_id)
    theirs = None
    if request.method != "POST":
        form = PostForm.of(user, found)
    elif "_find" in request.POST:
        form = PostForm(user, found.coverage, found, initial=request.POST.dict())
    else:
        form = PostForm(user, found.coverage, found, request.POST, request.FILES)
        if form.is_valid():
            try:
                edit(found, by=user, words=form.words(), base=form.cleaned_data["base"])
            except Overtaken as overtaken:
                theirs = overtaken.post
                form = _over(form, theirs)
            except (ValueError, ValidationError) as refusal:
                said = refusal if isinstance(refusal, ValidationError) else str(refusal)
                form.add_error(None, said)
            else:
                messages.success(request, _("Saved. Readers have the new words."))
                return _back(found, f"?kept=post-{found.pk}#row-{found.pk}")
    words = request.POST.get("q", "") if "_find" in request.POST else ""
    context = {
        **admin.site.each_context(request),
        "title": _("Edit the post"),
        "opts": Coverage._meta,
        "coverage": found.coverage,
        "post": found,
        "theirs": theirs,
        "form": form,
        "pictures": look_for(words) if words else [],
        "q": words,
    }
    return render(request, "admin/live/coverage/post.html", context)


def _over(form: PostForm, theirs: LivePost) -> PostForm:
    """The same words on top of the version that is there now, so that saving again decides."""
    form.data = {**form.data.dict(), "base": str(theirs.version)}  # type: ignore[attr-defined]
    return form


@require_POST
def act_view(request: HttpRequest, post_id: int) -> HttpResponse:
    """One press beside a post. Nothing is asked: each can be taken back by the next press."""
    user: Any = request.user
    found = post_for(request, post_id)
    act = request.POST.get("act", "")
    try:
        if act == "delete":
            delete(found, by=user)
            messages.success(request, _("Deleted. It can be brought back below."))
        elif act == "bring_back":
            bring_back(found, by=user)
            messages.success(request, _("It is back in its place."))
        elif act in {"key", "not_key"}:
            mark(found, key=act == "key")
        elif act in {"pin", "unpin"}:
            mark(found, pinned=act == "pin")
        else:
            messages.error(request, _("Nothing was changed."))
    except ValueError as refusal:
        messages.error(request, str(refusal))
    before = parse_key(request.POST.get("before") or None)
    return _back(found, f"{f'?before={before}' if before else ''}#row-{found.pk}")


def _back(found: LivePost, tail: str) -> HttpResponse:
    return redirect(reverse("admin:live_coverage_desk", args=[found.coverage_id]) + tail)


@require_POST
def state_view(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Close, for who may post; open again, for who publishes in the section."""
    user: Any = request.user
    coverage = coverage_for(request, coverage_id)
    act = request.POST.get("act", "")
    if act == "close":
        close(coverage, by=user)
        messages.success(request, _("The coverage is closed. Open pages say so and stop asking."))
    elif act == "reopen":
        if not can_reopen(user, coverage):
            raise PermissionDenied
        reopen(coverage, by=user)
        messages.success(request, _("The coverage is open again."))
    else:
        messages.error(request, _("Nothing was changed."))
    return redirect("admin:live_coverage_desk", coverage.pk)
