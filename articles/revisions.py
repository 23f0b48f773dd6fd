"""Snapshots of the desk's copy: taken at every save, read when publishing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.models import Article, Byline, Revision
from newsroom.accounts.models import User

# Copied as they are; relations are kept by id beside them.
FIELDS = (
    "kicker", "headline", "standfirst", "body", "dateline", "kind", "section_id", "column_id",
    "language", "lead_picture_id", "lead_caption", "slug", "seo_title", "seo_description",
    "share_title", "share_text",
)  # fmt: skip


def snapshot(article: Article) -> dict[str, Any]:
    """All of the article as plain JSON. 3 queries."""
    taken: dict[str, Any] = {name: getattr(article, name) for name in FIELDS}
    taken["further_sections"] = sorted(article.further_sections.values_list("pk", flat=True))
    taken["topics"] = list(article.topic_places.order_by("pk").values_list("tag_id", flat=True))
    taken["bylines"] = list(
        Byline.objects.filter(article=article).values("author_id", "text", "role")
    )
    return taken


@transaction.atomic
def revise(
    article: Article, *, by: User | None, note: str = "", at: datetime | None = None
) -> Revision:
    """Keep the article as it stands now; the latest revision again if nothing has changed.

    Locks the article, so that two saves at once get two numbers.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    taken = snapshot(locked)
    latest = locked.latest_revision
    if latest is not None and latest.snapshot == taken:
        return latest
    number = (locked.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = Revision.objects.create(
        article=locked, number=number, snapshot=taken, note=note, by=by, at=at or timezone.now()
    )
    Article.objects.filter(pk=locked.pk).update(latest_revision=revision)
    article.latest_revision = revision
    return revision
