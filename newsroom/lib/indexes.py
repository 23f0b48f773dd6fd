"""Foreign keys without an index of their own, where another index begins with them."""

from typing import Any

from django.db.migrations import AlterField


class DropOwnIndex(AlterField):
    """To `db_index=False`, by dropping the index and nothing else.

    Django's own operation writes the whole table anew on SQLite: minutes for the lists of a large
    archive, in which nobody can publish.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            column = model._meta.get_field(self.name).column
            named = {index.name for index in model._meta.indexes}
            for name in schema_editor._constraint_names(
                model, [column], index=True, unique=False, exclude=named
            ):
                schema_editor.execute(schema_editor._delete_index_sql(model, name))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            field = model._meta.get_field(self.name)
            schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))

    def describe(self) -> str:
        return f"Drop the index of {self.name} on {self.model_name}, with which another begins"
