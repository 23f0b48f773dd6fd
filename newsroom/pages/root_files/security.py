"""security.txt (RFC 9116): whom to tell of a hole in the site.

It must say until when it holds, and a forgotten date makes it void. The system writes the date: the
file is as true as the site that serves it.
"""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from newsroom.cache.tags import fresh_until
from newsroom.lib.json_ld import absolute
from newsroom.pages.identity import identity

PATH = "/.well-known/security.txt"
# It holds until the first day of the month so many months after this one; the RFC asks for less
# than a year. Within a month the file stays the same, byte for byte.
HOLDS = 7
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]*):\s*(\S.*)\Z")
_OURS = ("expires", "canonical")
_SCHEMES = {
    "contact": ("https://", "mailto:", "tel:"),
    "encryption": ("https://", "dns:", "openpgp4fpr:"),
    "acknowledgments": ("https://",),
    "policy": ("https://",),
    "hiring": ("https://",),
}


def served(text: str, *, at: datetime) -> str | None:
    """The contacts and what the system adds; None without any.

    Without a text the paper's own e-mail address is the contact.
    """
    paper = identity()
    text = text or (f"Contact: mailto:{paper.email}" if paper.email else "")
    if not text:
        return None
    added = [f"Expires: {_first_of_month(at, HOLDS):%Y-%m-%dT%H:%M:%SZ}"]
    fresh_until(_first_of_month(at, 1))
    if "preferred-languages:" not in text.lower():
        added.append(f"Preferred-Languages: {paper.language}")
    added.append(f"Canonical: {absolute(PATH)}")
    return "\n".join([text, *added, ""])


def _first_of_month(at: datetime, later: int) -> datetime:
    """So many months after that of `at`."""
    months = at.astimezone(UTC).month - 1 + later
    return datetime(at.astimezone(UTC).year + months // 12, months % 12 + 1, 1, tzinfo=UTC)


def problems(text: str) -> list[str]:
    """What is no field, and addresses of a kind that the field cannot have."""
    found, names = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = _FIELD.match(line)
        name = match[1].lower() if match else ""
        schemes = _SCHEMES.get(name, ())
        names.append(name)
        if not match:
            found.append(
                _("Line %(line)s is no field. Write “Contact: mailto:security@example.org”.")
                % {"line": number}
            )
        elif name in _OURS:
            found.append(
                _("Line %(line)s: the system writes “%(field)s” itself, and keeps it true.")
                % {"line": number, "field": match[1]}
            )
        elif schemes and not match[2].lower().startswith(schemes):
            found.append(
                _("Line %(line)s: “%(field)s” is an address that begins with %(schemes)s.")
                % {"line": number, "field": match[1], "schemes": _(" or ").join(schemes)}
            )
    if text and not found and "contact" not in names:
        found.append(_("It needs a “Contact:” line."))
    if names.count("preferred-languages") > 1:
        found.append(_("“Preferred-Languages:” can stand there once."))
    return found
