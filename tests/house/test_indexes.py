"""Each index has its reason: none that another begins with, which would be written for nothing."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

OURS = [app.label for app in apps.get_app_configs()
        if app.name.split(".")[0] in ("articles", "newsletter", "newsroom")]  # fmt: skip


def tables() -> Iterator[type[models.Model]]:
    """Without those that Django makes for a field of many to many, which has them its own way."""
    for label in OURS:
        yield from apps.get_app_config(label).get_models()


@pytest.mark.django_db
def test_no_index_begins_another() -> None:
    found = []
    with connection.cursor() as cursor:
        for model in tables():
            partial = {
                each.name for each in (*model._meta.indexes, *model._meta.constraints)
                if getattr(each, "condition", None) is not None
            }  # fmt: skip
            told = {
                name: each
                for name, each in connection.introspection.get_constraints(
                    cursor, model._meta.db_table
                ).items()
                # PostgreSQL's own for beginnings of words is of another kind.
                if name not in partial and not name.endswith("_like") and each["columns"]
            }
            for name, one in told.items():
                for other, more in told.items():
                    is_written = more["index"] or more["unique"]
                    begins = more["columns"][: len(one["columns"])] == one["columns"]
                    if one["index"] and not one["unique"] and is_written and begins:
                        found += [f"{name} begins {other}"] if name != other else []
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_the_indexes_that_are_dropped_come_back_when_the_migration_is_undone() -> None:
    table = "articles_publishedtopic"

    def alone() -> list[str]:
        with connection.cursor() as cursor:
            told = connection.introspection.get_constraints(cursor, table)
        return sorted(
            each["columns"][0] for each in told.values()
            if each["index"] and not each["unique"] and len(each["columns"]) == 1
        )  # fmt: skip

    present = MigrationExecutor(connection).loader.graph.leaf_nodes()
    assert alone() == []
    try:
        MigrationExecutor(connection).migrate([("articles", "0012_topic_children")])
        assert alone() == ["article_id", "topic_id"]
    finally:
        MigrationExecutor(connection).migrate(present)
    assert alone() == []
