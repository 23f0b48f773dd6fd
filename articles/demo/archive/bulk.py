"""Rows by the thousand, without a model's instance for each: COPY in PostgreSQL.

Only what differs from row to row is handed over; the other columns get the model's defaults.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

# Characters read from a text at once: the driver waits for the interpreter after each.
PIECE = 1 << 20
# Kilobytes of a list of what is not yet in a GIN index; more than any batch has.
MOST = 1 << 20
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


@contextmanager
def indexed_at_once(*models_: type[models.Model]) -> Iterator[None]:
    """What is added to these tables goes into their GIN indexes at the end, sorted, in half the
    time. Inside the caller's transaction, to whose end readers of the tables wait.

    PostgreSQL collects what is new in a list and empties it when it is full; the index's own
    limit, which is small because every search reads that list, stands again afterwards.
    """
    indexes = _gin_indexes(models_) if connection.vendor == "postgresql" else []
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, _options in indexes:
            cursor.execute(f"ALTER INDEX {quote(name)} SET (gin_pending_list_limit = {MOST})")
        yield
        for name, options in indexes:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [quote(name)])
            cursor.execute(f"ALTER INDEX {quote(name)} RESET (gin_pending_list_limit)")
            if options:
                cursor.execute(f"ALTER INDEX {quote(name)} SET ({options})")


def _gin_indexes(models_: Sequence[type[models.Model]]) -> list[tuple[str, str]]:
    """Names and options as they are set."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, coalesce(array_to_string(c.reloptions, ', '), '')
                 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 JOIN pg_am a ON a.oid = c.relam JOIN pg_class t ON t.oid = i.indrelid
                WHERE a.amname = 'gin' AND t.relname = ANY(%s) AND pg_table_is_visible(t.oid)""",
            [[model._meta.db_table for model in models_]],
        )
        found: list[tuple[str, str]] = cursor.fetchall()
        return found


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
