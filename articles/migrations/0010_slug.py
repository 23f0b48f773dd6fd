"""Articles are found by the words of their address when its number was lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_list_change")]

    operations = [
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(
                fields=["slug"], name="published_slug", opclasses=["varchar_pattern_ops"]
            ),
        ),
    ]
