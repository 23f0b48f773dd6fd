"""Addresses of the time machine; articles/fronts/admin/front_urls.py takes them in."""

from collections.abc import Callable
from typing import Any

from articles.fronts.admin import history, moments, restoring, standings

# Below /admin/fronts/front/<id>/; the name is fronts_front_<name>.
ON_ONE: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("past", "past", history.past_view),
    ("past/<int:record_id>/frame", "past_frame", history.past_frame_view),
    ("past/changes", "changes", history.changes_view),
    ("past/compare", "compare", moments.compare_view),
    ("past/restore", "restore", restoring.restore_view),
)
# Below /admin/fronts/front/.
ON_ALL: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("article/<int:article_id>", "standings", standings.standings_view),
)
