"""A live article, and a reader who writes about it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import Article, PublishedArticle, Section
from articles.publishing import publish
from articles.reports.models import ErrorReport
from articles.reports.receive import receive
from articles.revisions import revise

OWN = {"sec-fetch-site": "same-origin"}
BODY = "<p>The line opened on Monday.</p><p>It runs <em>seven</em> trams an hour.</p>"
PASSAGE = "It runs seven trams an hour."


@pytest.fixture
def row(db: None) -> PublishedArticle:
    section = Section.objects.create(name="City", slug="city")
    article = Article.objects.create(headline="Tram line opens", body=BODY, section=section)
    return publish(article, by=None, revision=revise(article, by=None))


@pytest.fixture
def mended(row: PublishedArticle) -> Callable[[], None]:
    """The passage is put right and published."""

    def mend() -> None:
        article = row.article
        article.body = BODY.replace("<em>seven</em>", "six")
        article.save()
        publish(article, by=None, revision=revise(article, by=None))

    return mend


@pytest.fixture
def send(row: PublishedArticle, client: Client) -> Callable[..., HttpResponse]:
    """A reader sends the form from our own page; keywords replace what is typed."""

    def post(headers: dict[str, str] = OWN, **changed: str) -> HttpResponse:
        words = {
            "passage": PASSAGE,
            "text": "There are six.",
            "email": "ada@reader.example",
            "revision": str(row.revision_id),
        }
        return client.post(f"/report/{row.pk}/", {**words, **changed}, headers=headers)

    return post


@pytest.fixture
def report(row: PublishedArticle) -> Callable[..., ErrorReport]:
    """A report in the queue."""

    def make(**changed: Any) -> ErrorReport:
        words = {"passage": PASSAGE, "text": "There are six.", "email": "ada@reader.example"}
        return receive(row, **{"revision_id": "", **words, **changed})

    return make
