"""Readers' forms without a token: what they share (docs/decisions/forms-without-token.md).

A field no person sees, the question to confirm when the browser does not vouch for the origin, and
the limit for one network. Whoever has a form of this kind says which fields and what becomes of it.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from newsroom.lib.origin import is_same_origin
from newsroom.lib.ratelimit import allow, client_network
from newsroom.lib.signing import BadToken, sign, unsign

CONFIRM_WITHIN = 3600  # seconds
WINDOW = 3600  # seconds in which the messages of one network are counted


class OpenForm(forms.Form):
    """A form that anyone may send. `purpose` keeps its confirmations and counts its own."""

    purpose: ClassVar[str]

    website = forms.CharField(required=False)
    confirmation = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def typed(cls, data: Mapping[str, Any]) -> dict[str, str]:
        """What was typed into our fields, without halves of characters that no page could show."""
        return {
            name: "".join(c for c in str(data[name]) if unicodedata.category(c) != "Cs")
            for name in cls.base_fields
            if name in data
        }

    @property
    def is_trapped(self) -> bool:
        """Whether the field that no person sees was filled in."""
        return bool(self.data.get("website"))

    def ask_to_confirm(self, network: str) -> None:
        """Put a token for exactly these words into the form and say what to do with it."""
        token = sign(f"{self.purpose}.confirm", network, self._digest())
        self.data = {**self.data, "confirmation": token}
        self.add_error(
            None,
            _("Your browser did not say where this form comes from. Please send it once more."),
        )

    def is_confirmed(self, network: str) -> bool:
        """Whether the token is ours, fresh, and for these words from this network."""
        token = self.data.get("confirmation", "")
        try:
            parts = unsign(f"{self.purpose}.confirm", token, max_age=CONFIRM_WITHIN)
        except BadToken:
            return False
        return parts == [network, self._digest()]

    def _digest(self) -> str:
        names = sorted(name for name in self.base_fields if name != "confirmation")
        words = "\0".join(self.data.get(name, "") for name in names)
        return hashlib.sha256(words.replace("\r\n", "\n").encode()).hexdigest()


def turned_back(
    request: HttpRequest,
    form: OpenForm,
    *,
    show: Callable[[int], HttpResponse],
    limit: int,
    too_many: str,
) -> HttpResponse | None:
    """The form once more, by `show(status)`, when it cannot be taken; None when it can.

    `limit` is what one network may send in an hour, `too_many` the sentence beyond it.
    """
    if not form.is_valid():
        return show(200)
    network = client_network(request)
    if not is_same_origin(request) and not form.is_confirmed(network):
        form.ask_to_confirm(network)
        return show(200)
    if not allow(form.purpose, network, limit=limit, seconds=WINDOW):
        form.add_error(None, too_many)
        response = show(429)
        response["Retry-After"] = str(WINDOW)
        return response
    return None
