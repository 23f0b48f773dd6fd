"""Rows that staff put in order: by dragging, by the keyboard, or by typing the number."""

from typing import Any

from django.contrib import admin
from django.forms import Media
from django.forms.widgets import Script

from newsroom.lib.choosing import ChoosesRows


class OrderedInline(ChoosesRows, admin.TabularInline[Any, Any]):
    """A tabular inline whose `order` field gets handles and buttons by static/js/admin/ordering.js.

    Without script the number field does the same.
    """

    classes = ["ordered"]
    ordering = ["order", "pk"]
    extra = 0

    @property
    def media(self) -> Media:
        own = Media(
            css={"all": ["css/admin/ordering.css"]},
            js=[Script("js/admin/ordering.js", type="module")],  # type: ignore[list-item]
        )
        return super().media + own
