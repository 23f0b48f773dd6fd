"""The front of a small paper, and stories to put on it."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.fronts.finding import front_of
from articles.fronts.models import Front
from articles.models import Article, Section
from articles.publishing import publish
from articles.revisions import revise


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="City", slug="city", on_front=True)


@pytest.fixture
def write(section: Section) -> Callable[..., Article]:
    """A story of the section, live unless said otherwise."""

    def make(headline: str, *, live: bool = True, **fields: Any) -> Article:
        article = Article.objects.create(
            headline=headline, body="<p>Text</p>", **{"section": section, **fields}
        )
        revise(article, by=None)
        if live:
            publish(article, by=None)
        return article

    return make


@pytest.fixture
def home(section: Section) -> Front:
    return front_of(Front.Kind.HOME)
