"""Tags as one line of names; a script turns it into chips with suggestions, and needs not."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from newsroom.lib.text import fold, tidy

MOST = 20
_NAME = re.compile(r'"([^"]*)"|([^,"]+)')


def joined(names: Iterable[str]) -> str:
    """The names as one line; a name with a comma in it stands in quotation marks."""
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


class TagInput(forms.TextInput):
    """Carries the address that suggests topics; static/js/admin/tags.js does the rest."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].update(
            {
                "data-suggest": str(reverse_lazy("admin:articles_topic_suggest")),
                "autocomplete": "off",
                "class": "vTextField",
            }
        )
        return context


class TagField(forms.CharField):
    """Names separated by commas; each once, in whatever spelling."""

    widget = TagInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Tags"),
            required=False,
            max_length=2000,
            help_text=_("Separated by commas. Another spelling of a tag finds that tag."),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        names: dict[str, str] = {}
        for quoted, plain in _NAME.findall(super().clean(value)):
            name = tidy(quoted or plain)
            if fold(name):
                if len(name) > 100:
                    raise forms.ValidationError(
                        _("“%s…” is longer than 100 characters.") % name[:40]
                    )
                names.setdefault(fold(name), name)
        if len(names) > MOST:
            raise forms.ValidationError(
                _("At most %(most)d tags; these are %(count)d.")
                % {"most": MOST, "count": len(names)}
            )
        return list(names.values())
