"""An address as people type or paste it, in the form in which the table holds it."""

import unicodedata
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.addresses.following import parted
from newsroom.addresses.models import MAX_PATH
from newsroom.addresses.spelling import query_written


class NoAddress(ValueError):
    """What is wrong with it, for people."""


def old_path(text: str) -> str:
    """The path that shall lead elsewhere; raises NoAddress.

    A whole address is taken whatever its host: the old site may have stood elsewhere. With a slash
    at its end; a query (`/story.asp?id=12`) stays, a fragment never reaches a server.
    """
    path, query, _fragment = _taken_apart(text, own=False)
    if path == "/" and not query:
        raise NoAddress(_("The front page cannot lead elsewhere."))
    return f"{path}?{query}" if query else _slashed(path)


def target_path(text: str) -> str:
    """Where it shall lead, on this site; raises NoAddress. A file's name gets no slash."""
    path, query, fragment = _taken_apart(text, own=True)
    path = path if "." in path.rpartition("/")[2] else _slashed(path)
    return f"{path}{f'?{query}' if query else ''}{f'#{fragment}' if fragment else ''}"


def as_typed(stored: str) -> str:
    """A stored address as it can be typed again: letters of every script stay readable."""
    path, tail = parted(stored)
    return path.replace("%", "%25").replace(" ", "%20") + tail


def _slashed(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def _taken_apart(text: str, *, own: bool) -> tuple[str, str, str]:
    text = text.strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        raise NoAddress(_("Type a path of this site, such as /contact/.")) from None
    if own and host and host != urlsplit(settings.SITE_URL).hostname:
        raise NoAddress(_("It leads to another site; a redirect stays on this one."))
    if parts.scheme not in {"", "http", "https"} or (not host and not text.startswith("/")):
        raise NoAddress(_("Type a path of this site, such as /contact/."))
    if text.startswith("//") or "\\" in text:
        raise NoAddress(_("Type a path of this site, such as /contact/."))
    path = unicodedata.normalize("NFC", unquote(parts.path)) or "/"
    if path.startswith("//") or "\\" in path:
        raise NoAddress(_("Type a path of this site, such as /contact/."))
    if " " in text or not text.isprintable() or not path.isprintable() or "\ufffd" in path:
        raise NoAddress(_("An address has no spaces and no invisible characters."))
    if len(path) + len(parts.query) + len(parts.fragment) > MAX_PATH - 3:
        raise NoAddress(_("The address is too long."))
    return path, query_written(parts.query), parts.fragment
