"""Choosing a row of another table in the admin, by typing a few letters of its name."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

LARGEST_ID = 2**63 - 1


class RowSelect(AutocompleteSelect):
    """The stock one asks the database for whatever the address or the form says: for "abc", too."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._can_be(one)], attr)

    def _can_be(self, value: str) -> bool:
        key: Any = self.field.remote_field.model._meta.pk
        try:
            return bool(-LARGEST_ID <= key.to_python(value) <= LARGEST_ID)
        except (TypeError, ValidationError):
            return False


class ChoosesRows(BaseModelAdmin[Any]):
    """For every admin and inline with `autocomplete_fields`: what is no number chooses nothing,
    and the form says so."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
