"""The previous release runs on while the database has the new release's schema.

`released_migrations.txt` names the migrations of the previous release; who makes a release writes
it anew. What came since is judged operation by operation (docs/operating/rolling-deploys.md).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED, Field

RELEASED = Path(__file__).with_name("released_migrations.txt")
# Migrations that break the rule and may, each with its reason.
EXCEPTIONS: dict[str, str] = {}
DANGEROUS_SQL = re.compile(r"\b(DROP|RENAME|SET NOT NULL|ALTER COLUMN|TRUNCATE)\b", re.I)


def released() -> set[tuple[str, str]]:
    names = RELEASED.read_text(encoding="utf-8").split()
    return {(label, name) for label, _dot, name in (each.partition(".") for each in names)}


def in_the_database(operations: list[Operation]) -> Iterator[Operation]:
    """Those that touch it: what only changes the models' state does not."""
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from in_the_database(operation.database_operations)
        else:
            yield operation


def judge(operation: Operation, label: str, before: ProjectState, old: ProjectState) -> str:
    """Why the previous release would fail; empty if it would not.

    `before` is what stands when the operation comes, `old` what the previous release knows.
    """
    if isinstance(operation, migrations.RunSQL):
        dangerous = DANGEROUS_SQL.search(str(operation.sql))
        return "SQL that may take something away" if dangerous else ""
    if isinstance(operation, migrations.RenameModel | migrations.AlterModelTable):
        name = getattr(operation, "old_name", "") or operation.name
        return f"{name} is renamed" if (label, name.lower()) in old.models else ""
    if isinstance(operation, migrations.DeleteModel):
        known = (label, operation.name.lower()) in old.models
        return f"{operation.name} is deleted, and the previous release reads it" if known else ""
    model = getattr(operation, "model_name", "").lower()
    if (label, model) not in old.models:
        return ""  # nobody but the new release knows the table
    knows = old.models[label, model].fields
    if isinstance(operation, migrations.RemoveField) and operation.name in knows:
        return f"{model}.{operation.name} is removed, and the previous release reads it"
    if isinstance(operation, migrations.RenameField) and operation.old_name in knows:
        return f"{model}.{operation.old_name} is renamed"
    if isinstance(operation, migrations.AddField) and _must_be_given(operation.field):
        return f"{model}.{operation.name} needs db_default or null: the previous release gives none"
    if isinstance(operation, migrations.AlterField) and operation.name in knows:
        narrower = _narrower(before.models[label, model].fields[operation.name], operation.field)
        return f"{model}.{operation.name} {narrower}" if narrower else ""
    if isinstance(operation, migrations.AddConstraint | migrations.RemoveConstraint):
        return f"a constraint of {model} changes under rows that the previous release writes"
    return ""


def _must_be_given(field: "Field[object, object]") -> bool:
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def _narrower(old: "Field[object, object]", new: "Field[object, object]") -> str:
    """What a column takes no more."""
    if old.null and not new.null:
        return "takes no NULL any more"
    if new.unique and not old.unique:
        return "must be unique"
    if old.db_default is not NOT_PROVIDED and _must_be_given(new):
        return "loses its db_default"
    if type(old) is not type(new) and old.db_type(connection) != new.db_type(connection):
        return "has another type"
    if (new.max_length or 10**9) < (old.max_length or 10**9):
        return "takes less"
    return ""


def test_the_previous_release_runs_on_the_new_schema() -> None:
    loader = MigrationLoader(None)
    known = released()
    assert known <= set(loader.disk_migrations), "a released migration is gone"
    old = loader.project_state([key for key in known if _is_last(key, known)])
    wrong = {}
    for key, migration in loader.disk_migrations.items():
        label, name = key
        if not _is_ours(migration) or key in known or f"{label}.{name}" in EXCEPTIONS:
            continue
        before = loader.project_state([key], at_end=False)
        for operation in in_the_database(migration.operations):
            if why := judge(operation, label, before, old):
                wrong[f"{label}.{name}"] = why
    assert wrong == {}, "see docs/operating/rolling-deploys.md"


def test_every_exception_is_a_migration_that_came_since() -> None:
    names = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    assert set(EXCEPTIONS) <= names - {".".join(key) for key in released()}


def _is_ours(migration: migrations.Migration) -> bool:
    return type(migration).__module__.startswith(("newsroom.", "articles.", "newsletter."))


def _is_last(key: tuple[str, str], among: set[tuple[str, str]]) -> bool:
    return key == max(other for other in among if other[0] == key[0])


WORD = models.CharField(max_length=200)
ALLOWED = [
    migrations.AddField("section", "shade", models.CharField(max_length=9, null=True)),
    migrations.AddField("section", "shade", models.CharField(max_length=9, db_default="")),
    migrations.AddField("section", "friends", models.ManyToManyField("articles.section")),
    migrations.CreateModel("Shade", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddIndex("section", models.Index(fields=["slug"], name="section_slug_again")),
    migrations.AlterField("section", "name", models.CharField("title", max_length=400)),
    migrations.RemoveField("section", "never_released"),
    migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveField("section", "name")]
    ),
    migrations.RunSQL("CREATE INDEX section_quick ON articles_section (slug)"),
]
REFUSED = [
    migrations.AddField("section", "shade", models.CharField(max_length=9)),
    migrations.AddField("section", "shade", models.CharField(max_length=9, default="red")),
    migrations.RemoveField("section", "name"),
    migrations.RenameField("section", "name", "title"),
    migrations.AlterField("section", "name", models.CharField(max_length=2)),
    migrations.AlterField("section", "name", models.IntegerField()),
    migrations.AlterField("section", "name", models.CharField(max_length=400, unique=True)),
    migrations.DeleteModel("Section"),
    migrations.RenameModel("Section", "Department"),
    migrations.AlterModelTable("Section", "departments"),
    migrations.AddConstraint(
        "section", models.UniqueConstraint(fields=["name"], name="section_name_once")
    ),
    migrations.RunSQL("ALTER TABLE articles_section DROP COLUMN name"),
    migrations.SeparateDatabaseAndState([migrations.RemoveField("section", "name")]),
]


@pytest.mark.parametrize("operation", [*ALLOWED, *REFUSED], ids=lambda each: each.describe()[:60])
def test_what_the_previous_release_would_not_survive_is_found(operation: Operation) -> None:
    known = released()
    old = MigrationLoader(None).project_state([key for key in known if _is_last(key, known)])
    found = [judge(each, "articles", old, old) for each in in_the_database([operation])]
    assert any(found) == (operation in REFUSED)
