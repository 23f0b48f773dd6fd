"""Forms of things with an address of their own: the slug follows the name and is checked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from articles.receivers import KINDS
from newsroom.addresses.book import AddressTaken, check_free
from newsroom.lib.slugs import slugify


class AddressedForm(forms.ModelForm[Any]):
    """Left empty, the address follows the name; a taken one is an error beside the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        model: type[models.Model] = self._meta.model
        slug = slugify(cleaned.get("slug") or cleaned.get("name") or "", fallback="")
        if not slug and "name" in cleaned and "slug" not in self.errors:
            self.add_error("slug", ValidationError("Give an address with letters or digits in it."))
        if slug and "slug" in self.fields:
            cleaned["slug"] = slug
            probe = model(slug=slug)
            try:
                check_free(KINDS[model], self.instance.pk, probe.get_absolute_url())  # type: ignore[attr-defined]
            except AddressTaken as error:
                self.add_error("slug", str(error))
        return cleaned
