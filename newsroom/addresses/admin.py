"""Redirects made by hand or by an import, and the old names of what was renamed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.addresses.models import MAX_PATH, Address
from newsroom.addresses.reserved import is_reserved

HOPS = 10


def lead_back(path: str, target: str) -> bool:
    """Whether following the redirects from `target` would come back to `path`."""
    for _hop in range(HOPS):
        if target == path:
            return True
        further = Address.objects.filter(path=target).exclude(target="").first()
        if further is None:
            return False
        target = further.target
    return True


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
        path = _own_path(self.cleaned_data["path"])
        if "?" not in path and not path.endswith("/"):
            path += "/"
        if path == "/" or is_reserved(path):
            raise forms.ValidationError(
                _("“%(path)s” is an address the system needs itself."), params={"path": path}
            )
        if len(path) > MAX_PATH:
            raise forms.ValidationError(_("The address is too long."))
        return path

    def clean_target(self) -> str:
        if not self.cleaned_data["target"]:
            raise forms.ValidationError(_("Type the path it leads to."))
        return _own_path(self.cleaned_data["target"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        path, target = data.get("path"), data.get("target")
        if path and target and lead_back(path, target):
            self.add_error("target", _("That would lead back to where it came from."))
        return data


def _own_path(value: str) -> str:
    """A path of this site; `//host` and `/\\host` are not."""
    if not value.startswith("/") or value.startswith("//") or "\\" in value:
        raise forms.ValidationError(_("Type a path of this site, such as /contact/."))
    if not value.isprintable() or " " in value:
        raise forms.ValidationError(_("An address has no spaces and no invisible characters."))
    return value


@admin.register(Address)
class AddressAdmin(admin.ModelAdmin[Address]):
    """Present addresses are changed where their object is edited; here they can be looked up."""

    form = RedirectForm
    list_display = ["path", "leads_to"]
    search_fields = ["path", "target"]
    list_filter = ["kind", "is_current"]
    show_full_result_count = False
    fields = ["path", "target"]

    @admin.display(description=_("leads to"))
    def leads_to(self, address: Address) -> str:
        if address.target:
            return f"→ {address.target}"
        state = _("present address") if address.is_current else _("old address")
        return f"{state}: {address.kind} {address.object_id}"

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
