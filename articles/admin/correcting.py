"""A correction without a new text: what was wrong, told on the version readers see."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.guard import publishable
from articles.models import Article, Change
from articles.publishing import CannotPublish
from articles.publishing.correct import TEXT_LENGTH, correct
from newsroom.pages.templatetags.paper import printed


class EarlierField(forms.ModelChoiceField[Change]):
    """A standing correction, by its time and its first words."""

    def label_from_instance(self, obj: Change) -> str:
        return f"{printed(obj.at)}: {Truncator(obj.text).chars(80)}"


class CorrectForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What was wrong, and what is right"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy(
            "Readers see it on the article, under “Corrections” and in their feed, for good."
        ),
        error_messages={"required": gettext_lazy("Say what was wrong; readers see it.")},
    )
    supersedes = EarlierField(
        label=gettext_lazy("Takes the place of"),
        queryset=Change.objects.none(),
        required=False,
        empty_label=gettext_lazy("no earlier correction"),
        help_text=gettext_lazy("The earlier one stays on record and is no longer shown."),
        error_messages={
            "invalid_choice": gettext_lazy("That correction has been replaced already.")
        },
    )

    def __init__(self, *args: object, article: Article, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        standing = Change.objects.filter(article=article).corrections()
        if standing.exists():
            self.fields["supersedes"].queryset = standing  # type: ignore[attr-defined]
        else:
            del self.fields["supersedes"]


def correct_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for the words; the text itself is changed in the form and published as a correction."""
    article = publishable(request, article_id)
    if not article.is_live:
        messages.warning(request, _("Readers do not see this article: nothing to correct."))
        return redirect("admin:articles_article_change", article_id)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        initial={"supersedes": request.GET.get("supersedes", "")},
        article=article,
    )
    if request.method == "POST" and form.is_valid():
        try:
            change = correct(
                article,
                by=request.user,  # type: ignore[arg-type]
                text=form.cleaned_data["text"],
                supersedes=form.cleaned_data.get("supersedes"),
            )
        except CannotPublish as refusal:
            for field, sentence in refusal.problems.items():
                form.add_error(field if field in form.fields else None, sentence)
        else:
            address = f"{article.published.get_absolute_url()}#correction-{change.pk}"
            words = format_html(
                '{} <a href="{}">{}</a>', _("Corrected."), address, _("View on site")
            )
            messages.success(request, words)
            return redirect("admin:articles_article_change", article_id)
    return render(
        request,
        "admin/articles/article/correct.html",
        {
            **admin.site.each_context(request),
            "article": article,
            "opts": Article._meta,
            "title": _("Correct"),
            "form": form,
            "standing": Change.objects.filter(article=article).corrections(),
        },
    )
