"""The report of near-twins: what looks alike, why, and what to do about it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.admin.topic_merges import done_line
from articles.admin.topic_pages import check, number, page_context, sent, topic_of
from articles.models import NotTwins, Topic
from articles.topics.likeness import REASONS, Spelling, part_of, rest_of
from articles.topics.twins import Twins, articles_on, report, say_no_twins, take_back
from newsroom.lib.text import fold

A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A pair as the page shows it; `parts` is what the longer name could be split into."""

    first: Topic
    second: Topic
    counts: tuple[tuple[int, int], tuple[int, int]]
    why: str
    longer: Topic | None = None
    parts: tuple[str, ...] = ()

    @property
    def sides(self) -> list[tuple[Topic, tuple[int, int]]]:
        return [(self.first, self.counts[0]), (self.second, self.counts[1])]


@require_safe
def twins_view(request: HttpRequest) -> HttpResponse:
    """50 pairs a page, `?q=` those with a word in a name; 9 queries when the report is stored."""
    check(request)
    pairs = report()
    asked = fold(request.GET.get("q", "")[:100])
    if asked:
        named = set(
            Topic.objects.present().filter(folded__contains=asked).values_list("pk", flat=True)
        )
        pairs = [pair for pair in pairs if pair.first in named or pair.second in named]
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("p"))
    context = {
        **page_context(request, _("Near-twins")),
        "page": page,
        "rows": rows_of(list(page.object_list)),
        "q": request.GET.get("q", "")[:100],
        "apart": NotTwins.objects.count(),
        "done": done_line(request),
    }
    return render(request, "admin/articles/topic/twins.html", context)


def rows_of(pairs: list[Twins]) -> list[Row]:
    """The pairs with names and counts; 4 queries."""
    ids = {pk for pair in pairs for pk in (pair.first, pair.second)}
    topics = Topic.objects.prefetch_related("aliases").in_bulk(ids)
    counts = articles_on(ids)
    rows = []
    for pair in pairs:
        if pair.first not in topics or pair.second not in topics:
            continue
        one, other = topics[pair.first], topics[pair.second]
        # The topic with more articles stands first: it is the one that stays, unless one says so.
        if counts[other.pk] > counts[one.pk]:
            one, other = other, one
        longer, parts = _parts(one, other) if pair.why == "words" else (one, ())
        why = str(REASONS[pair.why])
        both = (counts[one.pk], counts[other.pk])
        rows.append(Row(one, other, both, why, longer if parts else None, parts))
    return rows


def _parts(one: Topic, other: Topic) -> tuple[Topic, tuple[str, ...]]:
    """The longer name and what it says: "Netanyahu Putin" beside "Putin", or one of its names."""
    for short, long in ((one, other), (other, one)):
        whole = Spelling(long.name)
        for name in (short.name, *(alias.name for alias in short.aliases.all())):
            if part_of(Spelling(name), whole):
                rest = rest_of(Spelling(name), whole)
                leads = fold(long.name).startswith(fold(rest))
                return long, (rest, short.name) if leads else (short.name, rest)
    return one, ()


def apart_view(request: HttpRequest) -> HttpResponse:
    """The pairs said to be no twins; a POST with `first` and `second` adds one."""
    check(request)
    if request.method == "POST":
        first, second = topic_of(request.POST.get("first")), topic_of(request.POST.get("second"))
        if first == second:
            raise Http404
        say_no_twins(first, second, by=request.user)  # type: ignore[arg-type]
        words = _("“%(first)s” and “%(second)s” are two topics, and not named again.")
        messages.success(request, words % {"first": first, "second": second})
        return redirect(
            reverse("admin:articles_topic_twins")
            + (f"?p={p}" if (p := number(sent(request, "p"))) else "")
        )
    said = NotTwins.objects.select_related("first", "second", "by").order_by("-at", "-pk")
    page = Paginator(said, A_PAGE).get_page(request.GET.get("p"))
    context = {**page_context(request, _("Not twins")), "page": page}
    return render(request, "admin/articles/topic/apart.html", context)


@require_POST
def revoke_view(request: HttpRequest, pair_id: int) -> HttpResponse:
    """The pair may be reported again."""
    check(request)
    said = get_object_or_404(NotTwins.objects.select_related("first", "second"), pk=pair_id)
    take_back(said)
    words = _("“%(first)s” and “%(second)s” may be reported as near-twins again.")
    messages.success(request, words % {"first": said.first, "second": said.second})
    return redirect("admin:articles_topic_apart")
