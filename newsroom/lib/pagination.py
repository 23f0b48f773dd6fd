"""Lists page by key, never by offset: `?before=<UTC stamp>-<id>` costs the same on every page."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404

_KEY = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([0-9]{1,18})\Z")


@dataclass(frozen=True)
class Key:
    """The last item of a page: when it was published (UTC, whole seconds) and its id."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{self.id}"


def parse_key(raw: str | None) -> Key | None:
    """The key in `?before=`, None when there is none; anything malformed is a 404."""
    if raw is None:
        return None
    if match := _KEY.match(raw):
        try:
            at = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError as error:
            raise Http404("no such page") from error
        return Key(at, int(match[2]))
    raise Http404("no such page")
