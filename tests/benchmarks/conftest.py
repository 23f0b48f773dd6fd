"""Rows of benchmarks have numbers of their own."""

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection


@pytest.fixture(autouse=True)
def numbered_from_one(db: None) -> None:
    """PostgreSQL goes on counting where a test that was undone has stopped, and would come upon the
    numbers that benchmarks give to the many."""
    models = list(apps.get_app_config("articles").get_models())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
