"""An imported draft that staff publish one day: from then on its old addresses lead to it."""

from typing import Any

from articles.exchange.models import ImportedItem
from articles.exchange.old_addresses import lead
from articles.models import PublishedArticle
from articles.signals import article_published


def connect() -> None:
    """Called once the apps are ready."""
    article_published.connect(_published, dispatch_uid="exchange.published")


def _published(sender: type[Any], article_id: int, first: bool, **kwargs: Any) -> None:
    if not first:
        return
    entry = ImportedItem.objects.filter(kind="article", object_id=article_id).first()
    row = PublishedArticle.objects.select_related("section").filter(pk=article_id).first()
    if entry and row:
        lead(entry.old_paths, row.get_absolute_url())
