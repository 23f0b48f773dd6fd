"""JSON-LD: how what a page says of itself to machines is written, whatever it is."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

Data = dict[str, Any]

# What could end the script element or start a comment in it.
_ESCAPES = {
    "<": "\\u003C",
    ">": "\\u003E",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def to_script(*things: Data) -> SafeString:
    """The things of one page as JSON that is safe inside a script element."""
    data = [{"@context": "https://schema.org", **thing} for thing in things]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(text)  # noqa: S308  (no character left that HTML gives a meaning)


def absolute(path: str) -> str:
    """A path of ours as the world sees it; anything absolute stays as it is."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def stamp(moment: datetime) -> str:
    """A moment by the paper's clock, with its distance from UTC."""
    return timezone.localtime(moment).isoformat()


def filled(**properties: Any) -> Data:
    """Those of the properties of which something is known."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}
