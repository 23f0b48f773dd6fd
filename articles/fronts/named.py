"""Everything a front's content names by its id: sections, topics, columns and pictures."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from articles.fronts.content import SOURCES_WITH_ID, Block, Content, parse
from articles.fronts.models import Front
from articles.models import Column, Section, Topic
from articles.topics.standing import standing_for
from newsroom.cache.generations import stored
from newsroom.cache.tags import seen
from newsroom.media.models import Picture

Source = Section | Topic | Column
# Merges one behind the other that are followed in the one query.
STEPS = 3


@dataclass
class Named:
    """What is still there of it. `rows` are the sections with a row on the front page, in order."""

    section: dict[int, Section] = field(default_factory=dict)
    topic: dict[int, Topic] = field(default_factory=dict)
    column: dict[int, Column] = field(default_factory=dict)
    picture: dict[int, Picture] = field(default_factory=dict)
    rows: list[Section] = field(default_factory=list)
    # Hot Opinion's stories as editors put them, in order: the home page's opinion begins with them.
    curated: list[int] = field(default_factory=list)

    def source(self, block: Block) -> Source | None:
        """The section, topic or column whose newest fill this block; a merged topic's target."""
        found: dict[int, Any] = getattr(self, block.source, {})
        return found.get(block.source_id or 0)


def named(front: Front, content: Content) -> Named:
    """One query at most, and none for what this process has in memory."""
    ids = {
        name: sorted({b.source_id for b in content.blocks if b.source == name and b.source_id})
        for name in SOURCES_WITH_ID
    }
    ids["picture"] = sorted({p.picture for p in content.slots.values() if p.picture})
    own = front.section
    home = front.kind == Front.Kind.HOME
    if home or (own and ids["section"] == [own.pk]):  # home asks for all; its own is at hand
        ids["section"] = []
    found = Named()
    if home or any(ids.values()):
        key = ";".join(f"{name}:{','.join(map(str, ids[name]))}" for name in sorted(ids))
        found = stored(f"front_names:{home}:{key}", lambda: _ask(ids, home=home), of="articles")
    if own:
        found.section[own.pk] = own
    return found


def _ask(ids: dict[str, list[int]], *, home: bool) -> Named:
    parts = [
        _rows(
            Section.objects.all() if home else Section.objects.filter(pk__in=ids["section"]),
            "section", "name", "slug",
            Case(When(on_front=True, then=1), default=0, output_field=IntegerField()), F("order"),
        ),
        _rows(
            Topic.objects.filter(pk__in=ids["topic"]), "topic",
            _last("name"), _last("slug"), _last("pk"), F("merged_into__" * STEPS + "merged_into"),
        ),
        _rows(Column.objects.filter(pk__in=ids["column"]), "column", "name", "slug"),
        _rows(
            Picture.objects.filter(pk__in=ids["picture"]), "picture", "token", "extension",
            F("width"), F("height"), F("version"), F("ready"),
        ),
    ]  # fmt: skip
    if home:
        hot = Front.objects.filter(kind=Front.Kind.HOT_OPINION, live__isnull=False)
        parts.append(_rows(hot, "curated", Cast("live__content", TextField()), Value("")))
        seen("sections", f"front:{Front.Kind.HOT_OPINION}")
    seen(*(f"{name}:{pk}" for name in ids for pk in ids[name]))
    head, *rest = parts
    return _sorted(head.union(*rest, all=True))


def _last(field: str) -> Coalesce:
    """Of a merged topic, that of its target, whose target may be merged again."""
    return Coalesce(*("merged_into__" * steps + field for steps in range(STEPS, -1, -1)))


def _rows(queryset: QuerySet[Any], what: str, text: Any, slug: Any, *numbers: Any) -> Any:
    """The same eight columns of every model, so that all come in one query."""
    filled = [*numbers, *[Value(0)] * (4 - len(numbers))]
    as_text = Cast(text if not isinstance(text, str) else F(text), TextField())
    return queryset.order_by().values_list(
        Value(what), F("pk"), as_text,
        Cast(slug if not isinstance(slug, str) else F(slug), TextField()),
        *(Cast(number, IntegerField()) for number in filled),
    )  # fmt: skip


def _sorted(rows: Iterable[tuple[Any, ...]]) -> Named:
    found, order = Named(), dict[int, tuple[int, str]]()
    for what, pk, text, slug, a, b, c, d in rows:
        if what == "section":
            found.section[pk] = Section(pk=pk, name=text, slug=slug, on_front=bool(a), order=b)
            order[pk] = (b, text)
        elif what == "topic":
            found.topic[pk] = Topic(pk=a, name=text, slug=slug)
            if b:  # merged oftener than one query follows
                found.topic[pk] = standing_for(Topic(pk=pk, merged_into_id=a))[0]
        elif what == "column":
            found.column[pk] = Column(pk=pk, name=text, slug=slug)
        elif what == "picture":
            found.picture[pk] = Picture(
                pk=pk, token=text, extension=slug, width=a, height=b, version=c, ready=d
            )
        else:
            found.curated = _curated(text)
    rows_of = [section for section in found.section.values() if section.on_front]
    found.rows = sorted(rows_of, key=lambda section: order[section.pk])
    return found


def _curated(text: str) -> list[int]:
    try:
        content = parse(json.loads(text))
    except ValueError:
        return []
    return [content.slots[key].article for key in content.keys if key in content.slots]
