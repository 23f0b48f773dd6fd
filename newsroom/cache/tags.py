"""What a page shows, collected while it is made: tags such as "article:7" or "list:section:3".

Nobody lists the tags of a page. Every row of a watched model that is read leaves its tag, the
vocabulary of lists (articles/querysets.py) leaves that of the list, and what is stored under a
generation brings the tags it was built with. A watched row that is saved purges its tag (softly),
one that is deleted purges it hard; what is changed in bulk says so itself, by `purging.purge`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save


@dataclass
class Seen:
    """The tags, and the moment (seconds since 1970) at which the clock makes the page another."""

    tags: set[str] = field(default_factory=set)
    until: float | None = None
    # While it is being chosen what to show, rows that are read leave no tag.
    choosing: bool = False

    def add(self, other: "Seen") -> None:
        """As if it had been seen here."""
        self.tags |= other.tags
        if other.until is not None and (self.until is None or other.until < self.until):
            self.until = other.until


_present: ContextVar[Seen | None] = ContextVar("seen", default=None)
watched: dict[type[Model], str] = {}


@contextmanager
def collecting() -> Iterator[Seen]:
    """What is seen inside, and nothing of it outside; `see` passes it on."""
    found = Seen()
    before = _present.set(found)
    try:
        yield found
    finally:
        _present.reset(before)


@contextmanager
def choosing() -> Iterator[None]:
    """More rows are read inside than will be shown; `shows` says which are."""
    if (present := _present.get()) is None or present.choosing:
        yield
        return
    present.choosing = True
    try:
        yield
    finally:
        present.choosing = False


def being_collected() -> bool:
    """Whether a page is being made that may be stored."""
    return _present.get() is not None


def see(found: Seen) -> None:
    """What was seen elsewhere is shown here."""
    if (present := _present.get()) is not None:
        present.add(found)


def see_again(tags: Iterable[str], until: float | None) -> None:
    """What was seen when it was made is shown here."""
    if (present := _present.get()) is not None:
        present.tags.update(tags)
        if until is not None and (present.until is None or until < present.until):
            present.until = until


def seen(*tags: str) -> None:
    """The page that is being made shows these."""
    if (present := _present.get()) is not None:
        present.tags.update(tags)


def shows(*rows: Model | None) -> None:
    """The same of rows that were read while `choosing`, and of what was joined to them."""
    if (present := _present.get()) is None:
        return
    for row in rows:
        if row is not None and type(row) in watched:
            present.tags.add(f"{watched[type(row)]}:{row.pk}")
            joined = row._state.fields_cache.values()
            shows(*(other for other in joined if isinstance(other, Model)))


def fresh_until(moment: datetime | None) -> None:
    """The clock alone makes the page another one at this moment; None says nothing."""
    if moment is not None:
        see(Seen(until=moment.timestamp()))


def watch(model: type[Model], name: str) -> None:
    """Let every row of the model that is read leave `name:pk`; asking again changes nothing.

    Under half a microsecond a row, and nothing but a look at a variable outside a page.
    """
    if model in watched:
        return
    watched[model] = name
    read = model.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: type[Model], *row: Any) -> Model:
        instance: Model = read(cls, *row)
        if (present := _present.get()) is not None and not present.choosing:
            present.tags.add(f"{name}:{instance.pk}")
        return instance

    model.from_db = classmethod(from_db)  # type: ignore[method-assign,assignment]
    post_save.connect(_saved, sender=model, dispatch_uid=f"cache.saved.{name}")
    post_delete.connect(_deleted, sender=model, dispatch_uid=f"cache.deleted.{name}")


def _saved(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    from newsroom.cache.purging import purge  # it needs the models, and they are not loaded yet

    if not raw:
        purge(f"{watched[sender]}:{instance.pk}")


def _deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    from newsroom.cache.purging import purge

    purge(f"{watched[sender]}:{instance.pk}", hard=True)
