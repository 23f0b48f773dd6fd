"""`{% part %}`: HTML that is the same in every page, made once (newsroom/cache/parts.py)."""

from collections.abc import Hashable, Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from newsroom.cache import tags
from newsroom.cache.parts import part

register = template.Library()
Expression = template.base.FilterExpression


@register.tag(name="part")
def do_part(parser: template.base.Parser, token: template.base.Token) -> "PartNode":
    """`{% part "card" of card related by level size if plain %}…{% endpart %}`

    `of`: the rows it shows, each a row, a list of rows or nothing. `by`: everything else that what
    is inside depends on; an empty value is as good as none. There is no request inside, unless it
    is one of these. `version`: another one takes the place of the one before. `if` these are not
    all true, it is made for this page alone.
    """
    _tag, name, *words = token.split_contents()
    given: dict[str, list[Expression]] = {"of": [], "by": [], "version": [], "if": []}
    into = None
    for word in words:
        if word in given:
            into = given[word]
        elif into is None:
            raise template.TemplateSyntaxError("part: a name, then `of`, `by`, `version` or `if`")
        else:
            into.append(parser.compile_filter(word))
    nodes = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name.strip("\"'"), nodes, **{f"{word}_": given[word] for word in given})


class PartNode(template.Node):
    """Looks whether it is there before anything inside is asked."""

    def __init__(
        self, name: str, nodelist: template.NodeList, *,
        of_: list[Expression], by_: list[Expression], version_: list[Expression],
        if_: list[Expression],
    ) -> None:  # fmt: skip
        self.name, self.nodelist = name, nodelist
        self.rows, self.others, self.versions, self.conditions = of_, by_, version_, if_

    def render(self, context: template.Context) -> SafeString:
        if not all(_value(each, context) for each in self.conditions):
            return self.nodelist.render(context)
        rows = [row for each in self.rows for row in _rows(_value(each, context))]
        others = [_plain(_value(each, context)) for each in self.others]
        version = [_plain(_value(each, context)) for each in self.versions]

        def build() -> SafeString:
            for row in rows:
                tags.shows(row, *_rows(list(row._state.fields_cache.values())))
            request = context.get("request") if asked in others else None
            with context.push(request=request, **_asked_anew(context)):
                return self.nodelist.render(context)

        asked = _plain(context.get("request"))
        if any(row._state.adding for row in rows):  # it stands in no database
            return build()
        name = self.name, tuple(map(_told_apart, rows)), *others
        return part(*name, version=tuple(version), build=build)


def _value(expression: Expression, context: template.Context) -> object:
    """None for what is not there; a plain name is looked up twenty times faster than resolved."""
    lookups = None if expression.filters else getattr(expression.var, "lookups", None)
    if lookups and len(lookups) == 1:
        return context.get(lookups[0])
    return expression.resolve(context, ignore_failures=True)


def _asked_anew(context: template.Context) -> dict[str, Any]:
    """What the context has for those who ask, not asked yet: the part gets the tags it leaves."""
    found: dict[Any, Any] = context.flatten()
    return {
        name: SimpleLazyObject(value._setupfunc)
        for name, value in found.items()
        if isinstance(value, SimpleLazyObject)
    }


def _told_apart(row: Model) -> Hashable:
    """A copy of a row that is shown otherwise in one place says so: `row.set_apart`."""
    return row.pk, getattr(row, "set_apart", None)


def _rows(value: object) -> Iterable[Model]:
    if isinstance(value, Model):
        return [value]
    if isinstance(value, list | tuple):
        return [row for row in value if isinstance(row, Model)]
    return []


def _plain(value: object) -> Hashable:
    if isinstance(value, HttpRequest):  # of a page that is kept: made from its address alone
        return value.get_host(), value.get_full_path()
    return (value.pk if isinstance(value, Model) else value) or None
