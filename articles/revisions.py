"""Snapshots of the desk's copy: taken at every save, read when publishing, put back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from articles.models import Article, Author, Byline, Column, Revision, Section, Topic
from articles.publishing.log import record
from articles.related import complete
from articles.search import index_desk
from articles.topics import put, standing
from newsroom.accounts.models import User
from newsroom.media.models import Picture

# Copied as they are; relations are kept by id beside them.
FIELDS = (
    "kicker", "headline", "standfirst", "body", "dateline", "kind", "section_id", "column_id",
    "language", "lead_picture_id", "lead_caption", "slug", "seo_title", "seo_description",
    "share_title", "share_text", "show_versions",
)  # fmt: skip

# What the ids among them name.
MODELS: Mapping[str, type[models.Model]] = {
    "section_id": Section, "column_id": Column, "lead_picture_id": Picture,
}  # fmt: skip


def snapshot(article: Article) -> dict[str, Any]:
    """All of the article as plain JSON. 3 queries."""
    taken: dict[str, Any] = {name: getattr(article, name) for name in FIELDS}
    taken["further_sections"] = sorted(article.further_sections.values_list("pk", flat=True))
    taken["topics"] = list(
        article.topic_places.order_by("order", "pk").values_list("tag_id", flat=True)
    )
    taken["bylines"] = list(
        Byline.objects.filter(article=article).values("author_id", "text", "role")
    )
    taken["related"] = list(article.related)
    return taken


@transaction.atomic
def revise(
    article: Article, *, by: User | None, note: str = "", at: datetime | None = None,
    verb: str = "save", details: Mapping[str, Any] | None = None,
) -> Revision:  # fmt: skip
    """Keep the article as it stands now; the latest revision again if nothing has changed.

    Locks the article, so that two saves at once get two numbers. `verb` and `details` say in the
    history how it came to be. The number of queries does not grow with that of the revisions.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    taken = snapshot(locked)
    latest = locked.latest_revision
    if latest is not None and _says(latest.snapshot, taken):
        return latest
    number = (locked.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = Revision.objects.create(
        article=locked, number=number, snapshot=taken, note=note, by=by, at=at or timezone.now()
    )
    Article.objects.filter(pk=locked.pk).update(latest_revision=revision)
    record(verb, locked, by=by, at=revision.at, revision=revision, note=note, details=details)
    index_desk([locked.pk])
    article.latest_revision = revision
    return revision


@transaction.atomic
def apply(article: Article, taken: Mapping[str, Any]) -> list[str]:
    """Make the desk's copy what the snapshot says; the caller then calls `revise`.

    What the snapshot names and is deleted since is left out; the verbose names of the fields that
    lost something are returned, so that the caller can say so. At most 13 queries.
    """
    lost: list[str] = []
    for name in FIELDS:
        if name not in taken:  # an older snapshot
            continue
        value = taken[name]
        model = MODELS.get(name)
        if model and value is not None and not model._default_manager.filter(pk=value).exists():
            lost.append(_label(name.removesuffix("_id")))
            value = None
        setattr(article, name, value)
    wanted = complete(taken)["related"]
    there = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    article.related = [pk for pk in wanted if pk in there]
    if len(article.related) < len(wanted):
        lost.append(_label("related"))
    article.save(update_fields=[*FIELDS, "related", "modified_at"])
    sections = Section.objects.filter(pk__in=taken["further_sections"])
    article.further_sections.set(sections)
    if len(sections) < len(taken["further_sections"]):
        lost.append(_label("further_sections"))
    topics = Topic.objects.in_bulk(taken["topics"])
    put(article, [topics[pk] for pk in taken["topics"] if pk in topics])
    if len(topics) < len(set(taken["topics"])):
        lost.append(_label("topics"))
    authors = set(
        Author.objects.filter(
            pk__in=[line["author_id"] for line in taken["bylines"] if line["author_id"]]
        ).values_list("pk", flat=True)
    )
    lines = [line for line in taken["bylines"] if line["text"] or line["author_id"] in authors]
    if len(lines) < len(taken["bylines"]):
        lost.append(str(Byline._meta.verbose_name))
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article, author_id=line["author_id"] if line["author_id"] in authors else None,
            text=line["text"], role=line["role"], order=order,
        )
        for order, line in enumerate(lines)
    )  # fmt: skip
    return lost


def as_now(taken: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot with its topics as they stand after later merges and splits; one query."""
    return {**taken, "topics": standing(taken["topics"])}


def _says(kept: Mapping[str, Any], taken: Mapping[str, Any]) -> bool:
    """Whether a kept snapshot says the same; that a topic was merged since is no difference."""
    whole = complete(kept)
    if whole == taken:
        return True
    return whole["topics"] != taken["topics"] and as_now(whole) == taken


def _label(name: str) -> str:
    """What the form calls the field."""
    return str(getattr(Article._meta.get_field(name), "verbose_name", name))
