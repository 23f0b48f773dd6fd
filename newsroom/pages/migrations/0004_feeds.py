"""What feeds carry of a story, and who coins the ids of their items."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from newsroom.pages.models.identity import tag_authority


def coin(apps: Any, schema_editor: Any) -> None:
    """A paper that is there already coins under its present address from today on."""
    rows = apps.get_model("pages", "SiteSettings").objects.filter(tag_authority="")
    rows.update(tag_authority=tag_authority(timezone.now().date()))


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_policies")]

    operations = [
        migrations.AddField(
            "sitesettings",
            "feed_text",
            models.CharField(
                choices=[
                    ("extract", "An extract, with the way to the story"),
                    ("full", "The whole text"),
                ],
                db_default="extract",
                default="extract",
                help_text="What RSS, Atom and JSON feeds carry of each story.",
                max_length=7,
                verbose_name="stories in feeds",
            ),
        ),
        migrations.AddField(
            "sitesettings",
            "tag_authority",
            models.CharField(db_default="", default="", editable=False, max_length=270),
        ),
        migrations.RunPython(coin, migrations.RunPython.noop),
    ]
