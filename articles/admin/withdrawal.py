"""The buttons that take an article from the readers, each with a page that asks first."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Tombstone
from articles.models.kinds import State, WithdrawalKind
from articles.permissions import can_publish
from articles.publishing import CannotPublish, restore, unpublish, withdraw

# What each kind is for, beside its name.
MEANINGS = {
    WithdrawalKind.ERROR: gettext_lazy("It should not have gone out. The address answers 410."),
    WithdrawalKind.LEGAL: gettext_lazy("A court or a claim forbids it. The address answers 451."),
    WithdrawalKind.RETRACTION: gettext_lazy(
        "The paper no longer stands by it. The address answers 410."
    ),
    WithdrawalKind.EXPIRED: gettext_lazy("Its time or a right is over. The address answers 410."),
}


class WithdrawForm(forms.Form):
    """Why, for the status of the address and for readers."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[(kind.value, kind.label) for kind in MEANINGS],
        initial=WithdrawalKind.ERROR.value,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, for readers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say why the article is withdrawn; readers will see it.")
        },
    )


def _article(request: HttpRequest, article_id: int, state: State) -> Article | None:
    """The article if this person may, None when it is not in that state any more."""
    article = get_object_or_404(Article, pk=article_id)
    if not can_publish(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    if article.state != state:
        messages.warning(
            request, _("Nothing was changed: someone has acted on this article already.")
        )
        return None
    return article


def _back(article_id: int) -> HttpResponse:
    return redirect("admin:articles_article_change", article_id)


def withdraw_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for kind and reason; then 410 or 451 at the address, gone from every list."""
    article = _article(request, article_id, State.LIVE)
    if article is None:
        return _back(article_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind = WithdrawalKind(form.cleaned_data["kind"] or WithdrawalKind.ERROR)
        withdraw(article, by=request.user, reason=form.cleaned_data["reason"], kind=kind)  # type: ignore[arg-type]
        messages.success(
            request, _("Withdrawn. The address now gives your reason; “Restore” brings it back.")
        )
        return _back(article_id)
    return render(
        request,
        "admin/articles/article/withdraw.html",
        {
            **_context(request, article),
            "title": _("Withdraw"),
            "form": form,
            "kinds": zip(form["kind"], MEANINGS.values(), strict=True),
        },
    )


def unpublish_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Back to a draft, as if it had not been published."""
    article = _article(request, article_id, State.LIVE)
    if article is None:
        return _back(article_id)
    if request.method == "POST":
        unpublish(article, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("It is a draft again; readers no longer see it."))
        return _back(article_id)
    return render(
        request,
        "admin/articles/article/confirm.html",
        {
            **_context(request, article),
            "title": _("Unpublish"),
            "question": _(
                "Readers will no longer find this article; its address will answer “not found”. "
                "The text stays here as a draft."
            ),
            "button": _("Unpublish"),
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
            messages.success(request, _("Live again, in the version readers saw last."))
        except CannotPublish as error:
            messages.error(request, str(error))
        return _back(article_id)
    return render(
        request,
        "admin/articles/article/confirm.html",
        {
            **_context(request, article),
            "title": _("Restore"),
            "question": _("The version readers saw last goes live again, under its own date."),
            "tombstone": Tombstone.objects.filter(pk=article.pk).first(),
            "button": _("Restore"),
        },
    )


def _context(request: HttpRequest, article: Article) -> dict[str, object]:
    return {**admin.site.each_context(request), "article": article, "opts": Article._meta}
