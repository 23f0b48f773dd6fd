"""An article's form as a snapshot, and a snapshot as what a form sends.

A topic that the paper does not have yet stands in such a snapshot by its name.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from articles import topics
from articles.admin.tags import joined
from articles.models import Topic
from articles.related import complete
from articles.related import joined as line_of
from articles.revisions import FIELDS

_ROW = re.compile(r"bylines-[0-9]+-(id|article)$")


def new_rows(sent: QueryDict) -> QueryDict:
    """The same with every byline as a new row: those it names may be gone by now."""
    data = sent.copy()
    for name in [name for name in data if _ROW.match(name)]:
        del data[name]
    data["bylines-INITIAL_FORMS"] = "0"
    return data


def names_rows_that_are_gone(sent: QueryDict, present: Iterable[int]) -> bool:
    """Whether a byline row of the form was replaced by another (by a version put back)."""
    named = {
        value for name in sent if re.match(r"bylines-[0-9]+-id$", name) if (value := sent[name])
    }
    return not named <= {str(pk) for pk in present}


def as_snapshot(form: Any, bylines: Any, start: Mapping[str, Any]) -> dict[str, Any]:
    """What a valid form says; what it does not ask for is as in `start`. 2 queries for a tag."""
    taken = dict(start)
    for name in FIELDS:
        if name.removesuffix("_id") in form.fields:
            value = form.cleaned_data[name.removesuffix("_id")]
            taken[name] = (value.pk if value else None) if name.endswith("_id") else value
    if "further_sections" in form.fields:
        taken["further_sections"] = sorted(one.pk for one in form.cleaned_data["further_sections"])
    if "related" in form.fields:
        taken["related"] = form.cleaned_data["related"]
    names = form.cleaned_data.get("tags") or []
    found = ([topic.pk for topic in topics.find_all(name)] or [name] for name in names)
    taken["topics"] = list(dict.fromkeys(place for places in found for place in places))
    lines = [
        line
        for row in bylines.forms
        if (line := getattr(row, "cleaned_data", None)) and not line.get("DELETE")
    ]
    taken["bylines"] = [
        {
            "author_id": line["author"].pk if line.get("author") else None,
            "text": line.get("text") or "",
            "role": line.get("role") or "",
        }
        for line in sorted(lines, key=lambda line: line.get("order") or 0)
    ]
    return taken


def as_form(taken: Mapping[str, Any], fields: Iterable[str]) -> dict[str, list[str]]:
    """What a form with these fields sends for the snapshot. One query."""
    sent: dict[str, list[str]] = {}
    for name in FIELDS:
        field = name.removesuffix("_id")
        if field not in fields:
            continue
        value = taken.get(name)
        if isinstance(value, bool):
            sent[field] = ["on"] if value else []
        else:
            sent[field] = ["" if value is None else str(value)]
    if "further_sections" in fields:
        sent["further_sections"] = [str(pk) for pk in taken["further_sections"]]
    if "related" in fields:
        sent["related"] = [line_of(complete(taken)["related"])]
    sent["tags"] = [joined(topic_names(taken["topics"]))]
    sent["bylines-TOTAL_FORMS"] = [str(len(taken["bylines"]))]
    sent["bylines-INITIAL_FORMS"] = ["0"]
    for n, line in enumerate(taken["bylines"]):
        sent[f"bylines-{n}-author"] = [str(line["author_id"] or "")]
        sent[f"bylines-{n}-text"] = [line["text"]]
        sent[f"bylines-{n}-role"] = [line["role"]]
        sent[f"bylines-{n}-order"] = [str(n)]
    return sent


def topic_names(places: Iterable[int | str]) -> list[str]:
    """The names; a topic that was deleted since has none. One query."""
    places = list(places)
    known = Topic.objects.in_bulk([pk for pk in places if isinstance(pk, int)])
    return [
        place if isinstance(place, str) else known[place].name
        for place in places
        if isinstance(place, str) or place in known
    ]


def with_topics(taken: dict[str, Any]) -> dict[str, Any]:
    """The snapshot with topics made of the names the paper does not have yet."""
    places = taken["topics"]
    if not any(isinstance(place, str) for place in places):
        return taken
    made: list[int] = []
    for place in places:
        made += (
            [topic.pk for topic in topics.for_names([place])] if isinstance(place, str) else [place]
        )
    return {**taken, "topics": list(dict.fromkeys(made))}
