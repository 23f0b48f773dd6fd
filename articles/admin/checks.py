"""How strict each check before publishing is: one page with all of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import CheckLevel
from articles.publishing.checks import CHECKS, levels


class ChecksForm(forms.Form):
    """A choice for each check; those an address depends on are named and cannot be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for check in CHECKS:
            usual = gettext_lazy("Usually: {level}.")
            self.fields[check.name] = forms.ChoiceField(
                label=check.label,
                choices=CheckLevel.Level.choices,
                disabled=check.always,
                help_text=gettext_lazy("Always: without it there is no address.")
                if check.always
                else format_lazy(usual, level=check.default.label),
            )


@admin.register(CheckLevel)
class CheckLevelAdmin(admin.ModelAdmin[CheckLevel]):
    """No list of rows: every check stands on the page, chosen or not."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list is the page of each."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:articles_checklevel_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show all levels; who may change them saves all at once."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_change = self.has_change_permission(request)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        form = ChecksForm(
            request.POST if request.method == "POST" else None,
            initial=levels(),
            auto_id="check_%s",  # the article's form has its own id_headline
        )
        if request.method == "POST" and form.is_valid():
            self._keep(form.cleaned_data)
            messages.success(request, _("The checks are set."))
            return redirect("admin:articles_checklevel_changelist")
        return render(
            request,
            "admin/articles/checklevel/change_list.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Checks before publishing"),
                "opts": self.opts,
                "form": form,
                "may_change": may_change,
            },
        )

    @transaction.atomic
    def _keep(self, chosen: dict[str, str]) -> None:
        """A row where the choice differs from the default, so that a better default reaches all."""
        for check in CHECKS:
            if check.always:
                continue
            if chosen[check.name] == check.default:
                CheckLevel.objects.filter(check_name=check.name).delete()
            else:
                CheckLevel.objects.update_or_create(
                    check_name=check.name, defaults={"level": chosen[check.name]}
                )
