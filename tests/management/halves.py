"""Runs inside a served paper: sets the scene for the kill drills, and looks for what is half done.

`manage.py shell -c "from tests.management.halves import look; look()"` prints JSON.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article, Author, Byline, Change, History, PublishedArticle, Section
from articles.models.kinds import State
from articles.publishing import schedule
from articles.revisions import revise, snapshot
from articles.topics import for_names, put
from newsroom.accounts import roles
from newsroom.accounts.models import User
from newsroom.addresses.models import Address


def stage(count: int) -> None:
    """So many drafts with a topic of their own; prints their ids and a chief's session."""
    chief = _chief()
    client = Client()
    client.force_login(chief)
    ids = [_draft(f"Draft {number}").pk for number in range(count)]
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"ids": ids, "cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}))


def plan(count: int, every: float) -> None:
    """So many drafts, one due every so many seconds from now on; prints their ids."""
    chief = _chief()
    articles = [_draft(f"Planned {number}") for number in range(count)]
    begin = timezone.now()
    for number, article in enumerate(articles, start=1):
        at = begin + timedelta(seconds=number * every)
        schedule(article, by=chief, publish_at=at, at=at - timedelta(days=1))
    print(json.dumps({"ids": [article.pk for article in articles]}))


@transaction.atomic
def look(ids: list[int]) -> None:
    """Print the state and the versions of each, and everything that is half done.

    All at one moment: the tick may be publishing meanwhile.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    articles = Article.objects.filter(pk__in=ids).order_by("pk")
    wrong = [f"{article.pk}: {what}" for article in articles for what in _halves(article)]
    found = {
        "states": {article.pk: article.state for article in articles},
        "versions": {article.pk: article.revisions.count() for article in articles},
        "planned": [article.pk for article in articles if article.publish_at],
        "wrong": wrong,
    }
    print(json.dumps(found))


def _chief() -> User:
    user, _made = User.objects.get_or_create(
        email="drill@paper.test", defaults={"name": "Drill", "is_staff": True}
    )
    user.groups.add(Group.objects.get(name=roles.CHIEF))
    return user


def _draft(headline: str) -> Article:
    section, _made = Section.objects.get_or_create(slug="city", defaults={"name": "City"})
    author, _made = Author.objects.get_or_create(slug="drill", defaults={"name": "Drill"})
    article = Article.objects.create(
        headline=headline, body="<p>It is. </p>" * 200, section=section
    )
    Byline.objects.create(article=article, author=author)
    put(article, for_names([f"Topic {article.pk}"]))
    revise(article, by=None)
    return article


def _halves(article: Article) -> list[str]:
    """What of this article is there without the rest of it."""
    wrong = []
    latest = article.latest_revision
    if latest is None or latest.snapshot != json.loads(json.dumps(snapshot(article))):
        wrong.append("the desk's copy and its latest revision differ")
    if article.revisions.count() != History.objects.filter(article=article, verb="save").count():
        wrong.append("a revision without its act")
    acts = History.objects.filter(article=article, verb="publish").count()
    row = PublishedArticle.objects.filter(pk=article.pk).first()
    topics = list(article.topic_places.values_list("tag_id", flat=True))
    public = set(
        Address.objects.filter(kind="topic", object_id__in=topics, is_public=True).values_list(
            "object_id", flat=True
        )
    )
    if article.state == State.DRAFT:
        if row or acts or public or article.first_published_at or article.live_revision_id:
            wrong.append("a draft with something readers see")
        if Change.objects.filter(article=article).exists():
            wrong.append("a draft with a public change")
        return wrong
    if row is None:
        return [*wrong, "live without a row"]
    if (acts, Change.objects.filter(article=article).count()) != (1, 1):
        wrong.append(f"published {acts} times")
    if row.revision_id != article.live_revision_id or row.headline != article.headline:
        wrong.append("the row is of another version")
    if not (row.bylines.count() == row.section_places.count() == row.topic_places.count() == 1):
        wrong.append("the row lacks a byline, a section or a topic")
    if public != set(topics):
        wrong.append("its topic has no public address")
    if article.publish_at is not None:
        wrong.append("live, and still planned")
    return wrong
