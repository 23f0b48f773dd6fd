"""Writing entries: what of an article can be found, and by which words and marks.

A published row and its entry are written in one transaction (articles/publishing/rows.py), and so
are a revision and the desk's entry (articles/revisions.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import models, transaction

from articles.models import (
    Article,
    ArticleTopic,
    Byline,
    DeskEntry,
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    SearchEntry,
)
from articles.search import marks
from articles.search.places import months, place_of
from articles.search.reach import beginnings
from articles.search.terms import in_terms, terms_of, weight_of
from newsroom.lib.html import plain_text
from newsroom.pages.identity import present_identity

# Raise it when terms are made in another way: upkeep then writes every entry anew.
VERSION = 1


def readable(row: PublishedArticle) -> tuple[str, str, str]:
    """Headline, standfirst and text as every reader may read them: this decides what is found, and
    what a result may quote (articles/search/results.py)."""
    return row.headline, row.standfirst, row.text


class Fields(NamedTuple):
    """The texts of an entry, in terms; `beside` are kicker, names without a page and the like."""

    headline: list[str]
    standfirst: list[str]
    beside: list[str]
    text: list[str]


def readers_entry(pk: int, at: datetime, fields: Fields, marked: Iterable[str]) -> SearchEntry:
    """Of what was published at that time; the marks are of sections, topics, authors and kind."""
    place = place_of(at, pk)
    return SearchEntry(
        article_id=pk,
        place=place,
        version=VERSION,
        weight=weight_of(fields.headline, fields.standfirst, fields.text),
        terms=terms_of(fields, [*marked, *months(place)]),
    )


def desk_entry(
    pk: int, at: datetime, headline: str, fields: Fields, marked: Iterable[str]
) -> DeskEntry:
    """Of a copy that was changed at that time. A headline is found by the beginnings of its words
    too, for choosers that search while one types."""
    place = place_of(at, pk)
    return DeskEntry(
        article_id=pk,
        place=place,
        version=VERSION,
        terms=terms_of(fields, [*marked, *months(place), *beginnings(headline)]),
    )


@transaction.atomic
def index(article_ids: Iterable[int]) -> None:
    """Write the readers' entries of these articles; those that are not live lose theirs.

    5 queries, and a millisecond or two for each article.
    """
    ids = set(article_ids)
    rows = _locked(PublishedArticle.objects.filter(pk__in=ids)).only(
        "headline", "standfirst", "kicker", "text", "language", "kind", "published_at"
    )
    present = list(rows)
    found = _marks(
        (PublishedSection, "article_id", "section_id", marks.section),
        (PublishedTopic, "article_id", "topic_id", marks.topic),
        (PublishedByline, "article_id", "author_id", marks.author),
        ids=ids,
    )
    others = PublishedByline.objects.filter(article_id__in=ids, author=None)
    names = _words(others.values_list("article_id", "text"))
    paper = present_identity().language
    entries = []
    for row in present:
        language = row.language or paper
        headline, standfirst, text = (in_terms(part, language) for part in readable(row))
        beside = in_terms(" ".join([row.kicker, *names[row.pk]]), language)
        marked = [*found[row.pk], marks.kind(row.kind)]
        fields = Fields(headline, standfirst, beside, text)
        entries.append(readers_entry(row.pk, row.published_at, fields, marked))
    _write(SearchEntry, entries, ids, ["place", "version", "weight", "terms"])


@transaction.atomic
def index_desk(article_ids: Iterable[int]) -> None:
    """Write the desk's entries of these articles, in the order they were last changed.

    5 queries.
    """
    ids = set(article_ids)
    rows = _locked(Article.objects.filter(pk__in=ids)).only(
        "headline", "standfirst", "kicker", "slug", "body", "language", "kind", "section_id",
        "modified_at",
    )  # fmt: skip
    present = list(rows)
    found = _marks(
        (ArticleTopic, "content_object_id", "tag_id", marks.topic),
        (Byline, "article_id", "author_id", marks.author),
        ids=ids,
    )
    others = Byline.objects.filter(article_id__in=ids, author=None)
    names = _words(others.values_list("article_id", "text"))
    paper = present_identity().language
    entries = []
    for row in present:
        language = row.language or paper
        beside = " ".join([row.kicker, row.slug, *names[row.pk]])
        texts = (row.headline, row.standfirst, beside, plain_text(row.body))
        marked = [*found[row.pk], marks.kind(row.kind)]
        if row.section_id:
            marked.append(marks.section(row.section_id))
        fields = Fields(*(in_terms(text, language) for text in texts))
        entries.append(desk_entry(row.pk, row.modified_at, row.headline, fields, marked))
    _write(DeskEntry, entries, ids, ["place", "version", "terms"])


Locked = TypeVar("Locked", bound=models.QuerySet[Any])


def _locked(rows: Locked) -> Locked:
    """Nobody publishes or saves them until the entries are written: what is read here could be
    old by then. Always in one order, or two could wait for each other."""
    return rows.select_for_update().order_by("pk")


Places = tuple[type[models.Model], str, str, Callable[[int], str]]


def _marks(*tables: Places, ids: set[int]) -> defaultdict[int, list[str]]:
    """The marks of each article; one query a table."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for model, article, of, mark in tables:
        rows = model._default_manager.filter(**{f"{article}__in": ids, f"{of}__isnull": False})
        for pk, value in rows.order_by(of).values_list(article, of).distinct():
            found[pk].append(mark(value))
    return found


def _words(rows: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pk, text in rows:
        found[pk].append(text)
    return found


def _write(
    model: type[models.Model], entries: Sequence[models.Model], ids: set[int], columns: list[str]
) -> None:
    model._default_manager.bulk_create(
        entries, update_conflicts=True, unique_fields=["article"], update_fields=columns
    )
    if gone := ids - {entry.pk for entry in entries}:
        model._default_manager.filter(pk__in=gone).delete()
