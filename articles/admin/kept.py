"""A kept text made readable: names in place of ids, the form's own words for its fields."""

import re
from typing import Any, NamedTuple

from django.db import models
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.models import Article, Author, Autosave, Column, Section
from articles.related import split
from newsroom.lib.html import clean_html
from newsroom.lib.text import tidy
from newsroom.media.models import Picture

# Fields that hold ids, and what they name.
_NAMED: dict[str, type[models.Model]] = {
    "section": Section, "column": Column, "further_sections": Section, "lead_picture": Picture,
    "related": Article,
}  # fmt: skip
_AUTHOR = re.compile(r"bylines-[0-9]+-author")
_SHOWN = (
    "headline", "standfirst", "body", "lead_picture", "lead_caption", "bylines", "section", "tags",
    "kicker", "related", "further_sections", "dateline", "seo_title", "seo_description",
    "share_title", "share_text",
)  # fmt: skip


class Line(NamedTuple):
    """One field of a kept text; what has the name "body" is HTML, cleaned."""

    name: str
    label: str
    text: str


def names_of(row: Autosave) -> dict[str, str]:
    """What search boxes show for the ids in them, by the field's name. At most 2 queries."""
    wanted = {
        name: int(values[0])
        for name, values in row.data.items()
        if (name == "lead_picture" or _AUTHOR.fullmatch(name))
        and values
        and re.fullmatch(r"[0-9]{1,18}", values[0])
    }
    picture = wanted.pop("lead_picture", None)
    authors = Author.objects.in_bulk({*wanted.values()}) if wanted else {}
    names = {name: str(authors[pk]) for name, pk in wanted.items() if pk in authors}
    if picture and (found := Picture.objects.filter(pk=picture).first()):
        names["lead_picture"] = str(found)
    return names


def fields_of(row: Autosave) -> list[Line]:
    """Every field with something in it, in the form's order."""
    named = names_of(row)
    lines = []
    for name in _SHOWN:
        if name == "bylines":
            text = _bylines(row.data, named)
        elif name in _NAMED and name not in named:
            text = _names(_NAMED[name], row.data.get(name, []))
        else:
            text = named.get(name) or "\n".join(row.data.get(name, []))
        if name == "body":
            text = mark_safe(clean_html(text))  # noqa: S308
        if text.strip():
            lines.append(Line(name, _label(name), text))
    return lines


def _bylines(data: dict[str, list[str]], named: dict[str, str]) -> str:
    """One line for each name that was not marked to be removed."""
    lines: list[tuple[int, str]] = []
    for prefix in {name.rpartition("-")[0] for name in data if name.startswith("bylines-")}:
        parts = [*data.get(f"{prefix}-text", []), *data.get(f"{prefix}-role", [])]
        words = tidy(" ".join([named.get(f"{prefix}-author", ""), *parts]))
        if words and f"{prefix}-DELETE" not in data:
            place = "".join(data.get(f"{prefix}-order", []))
            lines.append((int(place) if re.fullmatch(r"[0-9]{1,9}", place) else 0, words))
    return "\n".join(words for _place, words in sorted(lines))


def _names(model: type[models.Model], values: list[str]) -> str:
    """In the order of the numbers; related stories come as one line of them."""
    ids = [pk for value in values for pk in split(value)[0]]
    found = model._default_manager.in_bulk(ids) if ids else {}
    return ", ".join(str(found[pk]) for pk in dict.fromkeys(ids) if pk in found)


def _label(name: str) -> str:
    if name in {"tags", "bylines"}:
        return _("Tags") if name == "tags" else _("Byline")
    field: Any = Article._meta.get_field(name)
    return str(field.verbose_name).capitalize()
