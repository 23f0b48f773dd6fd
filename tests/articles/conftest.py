"""A small paper: a section, a reporter's name, and a way to write and publish in one line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article, Author, Byline, PublishedArticle, Section
from articles.publishing import publish
from articles.revisions import revise
from articles.topics import for_names, put
from tests.media.conftest import bucket, store  # noqa: F401  (fixtures)


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="City", slug="city")


@pytest.fixture
def author(db: None) -> Author:
    return Author.objects.create(name="Rami Reporter", slug="rami-reporter")


@pytest.fixture
def write(section: Section, author: Author) -> Callable[..., Article]:
    """A draft under one name; keywords are the article's own."""

    def make(
        headline: str = "Tram line opens", *, topics: list[str] | None = None, **fields: Any
    ) -> Article:
        article = Article.objects.create(
            **{"headline": headline, "body": "<p>It opened.</p>", "section": section, **fields}
        )
        Byline.objects.create(article=article, author=author)
        put(article, for_names(topics or []))
        revise(article, by=None)
        return article

    return make


@pytest.fixture
def live(write: Callable[..., Article]) -> Callable[..., PublishedArticle]:
    """A published article."""

    def make(
        headline: str = "Tram line opens", *, at: datetime | None = None, **fields: Any
    ) -> PublishedArticle:
        return publish(write(headline, **fields), by=None, at=at)

    return make
