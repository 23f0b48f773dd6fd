"""A live article of the kind, its coverage, and somebody who posts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.live.closing import coverage_of
from articles.live.models import Coverage, LivePost
from articles.live.posting import post
from articles.live.words import Words
from articles.models import Article, PublishedArticle, Section
from articles.models.kinds import Kind
from articles.publishing import publish
from articles.revisions import revise


@pytest.fixture
def draft(db: None) -> Article:
    """An article of the kind that nobody sees yet."""
    section = Section.objects.create(name="City", slug="city")
    article = Article.objects.create(
        headline="The ferry comes home", body="<p>She is due.</p>", section=section, kind=Kind.LIVE
    )
    revise(article, by=None)
    return article


@pytest.fixture
def row(draft: Article) -> PublishedArticle:
    return publish(draft, by=None)


@pytest.fixture
def coverage(draft: Article) -> Coverage:
    return coverage_of(draft)


@pytest.fixture
def say(coverage: Coverage) -> Callable[..., LivePost]:
    """A post; keywords are those of its words and of the verb."""

    def make(text: str = "She is in sight.", **given: Any) -> LivePost:
        own = ("is_key", "is_pinned", "token", "at", "by")
        verb = {name: given.pop(name) for name in own if name in given}
        return post(coverage, words=Words(text=text, **given), **{"by": None, **verb})

    return make


@pytest.fixture
def many(coverage: Coverage) -> Callable[[int], list[LivePost]]:
    """This many posts, a minute apart, oldest first; written at once."""

    def make(count: int, start: datetime | None = None) -> list[LivePost]:
        start = (start or timezone.now()).replace(microsecond=0) - timedelta(minutes=count + 1)
        coverage.refresh_from_db()
        first = coverage.number
        made = LivePost.objects.bulk_create(
            LivePost(
                coverage=coverage, at=start + timedelta(minutes=n), headline=f"Post {n}",
                body=f"<p>Words {n}.</p>", source=f"Words {n}.", posted_at=start,
                first=first + n, changed=first + n,
            )
            for n in range(1, count + 1)
        )  # fmt: skip
        Coverage.objects.filter(pk=coverage.pk).update(number=first + count)
        coverage.refresh_from_db()
        return made

    return make
