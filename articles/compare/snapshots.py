"""What differs between two snapshots of an article, field by field, for people to read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles.compare.align import matches
from articles.compare.body import body_lines
from articles.compare.lines import FieldChange, Line, item_line, text_line, within_limit
from articles.compare.names import Names
from articles.models import Article, Byline
from articles.models.kinds import Kind
from articles.related import complete

__all__ = ["FieldChange", "compare", "field_label"]

# In the order of the form. What is not listed is compared all the same, at the end, as text.
ORDER = (
    "kicker", "headline", "standfirst", "body", "lead_picture_id", "lead_caption", "bylines",
    "section_id", "topics", "kind", "column_id", "related", "further_sections", "dateline",
    "language", "slug", "seo_title", "seo_description", "share_title", "share_text",
    "show_versions",
)  # fmt: skip

Lines = Callable[[Any, Any, Names], list[Line]]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """The fields that differ, in the order of the form; empty when nothing does.

    A field that one of the two does not know (an older snapshot) is passed over. At most 6
    queries, for names; 0.5 s at most for two texts of 10,000 words.
    """
    if "headline" in before and "headline" in after:  # whole snapshots, not a field of one
        before, after = complete(before), complete(after)
    names = Names(before, after)
    known = [name for name in ORDER if name in before and name in after]
    known += sorted((before.keys() & after.keys()) - set(ORDER))
    return [
        FieldChange(name, field_label(name), within_limit(_lines(name)(old, new, names)))
        for name in known
        if (old := before[name]) != (new := after[name])
    ]


def field_label(name: str) -> str:
    """What the form calls a field of a snapshot."""
    if name == "bylines":
        return str(Byline._meta.verbose_name)
    try:
        field = Article._meta.get_field(name.removesuffix("_id"))
    except LookupError:
        return name
    return str(getattr(field, "verbose_name", name))


def _lines(name: str) -> Lines:
    return _SPECIAL.get(name, _text)


def _text(before: Any, after: Any, names: Names) -> list[Line]:
    return [text_line(str(before or ""), str(after or ""))]


def _body(before: str, after: str, names: Names) -> list[Line]:
    lines = body_lines(before, after, names)
    if not lines or all(line.op == "same" for line in lines):
        return [Line("formatting", notes=[_("Only spaces between paragraphs changed.")])]
    return lines


def _choice(told: Callable[[Any, Names], str]) -> Lines:
    """One value for another, each whole."""

    def lines(before: Any, after: Any, names: Names) -> list[Line]:
        old, new = told(before, names), told(after, names)
        items = [item_line("removed", old)] if old else []
        return [*items, item_line("added", new)] if new else items

    return lines


def _items(told: Callable[[Any, Names], str], *, ordered: bool = True) -> Lines:
    """Lists: what came, what went; when only the order changed, that."""

    def lines(before: Sequence[Any], after: Sequence[Any], names: Names) -> list[Line]:
        old = [told(item, names) for item in before]
        new = [told(item, names) for item in after]
        shown: list[Line] = []
        at = other = 0
        for a, b, size in [*matches(old, new), (len(old), len(new), 0)]:
            shown += [item_line("removed", text) for text in old[at:a]]
            shown += [item_line("added", text) for text in new[other:b]]
            shown += [item_line("same", text) for text in new[b : b + size]]
            at, other = a + size, b + size
        if ordered and old != new and sorted(old) == sorted(new):
            shown.append(Line("formatting", notes=[_("Only the order changed.")]))
        return shown

    return lines


def _byline(line: Mapping[str, Any], names: Names) -> str:
    who = line["text"] or names(("author", line["author_id"]))
    return f"{who} ({line['role']})" if line["role"] else who


def _named(model: str) -> Callable[[Any, Names], str]:
    return lambda pk, names: names((model, pk))


def _labelled(choices: Mapping[str, Any]) -> Callable[[Any, Names], str]:
    return lambda value, names: str(choices.get(value, value))


_SPECIAL: dict[str, Lines] = {
    "body": _body,
    "bylines": _items(_byline),
    "topics": _items(_named("topic")),
    "related": _items(_named("article")),
    "further_sections": _items(_named("section"), ordered=False),
    "section_id": _choice(_named("section")),
    "column_id": _choice(_named("column")),
    "lead_picture_id": _choice(_named("picture")),
    "kind": _choice(_labelled(dict(Kind.choices))),
    "language": _choice(_labelled(dict(settings.LANGUAGES))),
    "show_versions": _choice(lambda value, names: _("yes") if value else _("no")),
}
