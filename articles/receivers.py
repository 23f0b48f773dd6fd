"""Bookkeeping that must happen whoever saves: addresses, and what is stored of names."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from articles import list_changes
from articles.archive import counting, keeping
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
    TopicAlias,
)
from articles.models.kinds import Kind
from articles.series import is_public, refresh
from articles.share_cards import forget
from articles.signals import article_withdrawn
from newsroom.addresses.book import claim, path_of, release
from newsroom.cache.generations import hold, touch
from newsroom.cache.purging import purge
from newsroom.cache.tags import watch
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
    watch(PublishedArticle, "article")
    for model, kind in KINDS.items():
        watch(model, kind)
    for model in KINDS:
        post_save.connect(_named_saved, sender=model, dispatch_uid=f"articles.saved.{model}")
        post_delete.connect(_named_deleted, sender=model, dispatch_uid=f"articles.gone.{model}")
    post_save.connect(_part_changed, sender=SeriesPart, dispatch_uid="articles.part.saved")
    post_delete.connect(_part_changed, sender=SeriesPart, dispatch_uid="articles.part.gone")
    post_save.connect(_paper_saved, sender=SiteSettings, dispatch_uid="articles.paper")
    article_withdrawn.connect(_withdrawn, dispatch_uid="articles.share_card")
    for signal in (post_save, post_delete):
        signal.connect(_alias_changed, sender=TopicAlias, dispatch_uid="articles.alias")
    for model in (AuthorLink, ColumnAuthor):
        post_save.connect(_detail_changed, sender=model, dispatch_uid=f"articles.detail.{model}")
        post_delete.connect(_detail_changed, sender=model, dispatch_uid=f"articles.less.{model}")


def _withdrawn(article_id: int, **kwargs: Any) -> None:
    forget(article_id)


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
        kind, path = KINDS[sender], instance.get_absolute_url()
        had = path_of(kind, instance.pk) if sender is Section else path
        renamed = claim(kind, instance.pk, path, label=instance.name, public=public)
        if had and had != path:
            keeping.moved(instance)
        if not kwargs.get("created"):
            if sender is Author:
                _renamed_author(instance)
            if renamed:
                lists = {(kind, instance.pk), *_lists_that_name(instance)}
                list_changes.note(lists, joined=())
        _touch(sender)
        _purge(sender, instance)


def _lists_that_name(instance: Any) -> set[list_changes.List]:
    """Where cards carry the name or the address: of a section, a column, an author; one query."""
    live = PublishedArticle.objects.all()
    if isinstance(instance, Section):
        named = live.filter(section=instance)
    elif isinstance(instance, Column):
        named = live.filter(column=instance)
    elif isinstance(instance, Author):
        named = live.filter(bylines__author=instance)
    else:
        return set()
    return list_changes.lists_of(named.values("pk"))


def _named_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    release(KINDS[sender], instance.pk)
    list_changes.forget(KINDS[sender], instance.pk)
    _touch(sender)
    _purge(sender, instance)


def _purge(sender: type[Any], instance: Any) -> None:
    """Pages that show all of a kind, or what stands under a topic, may have one more or less."""
    if sender is Section:
        purge("sections")
    elif sender is Column:
        purge("columns")
    elif sender is Topic and instance.parent_id:
        purge(f"topics-under:{instance.parent_id}")


def _touch(sender: type[Any]) -> None:
    """The report of near-twins (articles/topics/twins.py) has a generation of its own."""
    touch("articles", "chrome", *(["topics"] if sender is Topic else []))


def _alias_changed(sender: type[Any], **kwargs: Any) -> None:
    touch("topics")


def _detail_changed(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    touch("articles")
    purge(f"author:{instance.author_id}")
    if sender is ColumnAuthor:
        purge(f"column:{instance.column_id}")


def _part_changed(sender: type[Any], instance: SeriesPart, raw: bool = False, **kw: Any) -> None:
    """The first live part gives a series its page."""
    if raw:
        return
    with transaction.atomic():
        hold()
        refresh([instance.series_id])
        if PublishedArticle.objects.filter(pk=instance.article_id).exists():
            list_changes.note([("series", instance.series_id)])
            purge(f"article:{instance.article_id}")
        touch("articles", "chrome")


@transaction.atomic
def _paper_saved(sender: type[Any], instance: SiteSettings, **kwargs: Any) -> None:
    """Editorials that name nobody carry the paper’s name (publishing/rows.py) and follow it; the
    archive follows its zone."""
    hold()
    counting.follow(instance.zone.key)
    own = PublishedArticle.objects.filter(kind=Kind.EDITORIAL, bylines=None)
    other = own.exclude(byline_line=instance.name)
    lists = list_changes.lists_of(other.values("pk"))
    ids = list(other.values_list("pk", flat=True))
    if other.update(byline_line=instance.name):
        purge(*(f"article:{pk}" for pk in ids))
        list_changes.note(lists, joined=())
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
            purge(f"article:{row.pk}")
