"""The page on which editors arrange a front. Every button saves the draft; readers see nothing of
it until somebody publishes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.fronts import drafts
from articles.fronts.admin import doing, merging_page, planning, saying, typed
from articles.fronts.admin.page import page
from articles.fronts.admin.sent import Sent, back, sent_in
from articles.fronts.admin.settling import settle
from articles.fronts.content import BadContent, Content, parse
from articles.fronts.finding import content_of
from articles.fronts.models import Front, KeptDraft
from articles.fronts.permissions import can_arrange

# Acts that change what is looked at, not the front.
LOOKING = ("find", "take", "target", "leave")
# Acts that make another content the draft, and how the step is called.
EARLIER = {
    "back": gettext_lazy("Back to what is live"),
    "kept": gettext_lazy("An earlier draft"),
    "load": gettext_lazy("A plan"),
}


def arrange_view(request: Any, front_id: int) -> HttpResponse:
    """Look at the front (every reader of the desk) and change its draft (its editors)."""
    front = Front.objects.select_related(
        "live__by", "section", "draft_by"
    ).filter(pk=front_id).first()  # fmt: skip
    if front is None:
        raise Http404("no such front")
    may = can_arrange(request.user, front)
    if request.method != "POST":
        if not (may or request.user.has_perm("fronts.view_front")):
            raise PermissionDenied
        return page(request, front, may=may)
    if not may:
        raise PermissionDenied
    try:
        sent = sent_in(request)
    except (BadContent, ValueError):
        messages.error(request, _("The form did not come whole. Nothing was saved; try again."))
        return page(request, front, may=may)
    if request.POST.get("do") == "settle":
        return settle(request, front, sent)
    return _act(request, front, sent)


def _act(request: Any, front: Front, sent: Sent) -> HttpResponse:
    read = typed.read(request.POST, sent.base)
    act = request.POST.get("do", "")
    again: dict[str, Any] = {
        "may": True,
        "content": read.content,
        "base": sent.base,
        "number": sent.number,
    }
    if read.errors:
        messages.error(request, _("Nothing is saved yet: see below."))
        return page(request, front, errors=read.errors, **again)
    form = planning.form_for(act, request.POST)
    if form is not None and not form.is_valid():
        messages.error(request, _("Nothing is saved yet: see below."))
        return page(request, front, form=form, **again)
    verb, _colon, about = act.partition(":")
    try:
        if verb in EARLIER:
            done = doing.Done(_earlier(front, verb, about), str(EARLIER[verb]))
        else:
            done = doing.do(act, read.content, request.POST)
            if not done.what:
                changed = saying.what_changed(sent.base, read.content)
                words = _("%(what)s changed") % {"what": changed} if changed else _("Saved")
                done = doing.Done(done.content, words)
    except doing.CannotDo as problem:
        messages.error(request, str(problem))
        return page(request, front, **again)
    saved = drafts.save(
        front, done.content, base=sent.base, base_number=sent.number, by=request.user,
        what=done.what,
    )  # fmt: skip
    if saved.conflicts:
        return merging_page.page(request, front, sent.base, done.content, saved, done.what)
    if verb == "undo":
        return _undo(request, front, about)
    return _answer(request, front, sent, saved, done, form)


def _answer(
    request: Any, front: Front, sent: Sent, saved: drafts.Saved, done: doing.Done, form: Any
) -> HttpResponse:
    """Say what was done, and do what goes beyond the draft, unless it was merged just now."""
    verb = request.POST.get("do", "").partition(":")[0]
    if saved.met:
        words = saying.merged_words(front, saved, sent.base)
        if verb in planning.RELEASING:
            words += " " + _("Nothing was published: look at it first, then press again.")
            messages.warning(request, words)
            return back(request, front, done.at)
        messages.success(request, f"{done.what}. {words}")
    elif verb in planning.RELEASING:
        planning.release(request, front, saved.content, verb, form)
    elif verb not in LOOKING and (saved.changed or verb in ("", "save")):
        messages.success(request, f"{done.what}.")
    elif verb not in LOOKING:
        messages.info(request, _("Nothing has changed by that."))
    return back(request, front, done.at)


def _earlier(front: Front, verb: str, about: str) -> Content:
    """What is live, a draft that was kept, or a plan."""
    if verb == "back":
        return content_of(front)
    if verb == "load":
        plan = planning.arrangement(front, about)
        if plan is None:
            raise doing.CannotDo(_("This plan is not there any more."))
        return _read(plan.content)
    return _read(_kept(front, about).content)


def _read(content: Any) -> Content:
    try:
        return parse(content)
    except BadContent as problem:
        raise doing.CannotDo(_("What was kept cannot be read any more.")) from problem


def _kept(front: Front, number: str) -> KeptDraft:
    pk = number if number.isascii() and number.isdigit() and len(number) < 18 else 0
    found = KeptDraft.objects.select_related("front__live", "front__section").filter(
        front=front, pk=pk
    ).first()  # fmt: skip
    if found is None:
        raise doing.CannotDo(_("This draft is not kept any more."))
    return found


def _undo(request: Any, front: Front, about: str) -> HttpResponse:
    try:
        kept = _kept(front, about)
        what = saying.opposite(kept.what)
        saved = drafts.undo(kept, by=request.user, what=what)
    except doing.CannotDo as problem:
        messages.error(request, str(problem))
        return back(request, front)
    except BadContent:
        messages.error(request, _("What was kept cannot be read any more."))
        return back(request, front)
    if saved.conflicts:
        messages.warning(
            request, _("It was changed again since, so it cannot be taken back by itself.")
        )
    elif saved.changed:
        messages.success(request, f"{what}.")
    return back(request, front)
