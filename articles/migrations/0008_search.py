"""The search index, empty: `prepare`, the tick and `rebuild_search` fill it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import articles.models.search

TABLES = ("articles_searchentry", "articles_deskentry")

# SQLite's full-text index only splits at spaces: what a word is was decided in Python. The terms
# stay in the entry, so that triggers can take them out of the index again. A later migration that
# makes an entry's table anew (SQLite's way to change a column) has to make its triggers anew.
SQLITE = (
    """CREATE VIRTUAL TABLE {table}_terms USING fts5(
        terms, content='{table}', content_rowid='place', columnsize=0,
        tokenize="ascii tokenchars '_^'"
    )""",
    """CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_terms(rowid, terms) VALUES (new.place, new.terms);
    END""",
    """CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN
        INSERT INTO {table}_terms({table}_terms, rowid, terms)
            VALUES ('delete', old.place, old.terms);
    END""",
    """CREATE TRIGGER {table}_changed AFTER UPDATE OF place, terms ON {table} BEGIN
        INSERT INTO {table}_terms({table}_terms, rowid, terms)
            VALUES ('delete', old.place, old.terms);
        INSERT INTO {table}_terms(rowid, terms) VALUES (new.place, new.terms);
    END""",
)
# What was written lately is read from end to end by every search until it is merged in: kept short.
POSTGRESQL = (
    """CREATE INDEX {table}_terms ON {table} USING gin (terms)
        WITH (gin_pending_list_limit = 256)""",
)
GONE = {"sqlite": "DROP TABLE {table}_terms", "postgresql": "DROP INDEX {table}_terms"}


def make(apps: Any, schema_editor: Any) -> None:
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for table in TABLES:
        for statement in statements:
            schema_editor.execute(statement.format(table=table), params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        schema_editor.execute(GONE[schema_editor.connection.vendor].format(table=table))


def _entry(of: str) -> models.OneToOneField:
    return models.OneToOneField(
        db_constraint=False,
        on_delete=django.db.models.deletion.CASCADE,
        primary_key=True,
        related_name="+",
        serialize=False,
        to=of,
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_topic_order")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("place", models.BigIntegerField(unique=True)),
                ("version", models.PositiveSmallIntegerField(db_index=True)),
                ("article", _entry("articles.publishedarticle")),
                ("weight", models.TextField()),
                ("terms", articles.models.search.TermsField()),
            ],
        ),
        migrations.CreateModel(
            name="DeskEntry",
            fields=[
                ("place", models.BigIntegerField(unique=True)),
                ("version", models.PositiveSmallIntegerField(db_index=True)),
                ("article", _entry("articles.article")),
                ("terms", articles.models.search.TermsField()),
            ],
        ),
        migrations.RunPython(make, drop),
    ]
