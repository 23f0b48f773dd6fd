"""What time will do to an article: the plan to publish is given up, an end is set or lifted."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.guard import publishable
from articles.models import Article
from articles.publishing import expire_at, unschedule
from newsroom.pages.templatetags.paper import printed
from newsroom.pages.times import PaperTimeField


class ExpiryForm(forms.Form):
    """When it leaves the readers, and what they are told then."""

    when = PaperTimeField(
        label=gettext_lazy("Leaves the readers at"),
        required=False,
        help_text=gettext_lazy("Empty: it stays."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, for readers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Left empty, they are told that its time is over."),
    )


def unschedule_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Give up the plan; the version stays saved."""
    article = publishable(request, article_id)
    if article.publish_at is None:
        messages.info(request, _("Nothing is planned any more."))
        return redirect("admin:articles_article_change", article_id)
    if request.method == "POST":
        unschedule(article, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The plan is given up. The text stays saved."))
        return redirect("admin:articles_article_change", article_id)
    return render(
        request,
        "admin/articles/article/confirm.html",
        {
            **admin.site.each_context(request),
            "article": article,
            "opts": Article._meta,
            "title": _("Do not publish by itself"),
            "question": _("It would go live %(time)s. The text stays saved; you can plan again.")
            % {"time": printed(article.publish_at)},
            "button": _("Give up the plan"),
        },
    )


def expiry_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Set the minute at which it is withdrawn as expired, or lift it."""
    article = publishable(request, article_id)
    form = ExpiryForm(
        request.POST if request.method == "POST" else None,
        initial={"when": article.withdraw_at, "reason": article.withdraw_reason},
    )
    if request.method == "POST" and form.is_valid():
        when = form.cleaned_data["when"]
        try:
            expire_at(article, by=request.user, when=when, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except ValueError as problem:
            form.add_error("when", str(problem))
        else:
            said = _("It leaves the readers %(time)s.") % {"time": printed(when)} if when else ""
            messages.success(request, said or _("It stays."))
            return redirect("admin:articles_article_change", article_id)
    return render(
        request,
        "admin/articles/article/expiry.html",
        {
            **admin.site.each_context(request),
            "article": article,
            "opts": Article._meta,
            "title": _("Expire"),
            "form": form,
        },
    )
