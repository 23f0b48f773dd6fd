"""The page on which the desk decides a report, and the button that opens it again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.models import Change
from articles.publishing import CannotPublish
from articles.publishing.correct import TEXT_LENGTH
from articles.reports.admin.showing import Showing
from articles.reports.closing import AlreadyClosed, close, reopen
from articles.reports.models import ErrorReport
from articles.reports.permissions import outcomes_for
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

Outcome = ErrorReport.Outcome
TOLD = {
    Outcome.CORRECTED: gettext_lazy("Closed. Readers see the correction."),
    Outcome.MENDED: gettext_lazy("Closed as mended."),
    Outcome.NO_ERROR: gettext_lazy("Closed: no error."),
    Outcome.SPAM: gettext_lazy("Closed as spam. Nobody is answered."),
}


class Correction(forms.ModelChoiceField[Change]):
    """One of the corrections that stand, by its first words."""

    def label_from_instance(self, obj: Change) -> str:
        return f"{printed(obj.at)}: {excerpt(obj.text, 120)}"


class CloseForm(forms.Form):
    """What was decided, the correction it led to, and what the reader is told."""

    outcome = forms.ChoiceField(label=gettext_lazy("What was it?"), widget=forms.RadioSelect)
    change = Correction(
        label=gettext_lazy("A correction that is published already"),
        queryset=Change.objects.none(),
        required=False,
        empty_label=gettext_lazy("None of these: I write it below"),
        widget=forms.RadioSelect,
    )
    correction = forms.CharField(
        label=gettext_lazy("A correction, for readers"),
        help_text=gettext_lazy(
            "What was wrong and what is right. It is published under the article, on the page of "
            "corrections and in its feed. Mend the text itself in the article."
        ),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
    )
    reply = forms.BooleanField(
        label=gettext_lazy("Tell the reader by e-mail what came of it"),
        required=False,
        initial=True,
    )
    answer = forms.CharField(
        label=gettext_lazy("A sentence of your own to the reader"),
        help_text=gettext_lazy("Optional. The mail says the outcome and leads to what changed."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, report: ErrorReport, outcomes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome, change = self.fields["outcome"], self.fields["change"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101  (for the type checker)
        assert isinstance(change, Correction)  # noqa: S101
        outcome.choices = [(choice.value, capfirst(choice.label)) for choice in outcomes]
        corrections = Change.objects.filter(article=report.article_id).corrections()
        if Outcome.CORRECTED not in outcomes:
            del self.fields["change"], self.fields["correction"]
        elif latest := corrections.first():
            change.queryset = corrections
            if latest.at >= report.created_at:
                change.initial = latest.pk
                outcome.initial = Outcome.CORRECTED
        else:
            del self.fields["change"]
        if not report.email:
            del self.fields["reply"], self.fields["answer"]

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("outcome") != Outcome.CORRECTED or "correction" in self.errors:
            return
        if data.get("change") and data.get("correction", "").strip():
            self.add_error("correction", _("Choose one, or write one: not both."))
        elif not data.get("change") and not data.get("correction", "").strip():
            self.add_error("correction", _("Say what was wrong; readers see it."))


def close_view(request: HttpRequest, report_id: int) -> HttpResponse:
    """Decide one report; what may be decided depends on who asks and on the article."""
    report = _report(request, report_id)
    user: Any = request.user
    outcomes = outcomes_for(user, report)
    if not outcomes:
        raise PermissionDenied
    if report.is_closed:
        return _already(request, report)
    form = CloseForm(request.POST or None, report=report, outcomes=outcomes)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        outcome = Outcome(data["outcome"])
        try:
            report = close(
                report,
                by=user,
                outcome=outcome,
                change=data.get("change"),
                correction=data.get("correction", ""),
                answer=data.get("answer", ""),
                reply=data.get("reply", False),
            )
        except AlreadyClosed:
            return _already(request, report)
        except CannotPublish as error:
            form.add_error("correction" if "correction" in form.fields else None, str(error))
        else:
            admin.site.get_model_admin(ErrorReport).log_change(
                request, report, [{"changed": {"fields": ["outcome"]}}]
            )
            messages.success(request, str(TOLD[outcome]))
            return redirect("admin:reports_errorreport_changelist")
    shown = Showing()
    context = {
        **admin.site.each_context(request),
        "title": _("Close the report"),
        "opts": ErrorReport._meta,
        "report": report,
        "form": form,
        "passage": shown.where(report),
        "article_links": shown.article_links(report),
    }
    return render(request, "admin/reports/errorreport/close.html", context)


@require_POST
def reopen_view(request: HttpRequest, report_id: int) -> HttpResponse:
    """Back into the queue, in the hands of who pressed the button."""
    report = _report(request, report_id)
    user: Any = request.user
    needed = Outcome.SPAM if report.outcome in {"", Outcome.SPAM} else Outcome.MENDED
    if needed not in outcomes_for(user, report):
        raise PermissionDenied
    reopen(report, by=user)
    messages.success(request, _("It is in the queue again, in your hands."))
    return redirect("admin:reports_errorreport_change", report.pk)


def _report(request: HttpRequest, report_id: int) -> ErrorReport:
    if not request.user.has_perm("reports.change_errorreport"):
        raise PermissionDenied
    reports = ErrorReport.objects.select_related("article", "revision")
    return get_object_or_404(reports, pk=min(report_id, 2**63 - 1))


def _already(request: HttpRequest, report: ErrorReport) -> HttpResponse:
    messages.warning(request, _("Nothing was changed: the report has been closed already."))
    return redirect("admin:reports_errorreport_change", report.pk)
