"""The archive's numbers. A new paper has a calendar at once; the tick counts what is there already."""

import django.db.models.deletion
from django.db import migrations, models


def begin(apps, schema_editor):
    if not apps.get_model("articles", "PublishedArticle").objects.exists():
        apps.get_model("articles", "Calendar").objects.create(zone="UTC", is_whole=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_slug")]

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zone", models.CharField(max_length=64, unique=True)),
                ("is_whole", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "calendar of the archive",
                "verbose_name_plural": "calendars of the archive",
            },
        ),
        migrations.CreateModel(
            name="ArchivePeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("year", "Year"), ("month", "Month"), ("day", "Day")],
                        max_length=5,
                    ),
                ),
                ("start", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="articles.calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "period of the archive",
                "verbose_name_plural": "periods of the archive",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "kind", "start"), name="archive_period_once"
                    )
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
