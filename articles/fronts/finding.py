"""Which fronts there are and what stands on them."""

from collections.abc import Iterable
from dataclasses import replace

from articles.fronts.content import BadContent, Block, Content, parse
from articles.fronts.models import Front
from articles.fronts.named import named
from articles.models import Section
from newsroom.cache.tags import seen

# Rows on the home page before anybody arranged it, and the settings they take in turn.
ROWS = 12
LAYOUTS = ("four", "one-three", "list")


def front_of(kind: str, section: Section | None = None) -> Front:
    """The front of that kind, or of that section; made when it is not there yet."""
    if (kind == Front.Kind.SECTION) != (section is not None):
        raise ValueError("a section's front names its section, and no other does")
    found, _made = Front.objects.select_related("live", "section").get_or_create(
        kind=kind, section=section
    )
    return found


def look_up(kind: str) -> Front:
    """For readers: one query, and nothing is made; a front that is not there yet is by rule."""
    seen(f"front:{kind}")
    found = Front.objects.select_related("live").filter(kind=kind, section=None).first()
    return found or Front(kind=kind)


def all_fronts() -> list[Front]:
    """Home, opinion, Hot Opinion and one a section, those that are missing made; two queries."""
    found = list(Front.objects.select_related("live", "section"))
    kinds = {front.kind for front in found}
    sections = {front.section_id for front in found}
    missing = [front_of(kind) for kind in Front.Kind.values
               if kind != Front.Kind.SECTION and kind not in kinds]  # fmt: skip
    missing += [
        front_of(Front.Kind.SECTION, section)
        for section in Section.objects.exclude(pk__in=[pk for pk in sections if pk])
    ]
    return [*found, *missing]


def default_content(front: Front) -> Content:
    """What the front is made of before anybody arranged it: everything by rule."""
    if front.kind == Front.Kind.SECTION:
        return Content(
            (
                Block("lead", "lead", "section", front.section_id, count=1),
                Block("seconds", "seconds", "section", front.section_id, count=3),
            )
        )
    if front.kind == Front.Kind.OPINION:
        return Content(
            (
                Block("lead", "lead", "opinion", count=1),
                Block("voices", "opinion", "opinion", count=6),
            )
        )
    if front.kind == Front.Kind.HOT_OPINION:
        return Content((Block("hot", "hot", "opinion", count=5),))
    top = (
        Block("lead", "lead", "news", count=1),
        Block("related", "related", "news", count=2),
        Block("seconds", "seconds", "news", count=4),
        Block("opinion", "opinion", "opinion", count=5),
    )
    rows = _rows(named(front, Content()).rows[:ROWS], before=0)
    return Content((*top, *rows, Block("latest", "latest", "paper", count=8, repeat=True)))


def content_of(front: Front) -> Content:
    """What readers get: the live arrangement, or the default; one query at most."""
    return reading(front)[0]


def reading(front: Front) -> tuple[Content, str]:
    """The same, and why the live arrangement could not be read if the default stands in for it."""
    if front.live is None:
        return default_content(front), ""
    try:
        content = parse(front.live.content)
    except BadContent as problem:
        return default_content(front), str(problem)
    return (_with_new_rows(front, content) if front.kind == Front.Kind.HOME else content), ""


def _rows(sections: Iterable[Section], *, before: int) -> list[Block]:
    return [
        Block(f"row-{section.pk}", "row", "section", section.pk, layout=LAYOUTS[n % len(LAYOUTS)])
        for n, section in enumerate(sections, start=before)
    ]


def _with_new_rows(front: Front, content: Content) -> Content:
    """A section that gets a row on the front page has one, also where others were arranged."""
    there = {block.source_id for block in content.blocks if block.source == "section"}
    new = [section for section in named(front, content).rows if section.pk not in there]
    if not new:
        return content
    blocks = list(content.blocks)
    ids = {block.id for block in blocks}
    places = [place for place, block in enumerate(blocks) if block.kind == "row"]
    after = places[-1] + 1 if places else len(blocks)
    blocks[after:after] = [
        replace(block, id=f"{block.id}-new") if block.id in ids else block
        for block in _rows(new, before=len(places))
    ]
    return replace(content, blocks=tuple(blocks))
