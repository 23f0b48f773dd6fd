"""Reading and writing the table of addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from newsroom.addresses.following import end_of
from newsroom.addresses.models import MAX_PATH, Address
from newsroom.addresses.reserved import is_reserved
from newsroom.cache.purging import purge
from newsroom.cache.tags import seen


class AddressTaken(ValueError):
    """The path belongs to something else; the message says to what, for the form."""


@dataclass(frozen=True)
class Match:
    """What a path leads to: an object (kind, id) at its present address, or a redirect."""

    kind: str
    object_id: int
    redirect: str | None


@dataclass(frozen=True)
class Place:
    """Where an object is now and what it is called."""

    path: str
    label: str


def claim(kind: str, object_id: int, path: str, *, label: str = "", public: bool = True) -> bool:
    """Give the object its address; the one it had keeps leading to it. Whether its address or name
    is another one now.

    Raises AddressTaken when the path is reserved or leads to something else. At most 4 queries.
    """
    _check_reserved(path)
    try:
        with transaction.atomic():
            there = Address.objects.select_for_update().filter(path=path).first()
            if there and (there.kind, there.object_id) != (kind, object_id):
                raise AddressTaken(_taken(there))
            if there and there.is_current:
                renamed = there.label != label
                if renamed or there.is_public != public:
                    there.label, there.is_public = label, public
                    there.save(update_fields=["label", "is_public"])
                    purge(f"address:{kind}:{object_id}")
                return renamed
            Address.objects.filter(kind=kind, object_id=object_id, is_current=True).update(
                is_current=False
            )
            Address.objects.update_or_create(
                path=path,
                defaults={
                    "kind": kind,
                    "object_id": object_id,
                    "is_current": True,
                    "label": label,
                    "is_public": public,
                    "ending": ending_of(path),
                },
            )
            purge(f"address:{kind}:{object_id}")
            return True
    except IntegrityError as error:  # another process claimed it between our look and our write
        raise AddressTaken(_("“%s” has just been taken.") % path) from error


def ending_of(path: str) -> str:
    """The last segment, which is the name of the thing: /topic/water/ ends in "water"."""
    return path.strip("/").rpartition("/")[2][:200]


def check_free(kind: str, object_id: int | None, path: str) -> None:
    """Raise AddressTaken now, for a form, if `claim` would; one query."""
    _check_reserved(path)
    there = Address.objects.filter(path=path).first()
    if there and (there.kind, there.object_id) != (kind, object_id):
        raise AddressTaken(_taken(there))


def _check_reserved(path: str) -> None:
    if is_reserved(path):
        raise AddressTaken(_("“%s” is an address the system needs itself.") % path)


def _taken(there: Address) -> str:
    if there.target:
        return _("“%(path)s” is a redirect to %(target)s; remove it under Addresses first.") % {
            "path": there.path,
            "target": there.target,
        }
    if there.is_current:
        return _("“%(path)s” is already the address of another %(kind)s.") % {
            "path": there.path,
            "kind": there.kind,
        }
    return _(
        "“%(path)s” once belonged to another %(kind)s, and old links still lead there; "
        "remove it under Addresses to use it again."
    ) % {"path": there.path, "kind": there.kind}


def release(kind: str, object_id: int) -> None:
    """Forget every address of an object that is being deleted."""
    Address.objects.filter(kind=kind, object_id=object_id).delete()


def set_public(kind: str, ids: Iterable[int], public: bool) -> None:
    """Say whether menus may link to these; their addresses stay theirs."""
    other = Address.objects.filter(kind=kind, object_id__in=list(ids), is_current=True)
    other = other.exclude(is_public=public)
    changed = list(other.values_list("object_id", flat=True))
    if changed:
        other.update(is_public=public)
        purge(*(f"address:{kind}:{number}" for number in changed))


def places_of(objects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Place]:
    """Path and name of many objects, one query; what has no public address is missing."""
    wanted = set(objects)
    seen(*(f"address:{kind}:{number}" for kind, number in wanted))
    rows = Address.objects.filter(
        is_current=True,
        is_public=True,
        kind__in={kind for kind, _id in wanted},
        object_id__in={object_id for _kind, object_id in wanted},
    ).values_list("kind", "object_id", "path", "label")
    return {(k, i): Place(path, label) for k, i, path, label in rows if i and (k, i) in wanted}


def names_of(objects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What many objects are called now, public or not; one query."""
    wanted = set(objects)
    rows = Address.objects.filter(
        is_current=True,
        kind__in={kind for kind, _id in wanted},
        object_id__in={object_id for _kind, object_id in wanted},
    ).values_list("kind", "object_id", "label")
    return {(k, i): label for k, i, label in rows if i and (k, i) in wanted}


def path_of(kind: str, object_id: int) -> str | None:
    """The present path of one object, public or not, one query."""
    return (
        Address.objects.filter(kind=kind, object_id=object_id, is_current=True)
        .values_list("path", flat=True)
        .first()
    )


def standing_at(path: str) -> tuple[str, int] | None:
    """Kind and id of what has this address now; one query."""
    if "\x00" in path or len(path) > MAX_PATH or not path.isprintable():
        return None
    present = Address.objects.filter(path=path, is_current=True)
    found = present.values_list("kind", "object_id").first()
    return (found[0], found[1]) if found and found[1] else None


def resolve(path: str) -> Match | None:
    """What the path leads to; odd paths (NUL, too long) lead nowhere.

    One query for what stands there. What led or was called so is followed to its end; without one,
    a redirect is none, and an old name has no present address.
    """
    if "\x00" in path or len(path) > MAX_PATH or not path.isprintable():
        return None
    address = Address.objects.filter(path=path).first()
    if address is None:
        return None
    if address.object_id:
        seen(f"address:{address.kind}:{address.object_id}")
    if address.is_current:
        return Match(address.kind, address.object_id or 0, None)
    end = end_of(path)
    if end.is_dead and address.target:
        return None
    return Match(address.kind, address.object_id or 0, None if end.is_dead else quoted(end.path))


def quoted(path: str) -> str:
    """The path as it stands in a header."""
    return path if path.isascii() else quote(path, safe="/?=&%#:@!$'()*+,;~-._")
