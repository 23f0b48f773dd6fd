"""Lists of the admin whose tables grow for ever: what a page costs does not grow with them."""

from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _

# Rows that are counted and can be turned to; nobody looks through more page by page.
MOST = 10_000


class Counted(Paginator[Any]):
    """Counts no further than `MOST`: to count a million rows takes half a second, each time."""

    @cached_property
    def _seen(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: MOST + 1].count())

    @property
    def goes_on(self) -> bool:
        """Whether there are more rows than can be turned to."""
        return self._seen > MOST

    @cached_property
    def count(self) -> int:
        return min(self._seen, MOST)


class LongListAdmin(admin.ModelAdmin[Any]):
    """Mixed into the admin of such a table. templates/admin/pagination.html says what is left out.

    What is done to all of a list is done to no more rows than the list says it has.
    """

    paginator = Counted
    show_full_result_count = False

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any, **more: Any
    ) -> Any:
        across = request.POST.get("select_across", "0") not in ("", "0")
        if across and Counted(queryset, 1).goes_on:
            sentence = _(
                "Nothing was done: this list has more than %(most)s rows. Choose fewer by a "
                "filter or by words."
            )
            text = sentence % {"most": number_format(MOST, force_grouping=True)}
            self.message_user(request, text, messages.ERROR)
            return None
        return super().response_action(request, queryset, *where, **more)
