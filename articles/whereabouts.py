"""Where articles and merged topics are now, for whoever is led to an address they have or had."""

from collections.abc import Collection

from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import PublishedArticle, PublishedTopic, Tombstone, Topic
from articles.topics.standing import standing_for


def whereabouts(paths: Collection[str]) -> dict[str, str]:
    """The present path of each that is an article's or a merged topic's; "" if nothing is there.

    A withdrawn article is where it was asked for: its notice stands under every slug. One query
    for articles, two if some are not live; one for topics, and more only for merged ones.
    """
    numbered: dict[str, ResolverMatch] = {}
    named: dict[str, str] = {}
    for path in paths:
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.url_name in {"article", "versions"}:
            numbered[path] = match
        elif match.url_name == "topic":
            named[path] = match.kwargs["slug"]
    return {**_articles(numbered), **_topics(named)}


def _articles(asked: dict[str, ResolverMatch]) -> dict[str, str]:
    ids = {match.kwargs["article_id"] for match in asked.values()}
    if not ids:
        return {}
    rows = PublishedArticle.objects.filter(pk__in=ids).select_related("section")
    live = {row.pk: row for row in rows.only("slug", "section__slug")}
    gone = ids - live.keys()
    noted = set(Tombstone.objects.filter(pk__in=gone).values_list("pk", flat=True) if gone else ())
    return {path: _place(path, match, live, noted) for path, match in asked.items()}


def _place(
    path: str, match: ResolverMatch, live: dict[int, PublishedArticle], noted: set[int]
) -> str:
    """What stands below an article (its versions) stays below it."""
    pk = match.kwargs["article_id"]
    if pk in live:
        below = path.partition(f"-{pk}/")[2]
        return f"{live[pk].get_absolute_url()}{below}"
    return path if pk in noted and match.url_name == "article" else ""


def _topics(asked: dict[str, str]) -> dict[str, str]:
    """Only merged ones: of the others the table of addresses knows all."""
    if not asked:
        return {}
    merged = Topic.objects.filter(slug__in=asked.values(), merged_into__isnull=False)
    by_slug = {topic.slug: topic for topic in merged}
    return {path: onward(by_slug[slug]) for path, slug in asked.items() if slug in by_slug}


def onward(topic: Topic) -> str:
    """Where a merged topic's reader goes: the first with a page of what stands for it, else ""."""
    for other in standing_for(topic):
        if PublishedTopic.objects.filter(topic_id=other.pk).exists():
            return other.get_absolute_url()
    return ""
