"""What the arrange page says: the state of a front, and what a save came to."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.fronts.content import Content
from articles.fronts.drafts import Saved, differs
from articles.fronts.finding import content_of
from articles.fronts.models import Arrangement, Front
from articles.fronts.naming import block_names, slot_name
from articles.fronts.presence import name_of
from newsroom.pages.templatetags.paper import printed


def moment(at: datetime | None) -> str:
    """Today only the time; else the date too, in the paper's zone."""
    if at is None:
        return "?"
    today = timezone.localdate(at) == timezone.localdate()
    return printed(at, "short" if today else "long")


def state(front: Front) -> str:
    """ "Live since 14:02, by Edith, with unpublished changes"; at most two queries."""
    words = _("Everything by rule")
    if front.live:
        facts = {"since": moment(front.live.live_from), "name": name_of(front.live.by)}
        words = _("Live since %(since)s, by %(name)s") % facts
    if not differs(front):
        return words + "."
    facts = {"state": words, "saved": moment(front.draft_at), "name": name_of(front.draft_by)}
    return _("%(state)s, with unpublished changes (%(name)s, %(saved)s).") % facts


def next_plan(at: datetime, replaced: str = "") -> str:
    """ "Next plan: 18:00", without a full stop; and what it replaces (`replaced_by`)."""
    facts = {"time": moment(at), "what": replaced}
    if replaced:
        return _("Next plan: %(time)s, replaces what was published since: %(what)s") % facts
    return _("Next plan: %(time)s") % facts


def opposite(step: str) -> str:
    """How the step is called that undoes this one: "Taken back: Lead by rule", then "Again: …"."""
    back, again = _back(), _again()
    if step.startswith(back):
        return again + step.removeprefix(back)
    return back + step.removeprefix(again)


def undo_words(step: str) -> str:
    """What the button says that undoes it."""
    back = _back()
    if step.startswith(back):
        return _("Redo: %(what)s") % {"what": step.removeprefix(back)}
    return _("Undo: %(what)s") % {"what": step.removeprefix(_again())}


def _back() -> str:
    return _("Taken back: %(what)s") % {"what": ""}


def _again() -> str:
    return _("Again: %(what)s") % {"what": ""}


def plans_of(front: Front) -> list[Arrangement]:
    """What waits for its time, the next first."""
    waiting = front.arrangements.filter(
        publish_at__isnull=False, live_from__isnull=True, cancelled_at__isnull=True
    )
    return list(waiting.select_related("by").order_by("publish_at", "pk"))


def replaced_by(front: Front, plan: Arrangement) -> str:
    """What was published after the plan was made and goes with it, by name; empty for nothing.

    A plan goes live as it was looked at, so its maker is told. At most one query.
    """
    live = front.live
    if live is None or live.live_from is None or live.live_from <= plan.made_at:
        return ""
    stood = front.arrangements.filter(live_from__lte=plan.made_at).order_by("-live_from", "-pk")
    before, since, then = (
        content_of(Front(kind=front.kind, section=front.section, live=each))
        for each in (stood.first(), live, plan)
    )
    return what_changed(before, since, then)


def merged_words(front: Front, saved: Saved, base: Content) -> str:
    """What came from the other: "Merged with what Edith saved at 14:02: Lead, City 2." """
    facts = {
        "name": name_of(front.draft_by), "time": moment(front.draft_at),
        "what": what_changed(base, saved.met or base),
    }  # fmt: skip
    return _("Merged with what %(name)s saved at %(time)s: %(what)s.") % facts


def what_changed(old: Content, new: Content, other: Content | None = None) -> str:
    """The slots and blocks that differ, by name; the first few. Empty when nothing does.

    With a third content only what `new` has otherwise than that one too.
    """
    not_in = other or old
    names = block_names([*new.blocks, *old.blocks])
    keys = [key for key in dict.fromkeys([*new.keys, *old.keys])
            if new.slots.get(key) not in (old.slots.get(key), not_in.slots.get(key))]  # fmt: skip
    blocks = dict.fromkeys(
        block.id for block in (*new.blocks, *old.blocks)
        if (block in new.blocks) not in (block in old.blocks, block in not_in.blocks)
    )  # fmt: skip
    what = [*(slot_name(key, names) for key in keys), *(names[name] for name in blocks)]
    if not what and not other and old.blocks != new.blocks:
        what = [_("order of the blocks")]
    return ", ".join([*what[:6], *([_("and more")] if len(what) > 6 else [])])
