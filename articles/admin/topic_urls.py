"""Addresses of the topics' admin beside the stock ones; every view asks who may."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from articles.admin import topic_merges, topic_suggest, twins

# Below /admin/articles/topic/; the name is articles_topic_<name>.
TABLE: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("suggest", "suggest", topic_suggest.suggest_view),
    ("twins", "twins", twins.twins_view),
    ("twins/apart", "apart", twins.apart_view),
    ("twins/apart/<int:pair_id>/revoke", "revoke_apart", twins.revoke_view),
    ("merge", "merge", topic_merges.merge_view),
    ("<int:topic_id>/split", "split", topic_merges.split_view),
    ("merges", "merges", topic_merges.merges_view),
    ("merges/<int:merge_id>/undo", "undo_merge", topic_merges.undo_view),
)


def addresses(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """All of them; `wrap` is the admin's own guard, which asks for a log-in."""
    return [
        path(f"{route}/", wrap(view), name=f"articles_topic_{name}") for route, name, view in TABLE
    ]
