"""Old versions that nobody needs are thrown away; what readers have seen is kept for ever."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone

from articles.models import Article, Revision

# Every version of the last weeks is there, for whoever wants to know what happened.
KEPT_FOR = timedelta(days=90)
# And of each article the newest ones, however old.
NEWEST = 20


def prune(at: datetime | None = None, *, limit: int | None = None) -> int:
    """Delete what is older than `KEPT_FOR`; how many went. Safe to run at any time, and twice.

    Kept are versions that were ever live, that have a note, the newest `NEWEST` of each article,
    and all that anything else in the database points at. One transaction an article, whose row is
    locked, so that nothing is scheduled or published from a version that goes. `limit`: articles.
    """
    at = at or timezone.now()
    found = _spare(at).order_by("article_id").values_list("article_id", flat=True).distinct()
    return sum(_prune_one(pk, at) for pk in list(found[:limit] if limit else found))


@transaction.atomic
def _prune_one(article_id: int, at: datetime) -> int:
    if not Article.objects.select_for_update().filter(pk=article_id).order_by().exists():
        return 0
    newest = Revision.objects.filter(article=article_id).order_by("-number")
    keep = list(newest.values_list("pk", flat=True)[:NEWEST])
    spare = _spare(at).filter(article=article_id).exclude(pk__in=keep)
    # By id, so that the database plans one small deletion.
    return Revision.objects.filter(pk__in=list(spare.values_list("pk", flat=True))).delete()[0]


def _spare(at: datetime) -> QuerySet[Revision]:
    """Old, never live, without a note, and nothing points at it: no plan, link, report, change."""
    spare = Revision.objects.filter(first_live_at=None, note="", at__lt=at - KEPT_FOR)
    relations = [
        field
        for field in Revision._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignObjectRel)
    ]
    for relation in relations:
        pointing = relation.related_model._default_manager.filter(
            **{relation.field.name: OuterRef("pk")}
        )
        spare = spare.exclude(Exists(pointing))
    return spare
