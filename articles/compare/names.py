"""The names of what a snapshot holds by number; what is deleted since is named by its number."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from articles.models import Article, Author, Column, Section, Topic
from newsroom.lib.text import tidy
from newsroom.media.models import Picture
from newsroom.pages.body import RELATED, pictures_in

MODELS: dict[str, type[models.Model]] = {
    "section": Section, "column": Column, "topic": Topic, "author": Author,
    "picture": Picture, "article": Article,
}  # fmt: skip


class Names:
    """Of two snapshots; each model is asked at most once, and only when a name is needed."""

    def __init__(self, *snapshots: Mapping[str, Any]) -> None:
        self._snapshots = snapshots
        self._known: dict[str, dict[int, str]] = {}

    def __call__(self, what: tuple[str, int | None]) -> str:
        """`("section", 3)` to "City"; empty for None."""
        model, pk = what
        if pk is None:
            return ""
        if model not in self._known:
            numbers = {n for taken in self._snapshots for n in _numbers(model, taken)}
            rows = MODELS[model]._default_manager.in_bulk([n for n in numbers if n is not None])
            self._known[model] = {key: tidy(str(row)) for key, row in rows.items()}
        known = self._known[model].get(pk)
        if known is None:
            return _("deleted (number %(number)d)") % {"number": pk}
        return f"{known} ({pk})" if model == "picture" else known


def _numbers(model: str, taken: Mapping[str, Any]) -> Iterable[int | None]:
    if model == "section":
        return [taken.get("section_id"), *taken.get("further_sections", ())]
    if model == "column":
        return [taken.get("column_id")]
    if model == "topic":
        return list(taken.get("topics", ()))
    if model == "author":
        return [line["author_id"] for line in taken.get("bylines", ())]
    body = taken.get("body", "")
    if model == "picture":
        return [taken.get("lead_picture_id"), *pictures_in(body)]
    return [*(int(found[1]) for found in RELATED.finditer(body)), *taken.get("related", ())]
