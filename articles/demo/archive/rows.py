"""One batch of made-up articles, as `revise` and `publish` would have left them.

A test publishes some of them again by the real verb and finds nothing changed: whoever gives
publishing a further row gives it to this file too.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from articles import list_changes
from articles.demo.archive.bulk import Rows, indexed_at_once
from articles.demo.archive.cast import Cast
from articles.demo.archive.words import Writer
from articles.models import (
    Article,
    ArticleTopic,
    Byline,
    Change,
    DeskEntry,
    History,
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    Revision,
    SearchEntry,
)
from articles.models.kinds import Kind
from articles.publishing.rows import refresh_topics
from articles.search import marks
from articles.search.entries import Fields, desk_entry, readers_entry
from articles.search.terms import in_terms
from newsroom.lib.slugs import slugify

KINDS = ["news"] * 12 + ["opinion"] * 2 + ["analysis", "interview"]


@dataclass
class Story:
    """What is drawn for one article; everything else follows from it."""

    id: int
    revision: int
    at: datetime
    kind: str
    headline: str
    standfirst: str
    text: str
    section: int
    author: int
    topics: list[int]
    column: int | None
    picture: int | None

    @cached_property
    def stamp(self) -> Any:
        """The time as the database takes it."""
        return connection.ops.adapt_datetimefield_value(self.at)

    @cached_property
    def body(self) -> str:
        return "".join(f"<p>{line}</p>" for line in self.text.split("\n"))

    @property
    def snapshot(self) -> dict[str, Any]:
        """As `revisions.snapshot` takes it."""
        empty = dict.fromkeys(
            ("kicker", "dateline", "language", "lead_caption", "slug", "seo_title",
             "seo_description", "share_title", "share_text"), "",
        )  # fmt: skip
        return {
            **empty,
            "headline": self.headline, "standfirst": self.standfirst, "body": self.body,
            "kind": self.kind, "section_id": self.section, "column_id": self.column,
            "lead_picture_id": self.picture, "show_versions": True, "further_sections": [],
            "topics": self.topics, "related": [],
            "bylines": [{"author_id": self.author, "text": "", "role": ""}],
        }  # fmt: skip


def draw(
    times: Sequence[datetime], first: int, first_revision: int, cast: Cast, lot: random.Random,
    words: int,
) -> list[Story]:  # fmt: skip
    """A story for each time, of `words` words; its numbers count from the first."""
    writer, count = Writer(lot), len(times)
    sections = lot.choices(cast.sections, cum_weights=cast.section_weights, k=count)
    authors = lot.choices(cast.authors, cum_weights=cast.author_weights, k=count)
    kinds = lot.choices(KINDS, k=count)
    stories = []
    for number, at in enumerate(times):
        topics = lot.choices(cast.topics, cum_weights=cast.topic_weights, k=lot.randint(1, 5))
        opinion = kinds[number] == Kind.OPINION
        stories.append(
            Story(
                id=first + number,
                revision=first_revision + number,
                at=at,
                kind=kinds[number],
                headline=writer.headline(),
                standfirst=writer.sentence(),
                text=writer.text(words),
                section=sections[number].pk,
                author=authors[number].pk,
                topics=list(dict.fromkeys(topics)),
                column=lot.choice(cast.columns) if opinion and cast.columns else None,
                picture=lot.choice(cast.pictures) if cast.pictures and number % 3 else None,
            )
        )
    return stories


@dataclass
class Batch:
    """Every row of some articles, in the order in which they are written."""

    rows: list[Rows]
    entries: list[Rows]
    topics: set[int]
    ids: list[int]
    until: datetime

    @property
    def articles(self) -> int:
        return len(self.ids)

    def write(self) -> None:
        """Write them, and what hangs on what stands in a list. Inside the caller's transaction;
        about 30 statements, those for which searches wait at the end."""
        for each in self.rows:
            each.write()
        refresh_topics(self.topics)
        list_changes.note(list_changes.lists_of(self.ids), at=self.until)
        with indexed_at_once(SearchEntry, DeskEntry):
            for each in self.entries:
                each.write()


def batch_of(stories: Sequence[Story], names: dict[int, str], language: str) -> Batch:
    """The rows of these articles; asks the database nothing. `names` are the authors' by id,
    `language` is the paper's. A millisecond a story."""
    return Batch(
        [*_desk(stories), *_readers(stories, names)],
        list(_index(stories, language)),
        {topic for story in stories for topic in story.topics},
        [story.id for story in stories],
        stories[-1].at,
    )


def _desk(stories: Sequence[Story]) -> Iterator[Rows]:
    """The desk's copy with its version, and what was done to it."""
    yield Rows(
        Article,
        ("id", "headline", "standfirst", "body", "kind", "section_id", "column_id",
         "lead_picture_id", "latest_revision_id", "live_revision_id", "state", "workflow",
         "first_published_at", "created_at", "modified_at"),
        [
            (s.id, s.headline, s.standfirst, s.body, s.kind, s.section, s.column, s.picture,
             s.revision, s.revision, "live", "approved", s.stamp, s.stamp, s.stamp)
            for s in stories
        ],
    )  # fmt: skip
    yield Rows(
        Revision,
        ("id", "article_id", "number", "snapshot", "at", "first_live_at"),
        [(s.revision, s.id, 1, json.dumps(s.snapshot), s.stamp, s.stamp) for s in stories],
    )
    yield Rows(Byline, ("article_id", "author_id"), [(s.id, s.author) for s in stories])
    yield Rows(
        ArticleTopic,
        ("content_object_id", "tag_id", "order"),
        [(s.id, topic, order) for s in stories for order, topic in enumerate(s.topics)],
    )
    yield Rows(
        Change,
        ("article_id", "revision_id", "kind", "at"),
        [(s.id, s.revision, "first", s.stamp) for s in stories],
    )
    before = {"state": "draft", "live_revision": None, "workflow": "writing"}
    acts = {"save": "{}", "publish": json.dumps({"change": "first", "from": before})}
    yield Rows(
        History,
        ("article_id", "label", "verb", "at", "revision_number", "details"),
        [
            (s.id, s.headline, verb, s.stamp, 1, details)
            for s in stories
            for verb, details in acts.items()
        ],
    )


def _readers(stories: Sequence[Story], names: dict[int, str]) -> Iterator[Rows]:
    """What readers see, and its places in the lists."""
    yield Rows(
        PublishedArticle,
        ("article_id", "revision_id", "slug", "headline", "standfirst", "body", "text", "words",
         "byline_line", "kind", "is_opinion", "section_id", "column_id", "first_author_id",
         "lead_picture_id", "published_at"),
        [
            (s.id, s.revision, slugify(s.headline), s.headline, s.standfirst, s.body, s.text,
             len(s.text.split()), names[s.author], s.kind, s.kind == Kind.OPINION, s.section,
             s.column, s.author, s.picture, s.stamp)
            for s in stories
        ],
    )  # fmt: skip
    yield Rows(
        PublishedSection,
        ("article_id", "section_id", "published_at"),
        [(s.id, s.section, s.stamp) for s in stories],
    )
    yield Rows(
        PublishedTopic,
        ("article_id", "topic_id", "order", "published_at"),
        [(s.id, topic, order, s.stamp) for s in stories for order, topic in enumerate(s.topics)],
    )
    yield Rows(
        PublishedByline,
        ("article_id", "author_id", "published_at"),
        [(s.id, s.author, s.stamp) for s in stories],
    )


def _index(stories: Sequence[Story], language: str) -> Iterator[Rows]:
    """The entries of both search indexes, whose texts are the same before the desk changes one."""
    readers, desk = [], []
    for s in stories:
        texts = (s.headline, s.standfirst, "", s.text)
        fields = Fields(*(in_terms(text, language) for text in texts))
        marked = [marks.section(s.section), *map(marks.topic, sorted(s.topics)),
                  marks.author(s.author), marks.kind(s.kind)]  # fmt: skip
        readers.append(readers_entry(s.id, s.at, fields, marked))
        desk.append(desk_entry(s.id, s.at, s.headline, fields, marked))
    yield Rows.of(SearchEntry, readers)
    yield Rows.of(DeskEntry, desk)
