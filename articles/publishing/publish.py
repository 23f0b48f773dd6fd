"""Publish: make one revision the version readers see."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Article, PublishedArticle, Revision, Tombstone
from articles.models.kinds import State
from articles.publishing import rows
from articles.publishing.checks import CannotPublish, problems
from articles.publishing.log import record
from articles.signals import article_published
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User | None,
    revision: Revision | None = None,
    at: datetime | None = None,
    updated: bool = False,
) -> PublishedArticle:
    """Make `revision` (default: the latest) live; one transaction, all or nothing.

    `at` (default now) is the time of the first publication, later that of the update. `updated`
    tells readers of an update; without it a change is silent. Raises CannotPublish, having changed
    nothing.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    hold()
    revision = revision or locked.latest_revision
    if revision is None or revision.article_id != locked.pk:
        raise ValueError("publish needs a revision of this article")
    if found := problems(revision.snapshot):
        raise CannotPublish(found)
    now = timezone.now().replace(microsecond=0)
    first = locked.first_published_at is None
    if first:
        locked.first_published_at = (at or now).replace(microsecond=0)
    elif updated:
        locked.updated_at = (at or now).replace(microsecond=0)
    row = rows.write(
        locked,
        revision,
        published_at=locked.first_published_at or now,
        updated_at=locked.updated_at,
    )
    locked.state = State.LIVE
    locked.live_revision = revision
    locked.publish_at = None
    locked.scheduled_revision = None
    locked.save(
        update_fields=[
            "state", "live_revision", "publish_at", "scheduled_revision",
            "first_published_at", "updated_at",
        ]
    )  # fmt: skip
    Tombstone.objects.filter(pk=locked.pk).delete()
    record("publish", locked, by=by, at=now, revision=revision)
    touch("articles", "chrome")  # a topic's first live article makes its menu entry appear
    transaction.on_commit(
        lambda: article_published.send(sender=Article, article_id=locked.pk, first=first)
    )
    article.refresh_from_db(fields=["state", "live_revision", "first_published_at", "updated_at"])
    return row
