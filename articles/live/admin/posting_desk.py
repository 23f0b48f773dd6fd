"""The posting desk: a form that fits a phone, and below it the posts with what can be done."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.live.admin.form import PostForm
from articles.live.admin.guard import coverage_for
from articles.live.closing import coverage_of
from articles.live.models import Coverage, LivePost
from articles.live.permissions import can_cover, can_reopen
from articles.live.posting import post
from articles.live.reading import beyond, key_of
from articles.models import Article, PublishedArticle
from articles.models.kinds import Kind
from articles.permissions import can_publish
from newsroom.lib.pagination import Key, parse_key
from newsroom.media.models import Picture

POSTS = 30
FOUND = 12


def of_article_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """From an article to its desk; the coverage is made when there is none."""
    article = get_object_or_404(Article.objects.defer("body"), pk=min(article_id, 2**63 - 1))
    if not can_cover(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    return redirect("admin:live_coverage_desk", coverage_of(article).pk)


def desk_view(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """A post that cannot be taken comes back as it was typed, with a sentence that says why."""
    user: Any = request.user
    coverage = coverage_for(request, coverage_id)
    if request.method != "POST":
        return _show(request, coverage, PostForm.fresh(user, coverage))
    if "_find" in request.POST:  # a browser without script looks for a picture
        return _show(request, coverage, PostForm.fresh(user, coverage, request.POST.dict()))
    form = PostForm(user, coverage, None, request.POST, request.FILES)
    if form.is_valid():
        taken = form.cleaned_data
        try:
            made = post(
                coverage, by=user, words=form.words(), is_key=taken["is_key"],
                is_pinned=taken["is_pinned"], token=taken["token"],
            )  # fmt: skip
        except (ValueError, ValidationError) as refusal:
            form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        else:
            return _posted(request, made)
    return _show(request, coverage, form)


def _posted(request: HttpRequest, made: LivePost) -> HttpResponse:
    """`kept` tells the script that what it kept in the browser has arrived."""
    link = made.get_absolute_url()
    if _published(made.coverage):
        said = format_html('{} <a href="{}">{}</a>', _("Posted."), link, _("See it"))
        messages.success(request, said)
    else:
        messages.success(request, _("Kept. Readers see it once the article is live."))
    address = reverse("admin:live_coverage_desk", args=[made.coverage_id])
    return redirect(f"{address}?kept=live-{made.coverage_id}")


def _published(coverage: Coverage) -> PublishedArticle | None:
    """The article as readers have it, if it is of this kind to them."""
    rows = PublishedArticle.objects.filter(pk=coverage.article_id, kind=Kind.LIVE)
    return rows.select_related("section").defer("body", "text").first()


def _show(request: HttpRequest, coverage: Coverage, form: PostForm) -> HttpResponse:
    user: Any = request.user
    before = parse_key(request.GET.get("before"))
    posts, older = _page(coverage, before)
    if before and not posts:
        raise Http404("no such page")
    edits_all = can_publish(user, coverage.article)
    count = LivePost.objects.filter(coverage=coverage, deleted_at=None).count()
    found = request.POST.get("q", "") if "_find" in request.POST else ""
    context = {
        **admin.site.each_context(request),
        "title": coverage.article.headline,
        "opts": Coverage._meta,
        "coverage": coverage,
        "form": form,
        "posts": [(one, edits_all or one.posted_by_id == user.pk) for one in posts],
        "before": before,
        "older": older,
        "count": ngettext("%d post", "%d posts", count) % count,
        "published": _published(coverage),
        "may_reopen": can_reopen(user, coverage),
        "pictures": look_for(found) if found else [],
        "q": found,
    }
    return render(request, "admin/live/coverage/desk.html", context)


def _page(coverage: Coverage, before: Key | None) -> tuple[list[LivePost], Key | None]:
    """The posts, deleted ones among them, and the key of the next page; one query."""
    posts = LivePost.objects.filter(beyond(before, None), coverage=coverage)
    posts = posts.select_related("author", "picture", "posted_by").order_by("-at", "-pk")
    found = list(posts[: POSTS + 1])
    return found[:POSTS], key_of(found[POSTS - 1]) if len(found) > POSTS else None


def pictures_view(request: HttpRequest) -> HttpResponse:
    """What the library has for `?q=`, as radio buttons; the newest without a word."""
    if not request.user.has_perms(["media.view_picture", "live.add_livepost"]):
        raise PermissionDenied
    found = look_for(request.GET.get("q", ""))
    return render(request, "admin/live/coverage/pictures.html", {"pictures": found})


def look_for(words: str) -> "QuerySet[Picture]":
    """Pictures in which every word stands somewhere; one query."""
    pictures = Picture.objects.all()
    for word in words.replace("\x00", "").split()[:6]:
        pictures = pictures.filter(
            Q(title__icontains=word)
            | Q(caption__icontains=word)
            | Q(keywords__icontains=word)
            | Q(photographer__icontains=word)
        )
    return pictures.order_by("-pk")[:FOUND]
