"""ads.txt (IAB Tech Lab, 1.1): who may sell the paper's advertising."""

import re

from django.utils.translation import gettext as _

_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+\Z", re.I
)
_VARIABLE = re.compile(r"([A-Za-z]+)\s*=\s*(\S.*)\Z")
VARIABLES = ("contact", "subdomain", "inventorypartnerdomain", "ownerdomain", "managerdomain")
RELATIONS = ("direct", "reseller")


def served(text: str) -> str | None:
    """The sellers; None for a paper that names none: no file says nothing of anyone."""
    return f"{text}\n" if text else None


def problems(text: str) -> list[str]:
    """Lines that buyers would pass over without a word."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].partition(";")[0].strip()
        if said and (sentence := _problem(said)):
            found.append(_("Line %(line)s: %(problem)s") % {"line": number, "problem": sentence})
    return found


def _problem(said: str) -> str:
    """What is wrong with one line; empty when nothing is."""
    variable = _VARIABLE.match(said)
    if variable and "," not in said:
        known = variable[1].lower() in VARIABLES
        return "" if known else _("“%(name)s” is no variable of ads.txt.") % {"name": variable[1]}
    parts = [part.strip() for part in said.split(",")]
    if not 3 <= len(parts) <= 4 or not all(parts):
        return _("write “exchange.example.com, account number, DIRECT”.")
    if not _DOMAIN.match(parts[0]):
        return _("“%(name)s” is no domain.") % {"name": parts[0]}
    if parts[2].lower() not in RELATIONS:
        return _("“%(name)s” should be DIRECT or RESELLER.") % {"name": parts[2]}
    return ""
