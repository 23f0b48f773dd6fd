"""Publishes one story again and again; run inside a paper's own settings (`manage.py shell`)."""

import json
import time

from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.models.kinds import ChangeKind
from articles.publishing import publish
from articles.revisions import revise


def shown() -> list[str]:
    """Addresses of pages that show the newest story, its own first."""
    row = PublishedArticle.objects.order_by("-published_at", "-pk")[0]
    places = [
        row.get_absolute_url(),
        "/",
        row.section.get_absolute_url(),
        *(place.author.get_absolute_url() for place in row.bylines.exclude(author=None)),
        *(place.topic.get_absolute_url() for place in row.topic_places.all()),
    ]
    print(json.dumps(places))
    return places


def again(times: int, every: float) -> None:
    """Prints, after each commit, its moment (`time.time()`) and how many seconds it took."""
    pk = PublishedArticle.objects.order_by("-published_at", "-pk")[0].pk
    for number in range(times):
        began = time.time()
        article = Article.objects.get(pk=pk)
        article.headline = f"Edition {number} of the same story"
        article.save()
        revision = revise(article, by=None, at=timezone.now())
        publish(article, by=None, revision=revision, change=ChangeKind.UPDATE)
        done = time.time()
        print(json.dumps({"number": number, "at": done, "took": done - began}), flush=True)
        time.sleep(max(0.0, every - (time.time() - began)))
