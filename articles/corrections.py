"""What readers are told of changes: on an article, on its page of versions, for the paper."""

from dataclasses import dataclass

from django.db.models import Q

from articles.models import Change, PublishedArticle
from articles.models.change import ChangeQuerySet
from newsroom.lib.pagination import Key

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


def of_paper(*, before: Key | None = None) -> ChangeQuerySet:
    """Standing corrections of live articles, newest first, each with its article."""
    found = Change.objects.public().corrections()
    if before:
        found = found.filter(
            Q(at__lte=before.at) & (Q(at__lt=before.at) | Q(pk__lt=before.id))
        )  # `at` is in whole seconds
    return found.select_related("article__published__section", "article__published__column").defer(
        "article__body", "article__published__body", "article__published__text"
    )


@dataclass
class Page:
    """One page of the paper's corrections and the key of the next."""

    changes: list[Change]
    older: str = ""


def page(*, before: Key | None = None) -> Page:
    """At most `PAGE` corrections; one query."""
    found = list(of_paper(before=before)[: PAGE + 1])
    if len(found) <= PAGE:
        return Page(found)
    last = found[PAGE - 1]
    return Page(found[:PAGE], str(Key(last.at, last.pk)))
