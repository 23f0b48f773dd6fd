"""Addresses of the article's admin beside the stock ones; every view checks the object itself."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from articles.admin import (
    autosave,
    binning,
    correcting,
    day,
    history,
    joining,
    placeholders,
    planning,
    presence,
    previews,
    related,
    release,
    revisions,
    stage,
    undo,
    withdrawal,
)

# Below /admin/articles/article/<id>/; the name is articles_article_<name>.
ON_ONE: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("release", "release", release.release_view),
    ("unschedule", "unschedule", planning.unschedule_view),
    ("expiry", "expiry", planning.expiry_view),
    ("correct", "correct", correcting.correct_view),
    ("unpublish", "unpublish", withdrawal.unpublish_view),
    ("withdraw", "withdraw", withdrawal.withdraw_view),
    ("restore", "restore", withdrawal.restore_view),
    ("acts", "acts", history.history_view),
    ("series", "join", joining.join_view),
    ("revisions", "revisions", revisions.revisions_view),
    ("compare", "compare", revisions.compare_view),
    ("revisions/<int:number>/restore", "restore_revision", revisions.restore_revision_view),
    ("presence", "presence", presence.presence_view),
    ("preview", "preview", previews.preview_view),
    ("preview/share-card", "preview_share_card", previews.preview_share_card_view),
    ("preview/<slug:what>", "preview_frame", previews.preview_frame_view),
    ("links", "make_link", previews.make_link_view),
    ("links/<int:link_id>/revoke", "revoke_link", previews.revoke_link_view),
    ("stage", "stage", stage.stage_view),
    ("bin", "bin", binning.bin_view),
    ("unbin", "unbin", binning.unbin_view),
)
# Below /admin/articles/article/.
ON_ALL: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("pictures", "pictures", placeholders.pictures),
    ("headlines", "headlines", placeholders.headlines),
    ("find", "find", related.find_view),
    ("autosave", "autosave", autosave.autosave_view),
    ("day", "day", day.day_view),
    ("undo/<uuid:batch>", "undo", undo.undo_view),
)


def addresses(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """All of them; `wrap` is the admin's own guard, which asks for a log-in."""
    one = [(f"<int:article_id>/{route}/", name, view) for route, name, view in ON_ONE]
    everything = [*one, *((f"{route}/", name, view) for route, name, view in ON_ALL)]
    return [
        path(route, wrap(view), name=f"articles_article_{name}") for route, name, view in everything
    ]
