"""Rows that belong to each row of a query, as a list in the same query, on either database."""

from typing import Any

from django.db.models import JSONField, Subquery


class Gathered(Subquery):
    """A list of what the subquery's column `row` (a JSONObject) holds, in the subquery's order.

    For the few rows of a page: names of tags and the like, which would be a query of their own.
    Dates come as text. An empty list where there is nothing.
    """

    output_field = JSONField()
    template = "(SELECT json_group_array(json(gathered.row)) FROM (%(subquery)s) gathered)"
    on_postgresql = (
        "(SELECT COALESCE(jsonb_agg(gathered.row), '[]'::jsonb) FROM (%(subquery)s) gathered)"
    )

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.on_postgresql)
