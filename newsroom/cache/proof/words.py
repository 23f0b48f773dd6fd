"""What a proof says in one sentence, and how a page stands, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.cache.proof.reading import Proof
from newsroom.cache.proof.witness import LATE, NEW, OLD, WAITS

STATES = {
    LATE: gettext_lazy("could not be made anew"),
    OLD: gettext_lazy("the old one, for a moment"),
    WAITS: gettext_lazy("made anew for the next reader who asks"),
    NEW: gettext_lazy("the new one"),
}


def sentence(proof: Proof) -> str:
    """How many pages, and how many of them are settled."""
    if not proof.count:
        if proof.unanswered:
            return _("Asking every web process…")
        return _("No stored page showed this.")
    pages = ngettext("%d page refreshed", "%d pages refreshed", proof.count) % proof.count
    if not proof.exact:
        pages = ngettext(
            "At least %d page refreshed", "At least %d pages refreshed", proof.count
        ) % proof.count  # fmt: skip
    if proof.confirmed == proof.count:
        done = ngettext("%d confirmed.", "%d confirmed.", proof.confirmed)
    else:
        done = ngettext("%d confirmed so far.", "%d confirmed so far.", proof.confirmed)
    return _("%(pages)s, %(confirmed)s") % {"pages": pages, "confirmed": done % proof.confirmed}
