"""What earlier rows say in the new columns: which revisions were live, how far the desk was."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    article = apps.get_model("articles", "Article")
    revision = apps.get_model("articles", "Revision")
    history = apps.get_model("articles", "History")
    change = apps.get_model("articles", "Change")
    numbers = revision.objects.filter(pk=OuterRef("revision_id")).values("number")
    history._base_manager.filter(revision_id__isnull=False).update(
        revision_number=Subquery(numbers)
    )
    headlines = article.objects.filter(pk=OuterRef("article_id")).values("headline")
    history._base_manager.update(label=Subquery(headlines))
    first = (
        history._base_manager.filter(verb="publish", revision_id=OuterRef("pk"))
        .order_by("at")
        .values("at")[:1]
    )
    seen = history._base_manager.filter(verb="publish", revision_id__isnull=False)
    revision.objects.filter(pk__in=seen.values("revision_id")).update(first_live_at=Subquery(first))
    published = article.objects.filter(first_published_at__isnull=False)
    published.update(workflow="approved")
    rows = published.filter(live_revision__isnull=False).values_list(
        "pk", "live_revision_id", "first_published_at"
    )
    change.objects.bulk_create(
        [
            change(article_id=pk, revision_id=live, kind="first", at=at)
            for pk, live, at in rows.iterator(chunk_size=1000)
        ],
        batch_size=500,
    )
    moved = published.filter(live_revision__isnull=False, updated_at__gt=F("first_published_at"))
    for pk, live, at in moved.values_list("pk", "live_revision_id", "updated_at"):
        change.objects.create(article_id=pk, revision_id=live, kind="update", at=at)
    apps.get_model("articles", "PublishedArticle").objects.filter(
        updated_at__gt=F("published_at")
    ).update(changes=1)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_desk")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
