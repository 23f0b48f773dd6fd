"""Redirects made by hand, by an import or from a file, and the old names of what was renamed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsroom.addresses import sheet
from newsroom.addresses.book import names_of
from newsroom.addresses.following import End, ends_of
from newsroom.addresses.models import Address
from newsroom.addresses.redirects import NotLaid, bring_along, last_ones
from newsroom.addresses.registry import kinds
from newsroom.addresses.typed import NoAddress, old_path, target_path
from newsroom.lib.long_lists import LongListAdmin

FAULTS = 30


class RedirectForm(forms.ModelForm[Address]):
    """A redirect from one path of this site to another."""

    class Meta:
        model = Address
        fields = ["path", "target"]
        help_texts = {
            "path": _("The old address, without the site's name: /old/page/"),
            "target": _("The path it leads to, on this site: /contact/"),
        }

    def clean_path(self) -> str:
        try:
            return old_path(self.cleaned_data["path"])
        except NoAddress as error:
            raise forms.ValidationError(str(error)) from error

    def clean_target(self) -> str:
        if not self.cleaned_data["target"]:
            raise forms.ValidationError(_("Type the path it leads to."))
        try:
            return target_path(self.cleaned_data["target"])
        except NoAddress as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Past what leads on already; a circle is an error."""
        data = super().clean() or self.cleaned_data
        if "path" in data and "target" in data:
            try:
                path, target = data["path"], data["target"]
                data["target"] = last_ones({path: target})[path]
            except NotLaid as error:
                self.add_error(None, str(error))
        return data


class StateFilter(admin.SimpleListFilter):
    """Redirects apart from the addresses of what is here and was here."""

    title = _("what it is")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("redirect", gettext("Redirects")),
            ("old", gettext("Old addresses")),
            ("present", gettext("Present addresses")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Address]) -> QuerySet[Address]:
        if self.value() == "redirect":
            return queryset.exclude(target="")
        if self.value() in ("old", "present"):
            return queryset.filter(target="", is_current=self.value() == "present")
        return queryset


class KindFilter(admin.SimpleListFilter):
    """By what kind of thing the addresses belong to."""

    title = _("kind")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.name, str(kind.label)) for kind in kinds.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Address]) -> QuerySet[Address]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class SheetForm(forms.Form):
    """A file of redirects."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV in UTF-8 with two columns: the old address, and where it leads. All of it is "
            "taken in, or nothing."
        ),
    )


@admin.register(Address)
class AddressAdmin(LongListAdmin, admin.ModelAdmin[Address]):
    """Present addresses are changed where their object is edited; here they can be looked up."""

    form = RedirectForm
    list_display = ["path", "leads_to", "ends_at"]
    search_fields = ["path", "target"]
    list_filter = [StateFilter, KindFilter]
    fields = ["path", "target"]

    @admin.display(description=_("leads to"))
    def leads_to(self, address: Address) -> str:
        if address.target:
            return f"→ {address.target}"
        kind = kinds[address.kind].label if address.kind in kinds else address.kind
        name = getattr(address, "name", "") or address.label
        state = _("present address") if address.is_current else _("old address")
        return f"{state}: {kind} {name}" if name else f"{state}: {kind}"

    @admin.display(description=_("ends at"))
    def ends_at(self, address: Address) -> SafeString | str:
        """Where a reader arrives; the whole page of the list is asked for at once."""
        if address.is_current:
            return ""
        end: End = getattr(address, "end", None) or ends_of([address.path])[address.path]
        if not end.path:
            return _alarm(gettext("It leads in a circle."))
        if end.is_dead:
            return _alarm(gettext("Nothing is there: %s") % end.path)
        return format_html('<a href="{}"><bdi>{}</bdi></a>', end.path, end.path)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With the end of every address that is shown, and of old ones the present name of what
        they belonged to; a few queries for all of them."""
        changelist = super().get_changelist_instance(request)
        rows: list[Address] = list(changelist.result_list)
        old = [row for row in rows if not row.is_current]
        ends = ends_of(row.path for row in old)
        names = names_of((row.kind, row.object_id) for row in old if row.object_id)
        for row in old:
            row.end = ends.get(row.path)  # type: ignore[attr-defined]
            row.name = names.get((row.kind, row.object_id or 0), "")  # type: ignore[attr-defined]
        changelist.result_list = rows
        return changelist

    def save_model(self, request: HttpRequest, obj: Address, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        bring_along({obj.path: obj.target})

    def has_change_permission(self, request: HttpRequest, obj: Address | None = None) -> bool:
        """Only redirects; what leads to an object follows the object."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.kind)

    def has_delete_permission(self, request: HttpRequest, obj: Address | None = None) -> bool:
        """Redirects and old addresses, one at a time; never the present address of something."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.is_current)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    # --- a whole table of them

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("import/", wrap(self.take_in), name="addresses_address_import"),
            path("export/", wrap(self.export), name="addresses_address_export"),
        ]
        return [*own, *super().get_urls()]

    def take_in(self, request: HttpRequest) -> HttpResponse:
        """The redirects of a file; what is wrong is said line by line, and nothing was changed."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = SheetForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                laid = sheet.take_in(file.read(sheet.MOST_BYTES + 1))
            except sheet.Faulty as error:
                for fault in error.faults[:FAULTS]:
                    form.add_error("file", str(fault))
                if (more := len(error.faults) - FAULTS) > 0:
                    form.add_error("file", ngettext("And %d more.", "And %d more.", more) % more)
            else:
                told = gettext(
                    "Redirects: %(made)d made, %(changed)d changed, %(unchanged)d as they were."
                )
                messages.success(request, told % vars(laid))
                if laid.nowhere:
                    self._warn_of(request, laid.nowhere)
                return redirect("admin:addresses_address_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Take in redirects"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/addresses/address/import.html", context)

    def _warn_of(self, request: HttpRequest, nowhere: list[str]) -> None:
        """What was taken in and leads to nothing."""
        count = len(nowhere)
        told = ngettext(
            "Nothing is at %(count)d address that they lead to: %(some)s",
            "Nothing is at %(count)d addresses that they lead to: %(some)s",
            count,
        ) % {"count": count, "some": " ".join(nowhere[:FAULTS])}
        messages.warning(request, told if count <= FAULTS else f"{told} …")

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """All redirects as the same kind of file, with where each ends."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = StreamingHttpResponse(sheet.rows(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="redirects.csv"'
        return response


def _alarm(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text)
