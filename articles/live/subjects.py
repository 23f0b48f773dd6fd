"""That the page of a live coverage's article is made of the coverage too."""

from collections.abc import Iterable

from django.urls import ResolverMatch

from articles.live.models import Coverage
from newsroom.addresses.registry import Subject, register_finder


def _coverage(match: ResolverMatch, there: tuple[str, int] | None) -> Iterable[Subject]:
    """One query for any article."""
    if match.url_name == "article":
        found = Coverage.objects.filter(article=match.kwargs["article_id"])
        for key in found.values_list("pk", flat=True):
            yield Coverage, key


def register() -> None:
    """Called once the apps are ready."""
    register_finder(_coverage)
