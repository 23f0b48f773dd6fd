"""Which addresses the benchmark of pages asks, and what each costs the database.

Run inside a paper's own settings (`manage.py shell`), for it looks into its rows.
"""

import json
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.demo.archive.words import vocabulary
from articles.models import (
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    Section,
    Topic,
)
from articles.queries import PAGE
from newsroom.accounts.models import User
from newsroom.lib.pagination import Key
from newsroom.pages.models import SiteSettings

STEPS = 500
# Ranks among the words of a made-up archive: in every other text, and in one of a thousand, or as
# rare as still fills the page of results of a small archive. No database passes over the first
# ("one") as too common.
COMMON, RARE = 13, 20_000


def chosen() -> dict[str, str]:
    """Name and address of every page type; the same for the same archive."""
    newest = PublishedArticle.objects.order_by("-published_at")
    section = max(Section.objects.all(), key=lambda each: _stories(each).count())
    of_section = _stories(section)
    last = of_section[min(STEPS * PAGE, of_section.count() - PAGE) - 1]
    middle = newest[newest.count() // 2]
    most = PublishedTopic.objects.values("topic").annotate(stories=Count("pk"))
    topic = Topic.objects.get(pk=most.order_by("-stories", "topic")[0]["topic"])
    author = PublishedByline.objects.filter(article=middle)[0].author
    day, common, rare = (
        timezone.localtime(middle.published_at, SiteSettings.load().zone),
        vocabulary()[COMMON],
        vocabulary()[min(RARE, newest.count() // 2)],
    )
    deep = Key(last.published_at, last.article_id)
    return {
        "home": "/",
        "article": middle.get_absolute_url(),
        "section": section.get_absolute_url(),
        f"section, {STEPS}th step": f"{section.get_absolute_url()}?before={deep}",
        "topic": topic.get_absolute_url(),
        "author": author.get_absolute_url(),
        "archive, a day": f"/archive/{day:%Y/%m/%d}/",
        "search, a rare word": f"/search/?q={rare}",
        "search, a common word": f"/search/?q={common}",
        "feed": "/feed/",
        "news sitemap": "/news-sitemap.xml",
        "sitemap of a month": f"/sitemap-{day:%Y-%m}.xml",
        "desk: list": "/admin/articles/article/",
        "desk: search": f"/admin/articles/article/?q={rare}",
        "desk: form": f"/admin/articles/article/{middle.pk}/change/",
    }


def _stories(section: Section) -> Any:
    return PublishedSection.objects.filter(section=section).order_by("-published_at", "-article")


def told() -> None:
    """Prints one line of JSON: the pages with address, queries, milliseconds of the database and
    bytes; a chief's session."""
    settings.ALLOWED_HOSTS = ["*"]
    client, pages = Client(), {}
    client.force_login(User.objects.filter(is_superuser=True).first() or _chief())
    anonymous = Client()
    for name, path in chosen().items():
        asks = client if name.startswith("desk") else anonymous
        pages[name] = {"path": path, **_asked(asks, path)}
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    print(json.dumps({"pages": pages, "cookie": f"{cookie.key}={cookie.value}"}))


def _asked(client: Client, path: str) -> dict[str, Any]:
    """The quickest of three times."""
    took = []
    for _time in range(4):  # the first time does what is kept afterwards
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
            length = len(b"".join(answer) if answer.streaming else answer.content)  # type: ignore[arg-type]
        assert answer.status_code == 200, (path, answer.status_code)
        took.append(sum(float(query["time"]) for query in asked.captured_queries) * 1000)
    return {"queries": len(asked), "database ms": round(min(took[1:]), 1), "bytes": length}


def _chief() -> User:
    return User.objects.create_superuser(email="chief@benchmark.example", password=None)
