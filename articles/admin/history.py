"""What was done to an article and in the whole paper; with filter and CSV."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.acts import act_name, acts_for, told
from articles.admin.acts_form import ActsForm
from articles.admin.revisions import page_context, visible_article
from articles.models import Article, History, Revision
from newsroom.lib.long_lists import LongListAdmin
from newsroom.lib.sheets import BYTE_ORDER, lines

A_PAGE = 100
HEADINGS = (
    "time_utc", "act", "in_words", "article", "headline", "version", "by", "note", "details",
)  # fmt: skip


@require_safe
def history_view(request: HttpRequest, article_id: int) -> HttpResponseBase:
    """One article's acts, for whoever may read the article."""
    article = visible_article(request, article_id)
    acts = History.objects.filter(article=article).select_related("by")
    context = page_context(request, article, _("History"))
    return _answer(request, acts, ActsForm(request.GET, article=article), context, article)


@admin.register(History)
class HistoryAdmin(LongListAdmin, admin.ModelAdmin[History]):
    """The whole paper's acts: the chief reads all, section editors those of their sections."""

    fields = ("at", "verb", "label", "revision_number", "by", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[History]:
        return acts_for(request.user)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: History | None = None) -> bool:
        user = request.user
        allowed = user.is_staff and user.has_perm("articles.publish_article")
        if not allowed or obj is None:
            return allowed
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method not in {"GET", "HEAD"} or not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": capfirst(str(self.opts.verbose_name_plural)),
        }
        return _answer(request, self.get_queryset(request), ActsForm(request.GET), context)


def _answer(
    request: HttpRequest,
    acts: QuerySet[History],
    form: ActsForm,
    context: dict[str, Any],
    article: Article | None = None,
) -> HttpResponseBase:
    """A page of acts, newest first, or with `?format=csv` all that fit as a file."""
    acts = form.narrowed(acts).order_by("-at", "-pk")
    if request.GET.get("format") == "csv" and not form.errors:
        return _file(acts, f"history-{article.pk}" if article else "history")
    version = Revision.objects.filter(
        article=OuterRef("article_id"), number=OuterRef("revision_number")
    )
    acts = acts.annotate(
        there=Exists(Article.objects.filter(pk=OuterRef("article_id"))), kept=Exists(version)
    )
    shown = list(_before(request, acts)[: A_PAGE + 1])
    query = {key: form.data[key] for key in form.fields if form.data.get(key)}
    more = shown[A_PAGE - 1] if len(shown) > A_PAGE else None
    context |= {
        "article": article,
        "form": form,
        "rows": [(act, act_name(act.verb), told(act)) for act in shown[:A_PAGE]],
        "narrowed": bool(query),
        "older": urlencode({**query, "before": more.pk}) if more else "",
        "first": "before" not in request.GET,
        "all_of_query": urlencode(query),
    }
    return render(request, "admin/articles/article/acts.html", context)


def _before(request: HttpRequest, acts: QuerySet[History]) -> QuerySet[History]:
    """The acts after the one where the page before ended; 404 for what is no such act."""
    raw = request.GET.get("before", "")
    if not raw:
        return acts
    if not (raw.isascii() and raw.isdigit() and len(raw) < 19):
        raise Http404
    last = acts.filter(pk=int(raw)).first()
    if last is None:
        raise Http404
    return acts.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


def _file(acts: QuerySet[History], name: str) -> StreamingHttpResponse:
    def rows() -> Iterator[tuple[object, ...]]:
        for act in acts.iterator(chunk_size=1000):
            yield (
                act.at.astimezone(UTC).isoformat(timespec="seconds"), act.verb, act_name(act.verb),
                act.article_id or "", act.label, act.revision_number or "",
                act.by.name or act.by.email if act.by else "", act.note, " ".join(told(act)),
            )  # fmt: skip

    def whole() -> Iterator[str]:
        yield BYTE_ORDER
        yield from lines(HEADINGS, rows())

    response = StreamingHttpResponse(whole(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{timezone.localdate():%Y%m%d}.csv"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
