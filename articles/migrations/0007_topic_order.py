"""Tags of an article keep their order in a column; topics know how they sound."""

from typing import Any

from django.db import migrations, models

from newsroom.lib.latin import sounds


def hear(apps: Any, schema_editor: Any) -> None:
    for name in ("Topic", "TopicAlias"):
        model = apps.get_model("articles", name)
        heard = []
        for one in model.objects.only("name").iterator(chunk_size=1000):
            one.sounds = sounds(one.name)
            heard.append(one)
        model.objects.bulk_update(heard, ["sounds"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_fronts_topics_series")]

    operations = [
        migrations.AddField("articletopic", "order", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterModelOptions(
            "articletopic",
            {
                "ordering": ["order", "pk"],
                "verbose_name": "topic of an article",
                "verbose_name_plural": "topics of articles",
            },
        ),
        migrations.AlterModelOptions("publishedtopic", {"ordering": ["order", "pk"]}),
        migrations.AddField(
            "topic", "sounds", models.CharField(default="", editable=False, max_length=300)
        ),
        migrations.AddField(
            "topicalias", "sounds", models.CharField(default="", editable=False, max_length=300)
        ),
        migrations.RunPython(hear, migrations.RunPython.noop, elidable=True),
    ]
