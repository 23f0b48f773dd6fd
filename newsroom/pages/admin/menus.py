"""Menus: each entry leads to something of the paper, chosen from a list, or to a typed address."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.addresses.registry import kinds
from newsroom.pages.admin.ordering import OrderedInline
from newsroom.pages.models import Menu, MenuEntry
from newsroom.pages.models.menu import ADDRESS


def targets() -> list[tuple[Any, Any]]:
    """Everything a menu can lead to, grouped by kind; one query for each kind."""
    return [
        ("", _("the address typed beside")),
        *(
            (kind.label, [(f"{kind.name}:{pk}", name) for pk, name in kind.choices()])
            for kind in kinds.values()
        ),
    ]


class MenuEntryForm(forms.ModelForm[MenuEntry]):
    """One select instead of kind and id. The admin below gives it its choices, once a page."""

    target = forms.ChoiceField(label=_("leads to"), required=False)
    choices: list[tuple[Any, Any]] = []

    class Meta:
        model = MenuEntry
        fields = ["order", "target", "url", "label", "sponsored", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = self.choices
        entry = self.instance
        if entry.pk and entry.kind != ADDRESS:
            field.initial = f"{entry.kind}:{entry.object_id}"
            known = {value for _label, rows in self.choices if isinstance(rows, list)
                     for value, _name in rows}  # fmt: skip
            if field.initial not in known:
                field.choices = [*self.choices, (field.initial, _("no longer there"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        target, url = data.get("target", ""), data.get("url", "")
        if target and url:
            self.add_error("url", _("Leave the address empty, or choose “address” on its left."))
        elif target:
            self.instance.kind, _colon, pk = target.partition(":")
            self.instance.object_id = int(pk)
        else:
            self.instance.kind, self.instance.object_id = ADDRESS, None
            if not url and "url" not in self.errors:
                self.add_error("target", _("Choose what it leads to, or type an address."))
            elif not data.get("label") and "url" not in self.errors:
                self.add_error("label", _("An address needs a label."))
        return data


class MenuEntryInline(OrderedInline):
    model = MenuEntry
    form = MenuEntryForm
    fields = ["order", "target", "url", "label", "sponsored", "is_active"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = type("MenuEntryForm", (MenuEntryForm,), {"choices": targets()})
        return super().get_formset(request, obj, **{**kwargs, "form": form})


@admin.register(Menu)
class MenuAdmin(admin.ModelAdmin[Menu]):
    """Entries whose target is gone or not public are left out of the site by themselves."""

    list_display = ["title", "place", "order"]
    list_filter = ["place"]
    ordering = ["place", "order"]
    inlines = [MenuEntryInline]
