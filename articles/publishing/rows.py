"""Writing the published rows of one article from a snapshot; called by the verbs alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, Model, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import list_changes
from articles.archive import keeping
from articles.body.render import prepare
from articles.models import (
    Article,
    Author,
    Change,
    Column,
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    Revision,
    Section,
    Topic,
)
from articles.models.kinds import OPINION_KINDS, ChangeKind, Kind
from articles.publishing.checks import CannotPublish
from articles.related import complete
from articles.search import index
from articles.series import refresh_of
from articles.topics import standing
from newsroom.addresses.book import set_public
from newsroom.lib.html import plain_text
from newsroom.lib.slugs import slugify
from newsroom.lib.text import tidy, word_count
from newsroom.media.models import Picture
from newsroom.pages.identity import present_identity

COPIED = (
    "kicker", "standfirst", "dateline", "kind", "language", "section_id", "lead_caption",
    "seo_title", "seo_description", "share_title", "share_text",
)  # fmt: skip

# What is published under a time that is longer ago may stand anywhere in a list.
AT_THE_HEAD = timedelta(minutes=1)


def write(
    article: Article, revision: Revision, *, published_at: datetime, updated_at: datetime | None
) -> PublishedArticle:
    """Write or replace every row readers see of this article. Inside the caller's transaction.

    What an older revision names may be deleted since: it is left out, but without its section an
    article has no address, and CannotPublish is raised.
    """
    taken = revision.snapshot
    authors = authors_of(taken)
    sections = dict.fromkeys([taken["section_id"], *taken["further_sections"]])
    present_sections = _present(Section, *sections)
    if taken["section_id"] not in present_sections:
        raise CannotPublish({"section": _("The section of this version is no longer there.")})
    changes = Change.objects.filter(article=article)
    before = _seen(article)
    row, _made = PublishedArticle.objects.update_or_create(
        article=article,
        defaults={
            **values(taken, authors),
            "revision": revision,
            "published_at": published_at,
            "updated_at": updated_at,
            "changes": changes.exclude(kind=ChangeKind.FIRST).count(),
            "corrections": changes.corrections().count(),
        },
    )
    row.section_places.all().delete()
    PublishedSection.objects.bulk_create(
        PublishedSection(article=row, section_id=pk, published_at=published_at)
        for pk in sections
        if pk in present_sections
    )
    were_on = set(row.topic_places.values_list("topic_id", flat=True))
    present = standing(taken["topics"])
    row.topic_places.exclude(topic_id__in=present).delete()
    # A topic that stays keeps its row, so that undoing a merge knows it again.
    PublishedTopic.objects.bulk_create(
        [
            PublishedTopic(article=row, topic_id=pk, order=order, published_at=published_at)
            for order, pk in enumerate(present)
        ],
        update_conflicts=True,
        unique_fields=["article", "topic"],
        update_fields=["order", "published_at"],
    )
    row.bylines.all().delete()
    PublishedByline.objects.bulk_create(
        PublishedByline(
            article=row,
            author=authors.get(line["author_id"]),
            text="" if line["author_id"] in authors else tidy(line["text"]),
            role=line["role"],
            order=order,
            published_at=published_at,
        )
        for order, line in enumerate(taken["bylines"])
        if line["author_id"] in authors or tidy(line["text"])
    )
    index([article.pk])
    refresh_topics(were_on | {*present})
    refresh_of([article.pk])
    now = _seen(article)
    if now != before:  # the same version again is no change to readers
        joined = now.lists - before.lists
        late = published_at < timezone.now() - AT_THE_HEAD
        moved = before.published_at != now.published_at
        left = before.lists if moved else before.lists - now.lists
        list_changes.note(before.lists | now.lists, joined=joined, left=left, deep=late)
        keeping.refresh(before.published_at, now.published_at)
    return row


class _Seen(NamedTuple):
    """What readers have of an article, as far as lists can change with it."""

    row: tuple[Any, ...] | None
    lists: set[list_changes.List]

    @property
    def published_at(self) -> datetime | None:
        return self.row[0] if self.row else None


def _seen(article: Article) -> _Seen:
    """2 queries, one where readers have nothing."""
    names = ("published_at", "revision_id", "updated_at", "byline_line")
    row = PublishedArticle.objects.filter(pk=article.pk).values_list(*names).first()
    return _Seen(row, list_changes.lists_of([article.pk]) if row else set())


def values(taken: Mapping[str, Any], authors: Mapping[int, Author]) -> dict[str, Any]:
    """The columns of a published row that follow from a snapshot; previews show them unsaved."""
    text = plain_text(taken["body"])
    return {
        **{name: taken[name] for name in COPIED},
        "slug": slugify(taken["slug"] or taken["headline"]),
        "headline": tidy(taken["headline"]),
        "body": prepare(taken["body"]),
        "text": text,
        "words": word_count(text),
        "byline_line": byline_line(taken, authors),
        "is_opinion": taken["kind"] in OPINION_KINDS,
        "column_id": next(iter(_present(Column, taken["column_id"])), None),
        "lead_picture_id": next(iter(_present(Picture, taken["lead_picture_id"])), None),
        "first_author": _first_person(taken, authors),
        "related": complete(taken)["related"],
        # Older snapshots do not say.
        "show_versions": taken.get("show_versions", True),
    }


def remove(article: Article) -> None:
    """Delete every row readers see of this article, and with them its entry in the search index.

    Inside the caller's transaction.
    """
    before = _seen(article)
    lists = before.lists
    topics = [pk for kind, pk in lists if kind == list_changes.Kind.TOPIC]
    PublishedArticle.objects.filter(pk=article.pk).delete()
    refresh_topics(topics)
    refresh_of([article.pk])
    list_changes.note(lists, joined=(), left=lists)
    keeping.refresh(before.published_at)


def refresh_topics(ids: "set[int] | list[int]") -> None:
    """Let menus link to those of the topics that have a live article, and only to those.

    One place of each topic is looked for: a popular topic may have a hundred thousand.
    """
    place = PublishedTopic.objects.filter(topic=OuterRef("pk"))
    live = set(Topic.objects.filter(Exists(place), pk__in=ids).values_list("pk", flat=True))
    set_public("topic", live, True)
    set_public("topic", set(ids) - live, False)


def byline_line(taken: Mapping[str, Any], authors: Mapping[int, Author]) -> str:
    """The names of the writers in one line, for cards and feeds; other roles only if alone.

    An editorial that names nobody is the paper's own and carries its name.
    """
    lines = [line for line in taken["bylines"] if not line["role"]] or taken["bylines"][:1]
    names = [
        authors[line["author_id"]].name if line["author_id"] in authors else tidy(line["text"])
        for line in lines
    ]
    line = ", ".join(name for name in names if name)[:400]
    if not line and taken["kind"] == Kind.EDITORIAL:
        return present_identity().name
    return line


def _present(model: type[Model], *ids: int | None) -> set[int]:
    """Those of the ids that still have a row; no query when there is none to look for."""
    wanted = [pk for pk in ids if pk]
    if not wanted:
        return set()
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))


def authors_of(taken: Mapping[str, Any]) -> dict[int, Author]:
    """The authors of a snapshot's byline that are still there; one query."""
    ids = [line["author_id"] for line in taken["bylines"] if line["author_id"]]
    return Author.objects.in_bulk(ids) if ids else {}


def _first_person(taken: Mapping[str, Any], authors: Mapping[int, Author]) -> Author | None:
    for line in taken["bylines"]:
        author = authors.get(line["author_id"])
        if author and not author.is_institution and not line["role"]:
            return author
    return None
