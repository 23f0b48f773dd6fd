"""The page on which a reader reports an error; it works alike with and without script."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import PublishedArticle
from articles.queries import find_article
from articles.reports.forms import ReportForm
from articles.reports.models import PASSAGE_LENGTH
from articles.reports.receive import receive
from newsroom.lib.open_forms import turned_back
from newsroom.lib.shedding import shed_first
from newsroom.lib.text import tidy

# Reports from one network in an hour: somebody who reads a whole paper closely sends a few.
LIMIT = 10


# No session is read here, so there is nothing a forged request could use: newsroom.lib.open_forms.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form for one live article, and at the same address its errors; success is a 303.

    The article's link names the version on the reader's screen; selecting text adds the passage.
    """
    row = find_article(article_id)
    if row is None:
        raise Http404("no such article")
    if request.method == "POST":
        return _take(request, row)
    initial = {
        "passage": tidy(request.GET.get("passage", ""))[:PASSAGE_LENGTH],
        "revision": request.GET.get("revision", "")[:20],
    }
    return _show(request, row, ReportForm(initial=initial))


def _show(
    request: HttpRequest, row: PublishedArticle, form: ReportForm, status: int = 200
) -> HttpResponse:
    context = {"article": row, "form": form}
    return render(request, "articles/reports/report.html", context, status=status)


@shed_first
def _take(request: HttpRequest, row: PublishedArticle) -> HttpResponse:
    form = ReportForm(ReportForm.typed(request.POST))
    if form.is_trapped:
        return _sent(row)
    back = turned_back(
        request,
        form,
        show=lambda status: _show(request, row, form, status),
        limit=LIMIT,
        too_many=_(
            "Several reports have come from your network in a short time. "
            "Please send this one in an hour."
        ),
    )
    if back:
        return back
    words = form.cleaned_data
    receive(
        row,
        revision_id=words["revision"],
        passage=words["passage"],
        text=words["text"],
        email=words["email"],
    )
    return _sent(row)


def _sent(row: PublishedArticle) -> HttpResponse:
    response = redirect("report_sent", row.pk)
    response.status_code = 303
    return response


@require_safe
def report_sent(request: HttpRequest, article_id: int) -> HttpResponse:
    """Where the form leads when it was accepted; reloading it sends nothing.

    Every number gets the same page; only that of a live article adds the way back to it.
    """
    context = {"article": find_article(article_id)}
    return render(request, "articles/reports/sent.html", context)
