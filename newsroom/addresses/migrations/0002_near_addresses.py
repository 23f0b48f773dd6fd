"""What stands beside an address in the alphabet, and what leads to one."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1000


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The last segment of every present address, a thousand at a time."""
    addresses = apps.get_model("addresses", "Address").objects.filter(is_current=True, ending="")
    last = 0
    while batch := list(addresses.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for address in batch:
            address.ending = address.path.strip("/").rpartition("/")[2][:200]
        addresses.model.objects.bulk_update(batch, ["ending"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("addresses", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="address",
            name="ending",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=200
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["target"], name="address_target"),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                condition=models.Q(("is_current", True), ("is_public", True)),
                fields=["ending"],
                name="address_ending",
            ),
        ),
    ]
