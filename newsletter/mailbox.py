"""The one rule for e-mail addresses: which are taken, how they are written down, when two are one.

- The domain is a name with a dot, written in lower case; letters outside ASCII become its `xn--`
  form. Bare hosts, IP literals and a dot at the end are refused.
- The part before the @ is kept as typed: ASCII letters, digits and ``!#$%&'*+/=?^_`{|}~-``, dots
  between them. Quoted parts, comments and letters outside ASCII are refused, because too many mail
  systems lose them. `+tag` and dots are part of the address: nothing is stripped.
- Two addresses are the same when they are equal in lower case.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.lib.text import tidy

LONGEST = 254  # RFC 5321: 256 with the angle brackets
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")


def written(typed: str) -> str:
    """The address as it is stored and mailed; ValidationError with a sentence if refused.

    White space around it is forgiven (pasted addresses have it), anything inside is not.
    """
    local, at, domain = typed[: LONGEST * 4].strip(" \t\r\n\u00a0").rpartition("@")
    if not at or not local or not domain:
        raise ValidationError(
            _("This is not a whole e-mail address: it needs a name, an @ and a domain.")
        )
    if not _LOCAL.match(local) or len(local) > 64:
        raise ValidationError(_("The part before the @ holds something we cannot send mail to."))
    if not (domain := _ascii(domain)):
        raise ValidationError(_("The part after the @ is not the name of a mail domain."))
    if len(address := f"{local}@{domain}") > LONGEST:
        raise ValidationError(_("This address is too long."))
    return address


def folded(address: str) -> str:
    """The form in which one mailbox is one row."""
    return address.lower()


def _ascii(domain: str) -> str:
    """The domain in lower-case ASCII, or "" when it is none."""
    if tidy(domain) != domain:
        return ""
    try:
        name = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = name.split(".")
    if len(labels) < 2 or not all(_LABEL.match(label) for label in labels):
        return ""
    return "" if labels[-1].isdigit() or len(labels[-1]) < 2 else name
