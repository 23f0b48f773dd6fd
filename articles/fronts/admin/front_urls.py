"""Addresses of the front's admin beside the stock ones; every view checks the front itself."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from articles.fronts.admin import history_urls, picker, preview, signs

# Below /admin/fronts/front/<id>/; the name is fronts_front_<name>.
ON_ONE: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("stories", "stories", picker.picker_view),
    ("preview", "preview", preview.preview_view),
    ("preview/frame", "preview_frame", preview.preview_frame_view),
    ("presence", "presence", signs.presence_view),
    *history_urls.ON_ONE,
)
# Below /admin/fronts/front/.
ON_ALL: tuple[tuple[str, str, Callable[..., Any]], ...] = history_urls.ON_ALL


def addresses(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """All of them; `wrap` is the admin's own guard, which asks for a log-in."""
    one = [(f"<int:front_id>/{route}/", name, view) for route, name, view in ON_ONE]
    everything = [*one, *((f"{route}/", name, view) for route, name, view in ON_ALL)]
    return [
        path(route, wrap(view), name=f"fronts_front_{name}") for route, name, view in everything
    ]
