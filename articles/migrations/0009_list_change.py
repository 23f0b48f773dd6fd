"""When each list last changed; lists that are there get the time of their newest story or update.

What was taken from them before is not on record.
"""

from django.db import migrations, models

KINDS = [
    ("paper", "Paper"),
    ("section", "Section"),
    ("topic", "Topic"),
    ("author", "Author"),
    ("column", "Column"),
    ("series", "Series"),
    ("opinion", "Opinion"),
    ("corrections", "Corrections"),
    ("breaking", "Breaking news"),
]


def fill(kind: str, number: str, where: str = "1 = 1", places: str = "") -> str:
    """One statement for all lists of a kind; the same words on SQLite and PostgreSQL."""
    join = f"JOIN {places} place ON place.article_id = live.article_id" if places else ""
    group = "" if number == "0" else f"GROUP BY {number}"
    return (
        "INSERT INTO articles_listchange (kind, object_id, changed_at) "  # noqa: S608  (constants)
        f"SELECT '{kind}', {number}, MAX(COALESCE(live.updated_at, live.published_at)) "
        f"FROM articles_publishedarticle live {join} WHERE {where} {group} HAVING COUNT(*) > 0"
    )


FILL = [
    fill("paper", "0"),
    fill("opinion", "0", "live.is_opinion"),
    fill("corrections", "0", "live.corrections > 0"),
    fill("column", "live.column_id", "live.column_id IS NOT NULL"),
    fill("section", "place.section_id", places="articles_publishedsection"),
    fill("topic", "place.topic_id", places="articles_publishedtopic"),
    fill("author", "place.author_id", "place.author_id IS NOT NULL", "articles_publishedbyline"),
    fill("series", "place.series_id", places="articles_seriespart"),
]


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_search")]

    operations = [
        migrations.CreateModel(
            name="ListChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("object_id", models.BigIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "change of a list",
                "verbose_name_plural": "changes of lists",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id"), name="list_change_once_a_list"
                    )
                ],
                "indexes": [
                    models.Index(fields=["kind", "-changed_at"], name="list_change_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unannounced",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("object_id", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id"), name="unannounced_once_a_list"
                    )
                ]
            },
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in FILL),
    ]
