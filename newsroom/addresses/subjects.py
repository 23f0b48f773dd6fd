"""What a page is about, as somebody who looks after it would ask; the staff's links to edit come
from here (newsroom/accounts/desk_part.py)."""

from django.urls import Resolver404, resolve

from newsroom.addresses.book import standing_at
from newsroom.addresses.registry import Subject, finders, kinds


def subjects_of(path: str) -> list[Subject]:
    """The page's own before what it is made of; none of an address that nothing answers.

    They need not be there any more, and nothing is said of who may see them. One query for the
    table, and what the finders ask.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return []
    there = standing_at(path)
    found = [subject for find in finders for subject in find(match, there)]
    if there and there[0] in kinds:
        found.append((kinds[there[0]].model, there[1]))
    return found
