"""What readers are told of changes: on an article, on its page of versions, for the paper."""

from articles.models import Change, PublishedArticle
from articles.models.change import ChangeQuerySet
from newsroom.cache.tags import seen
from newsroom.lib.pagination import Key, Page, beyond, page_of

PAGE = 20
# Versions that the page of one article lists; a story mended more often is told by its newest.
VERSIONS = 200


def standing(article: PublishedArticle) -> list[Change]:
    """The corrections at the foot of an article, newest first; no query where there are none."""
    if not article.corrections:
        return []
    return list(Change.objects.filter(article_id=article.pk).corrections())


def versions(article: PublishedArticle) -> list[Change]:
    """Every version readers have had, newest first; one query."""
    changes = Change.objects.filter(article_id=article.pk).select_related("superseded_by")
    return list(changes.order_by("-at", "-pk")[:VERSIONS])


def of_paper(*, before: Key | None = None, since: Key | None = None) -> ChangeQuerySet:
    """Standing corrections of live articles, each with its article; newest first.

    `since` a key they go towards the newer. `at` is in whole seconds.
    """
    seen(f"{'deep' if before or since else 'list'}:corrections:0")
    past, order = beyond(before, since, at="at", pk="pk")
    found = Change.objects.public().corrections().filter(past).order_by(*order)
    return found.select_related("article__published__section", "article__published__column").defer(
        "article__body", "article__published__body", "article__published__text"
    )


def page(key: Key | None) -> Page[Change]:
    """At most `PAGE` corrections; one query, two after the first page."""
    return page_of(of_paper, key, size=PAGE, at="at")
