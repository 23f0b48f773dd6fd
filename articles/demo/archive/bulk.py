"""Rows by the thousand, without a model's instance for each: COPY in PostgreSQL.

Only what differs from row to row is handed over; the other columns get the model's defaults.
"""

import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

# Characters read from a text at once: the driver waits for the interpreter after each.
PIECE = 1 << 20
# What has a meaning in COPY's text, the backslash first.
MEANING = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))


class Rows:
    """Rows of one table, ready to be written; to make them asks nothing of the database.

    `names` are of columns ("section_id"). Values are what the field's own `get_db_prep_value`
    gives, JSON as text. Nothing of the model's own runs: no `save`, no signal.
    """

    def __init__(
        self, model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        left = [
            field
            for field in model._meta.concrete_fields
            if not (field.column in names or field.primary_key) and field.db_default is NOT_PROVIDED
        ]
        same = tuple(map(_default, left))
        quote = connection.ops.quote_name
        columns = [*names, *(str(field.column) for field in left)]
        self.table = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
        self.width = len(columns)
        self.rows = [row + same for row in rows] if connection.vendor == "sqlite" else []
        self.text = "" if connection.vendor == "sqlite" else _text(rows, same)

    @classmethod
    def of(cls, model: type[models.Model], made: Sequence[models.Model]) -> "Rows":
        """Of instances that were never saved, every column of them."""
        fields = model._meta.concrete_fields
        rows = [
            tuple(f.get_db_prep_save(getattr(one, f.attname), connection) for f in fields)
            for one in made
        ]
        return cls(model, [str(field.column) for field in fields], rows)

    def write(self) -> None:
        """One statement. Inside the caller's transaction."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                values = ", ".join(["%s"] * self.width)
                cursor.executemany(f"INSERT INTO {self.table} VALUES ({values})", self.rows)  # noqa: S608  (names of ours)
            else:
                cursor.copy_expert(f"COPY {self.table} FROM STDIN", StringIO(self.text), PIECE)


def _text(rows: Sequence[tuple[Any, ...]], same: tuple[Any, ...]) -> str:
    """As COPY reads it."""
    end = "".join(f"\t{_value(value)}" for value in same)
    return "".join(["\t".join(map(_value, row)) + end + "\n" for row in rows])


def _value(value: Any) -> str:
    if value is None:
        return r"\N"
    text = str(value)
    if isinstance(value, str):
        for character, written in MEANING:
            if character in text:
                text = text.replace(character, written)
    return text


def _default(field: "models.Field[Any, Any]") -> Any:
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value
