"""Beyond the draft: publish it, plan it for a time, take a plan back, set the alarm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.fronts.admin.saying import moment
from articles.fronts.arranging import CannotArrange, Stale, cancel, plan, publish
from articles.fronts.content import Content
from articles.fronts.drafts import draft_of
from articles.fronts.models import Arrangement, Front
from articles.fronts.recording import lock
from newsroom.pages.times import PaperTimeField, zone_words

# What changes more than the draft; after a merge it waits for a second look.
RELEASING = ("publish", "plan", "cancel", "alarm")


class PlanForm(forms.Form):
    """When the draft goes live by itself."""

    publish_at = PaperTimeField(label=gettext_lazy("Goes live at"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean_publish_at(self) -> Any:
        at = self.cleaned_data["publish_at"]
        if at <= timezone.now():
            raise forms.ValidationError(_("This time is over. Choose a later one."))
        return at


class AlarmForm(forms.ModelForm[Front]):
    """After how long without a change the desk is told."""

    class Meta:
        model = Front
        fields = ("stale_after",)

    def clean_stale_after(self) -> int | None:
        minutes: int | None = self.cleaned_data["stale_after"]
        if minutes is not None and not 1 <= minutes <= 525_600:
            raise forms.ValidationError(_("Give minutes, from 1 to 525600, or nothing."))
        return minutes


def form_for(act: str, sent: Any) -> forms.Form | None:
    """What must be right before this act is done."""
    if act == "plan":
        return PlanForm(sent)
    return None


def release(request: Any, front: Front, content: Content, verb: str, form: Any) -> None:
    """Do it, and say so or why not."""
    try:
        if verb == "publish":
            note = request.POST.get("note", "")[:200]
            _publish(front, content, by=request.user, note=note)
            messages.success(request, _("Published: readers see it now."))
        elif verb == "plan":
            at = form.cleaned_data["publish_at"]
            plan(
                front, by=request.user, content=content, publish_at=at,
                note=form.cleaned_data["note"],
            )  # fmt: skip
            facts = {"time": moment(at), "zone": zone_words(at)}
            messages.success(request, _("Planned: it goes live %(time)s (%(zone)s).") % facts)
        elif verb == "cancel":
            _cancel(request, front, request.POST.get("do", "").partition(":")[2])
        else:
            _set_alarm(request, front)
    except CannotArrange as problem:
        messages.error(request, str(problem))


@transaction.atomic
def _publish(front: Front, content: Content, *, by: Any, note: str) -> None:
    """The draft that was saved a moment ago. Raises Stale when somebody has saved in that moment:
    what they published, or are about to, has this in it and would be lost under it."""
    now = lock(front.pk)
    if draft_of(now) != content:
        raise Stale(now)
    publish(now, by=by, content=content, note=note)


def _set_alarm(request: HttpRequest, front: Front) -> None:
    # Read anew, so that nothing else of it is written over.
    form = AlarmForm(request.POST, instance=Front.objects.get(pk=front.pk))
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["stale_after"])))
        return
    minutes = form.cleaned_data["stale_after"]
    Front.objects.filter(pk=front.pk).update(stale_after=minutes)
    words = _("The desk is told when nothing changes for %(minutes)d minutes.")
    messages.success(request, words % {"minutes": minutes} if minutes else _("No alarm."))


def arrangement(front: Front, number: str) -> Arrangement | None:
    """The front's arrangement of this number, as a button names it."""
    known = number.isascii() and number.isdigit() and len(number) < 10
    return Arrangement.objects.filter(front=front, number=number).first() if known else None


def _cancel(request: Any, front: Front, number: str) -> None:
    """Take a plan back; what it holds is kept and can be looked at."""
    plan = arrangement(front, number)
    if plan is None:
        raise CannotArrange(_("This plan is not there any more."))
    cancel(plan, by=request.user)
    facts = {"time": moment(plan.publish_at)}
    messages.success(request, _("Taken back: the plan for %(time)s.") % facts)
