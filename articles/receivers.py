"""Bookkeeping that must happen whoever saves: addresses, and what is stored of names."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from articles.models import (
    Author,
    AuthorLink,
    Column,
    ColumnAuthor,
    PublishedArticle,
    PublishedTopic,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.models.kinds import Kind
from articles.series import is_public, refresh
from newsroom.addresses.book import claim, release
from newsroom.cache.generations import hold, touch
from newsroom.pages.models import SiteSettings

KINDS: dict[type[models.Model], str] = {
    Section: "section",
    Topic: "topic",
    Author: "author",
    Column: "column",
    Series: "series",
}


def connect() -> None:
    """Called once the apps are ready."""
    for model in KINDS:
        post_save.connect(_named_saved, sender=model, dispatch_uid=f"articles.saved.{model}")
        post_delete.connect(_named_deleted, sender=model, dispatch_uid=f"articles.gone.{model}")
    post_save.connect(_part_changed, sender=SeriesPart, dispatch_uid="articles.part.saved")
    post_delete.connect(_part_changed, sender=SeriesPart, dispatch_uid="articles.part.gone")
    post_save.connect(_paper_saved, sender=SiteSettings, dispatch_uid="articles.paper")
    for model in (AuthorLink, ColumnAuthor):
        post_save.connect(_detail_changed, sender=model, dispatch_uid=f"articles.detail.{model}")
        post_delete.connect(_detail_changed, sender=model, dispatch_uid=f"articles.less.{model}")


def _named_saved(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A new slug moves the address; the old one keeps leading here. Raises AddressTaken."""
    if raw:
        return
    with transaction.atomic():
        hold()  # or the topic's first article goes live between the question and the answer
        public = True
        if sender is Topic:
            public = PublishedTopic.objects.filter(topic_id=instance.pk).exists()
        elif sender is Series:
            public = is_public(instance.pk)
        path = instance.get_absolute_url()
        claim(KINDS[sender], instance.pk, path, label=instance.name, public=public)
        if sender is Author and not kwargs.get("created"):
            _renamed_author(instance)
        _touch(sender)


def _named_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    release(KINDS[sender], instance.pk)
    _touch(sender)


def _touch(sender: type[Any]) -> None:
    """The report of near-twins (articles/topics/twins.py) has a generation of its own."""
    touch("articles", "chrome", *(["topics"] if sender is Topic else []))


def _detail_changed(sender: type[Any], **kwargs: Any) -> None:
    touch("articles")


def _part_changed(sender: type[Any], instance: SeriesPart, raw: bool = False, **kw: Any) -> None:
    """The first live part gives a series its page."""
    if raw:
        return
    with transaction.atomic():
        hold()
        refresh([instance.series_id])
        touch("articles", "chrome")


def _paper_saved(sender: type[Any], instance: SiteSettings, **kwargs: Any) -> None:
    """Editorials that name nobody carry the paper’s name (publishing/rows.py) and follow it."""
    own = PublishedArticle.objects.filter(kind=Kind.EDITORIAL, bylines=None)
    if own.exclude(byline_line=instance.name).update(byline_line=instance.name):
        touch("articles")


def _renamed_author(author: Author) -> None:
    """Cards carry the byline as one line of text; write it anew where the name stands in it."""
    from articles.publishing.rows import byline_line

    rows = PublishedArticle.objects.filter(bylines__author=author).distinct()
    for row in rows.select_related("revision").iterator(chunk_size=200):
        taken = row.revision.snapshot
        ids = [line["author_id"] for line in taken["bylines"] if line["author_id"]]
        line = byline_line(taken, Author.objects.in_bulk(ids))
        if line != row.byline_line:
            PublishedArticle.objects.filter(pk=row.pk).update(byline_line=line)
