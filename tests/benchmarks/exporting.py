"""The paper's live articles as a file, for a peer that is to hold the same ones.

Run inside a paper's own settings (`manage.py shell`). The first line has sections, authors and
topics, every other line an article, oldest first.
"""

import json
import re
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Author,
    Column,
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    Section,
    Topic,
)
from articles.queries import PAGE
from tests.benchmarks.addresses import STEPS, chosen

BATCH = 2_000


def leave_out_pictures() -> None:
    """Takes the pictures from stories, columns and authors, for the peer has none."""
    PublishedArticle.objects.update(lead_picture=None)
    Column.objects.update(portrait=None)
    Author.objects.update(portrait=None)
    Topic.objects.update(picture=None)


def addresses(names: list[str]) -> None:
    """Prints, as a line of JSON, where the pages of the benchmark stand here and in the peer, and
    what each costs our database.

    They stand at the same addresses, but that the peer's lists page by number.
    """
    settings.ALLOWED_HOSTS = ["*"]
    found = chosen()
    count = PublishedSection.objects.filter(section__slug=found["section"].strip("/")).count()
    page = min(STEPS * PAGE, count - PAGE) // PAGE + 1
    client, told = Client(), {}
    for name in names:
        client.get(found[name])  # what is kept in memory is there from now on
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(found[name])
        assert answer.status_code == 200, (found[name], answer.status_code)
        told[name] = {
            "ours": {"path": found[name], "queries": len(asked), "bytes": len(answer.content)},
            "theirs": {"path": re.sub(r"before=.*", f"page={page}", found[name])},
        }
    print(json.dumps(told))


def write(to: str) -> None:
    head = {
        "sections": list(Section.objects.values("id", "name", "slug", "description")),
        "authors": list(Author.objects.order_by("pk").values("id", "name", "slug")),
        "topics": list(Topic.objects.order_by("pk").values("id", "name", "slug")),
    }
    ids = list(PublishedArticle.objects.order_by("published_at", "pk").values_list("pk", flat=True))
    with Path(to).open("w", encoding="utf-8") as out:
        out.write(f"{json.dumps(head)}\n")
        for start in range(0, len(ids), BATCH):
            out.writelines(f"{line}\n" for line in _lines(ids[start : start + BATCH]))


def _lines(ids: list[int]) -> list[str]:
    found = PublishedArticle.objects.filter(pk__in=ids).order_by("published_at", "pk")
    authors, topics = defaultdict(list), defaultdict(list)
    for article, author in (
        PublishedByline.objects.filter(article__in=ids)
        .exclude(author=None)
        .values_list("article", "author")
    ):
        authors[article].append(author)
    for article, topic in (
        PublishedTopic.objects.filter(article__in=ids).values_list("article", "topic")
    ):  # fmt: skip
        topics[article].append(topic)
    return [
        json.dumps(
            {
                # As the last part of our own address, so that both papers have the same ones.
                "slug": f"{article.slug}-{article.pk}",
                "headline": article.headline,
                "standfirst": article.standfirst,
                "body": article.body,
                "section": article.section_id,
                "authors": authors[article.pk],
                "topics": topics[article.pk],
                "at": article.published_at.isoformat(),
            }
        )
        for article in found
    ]
