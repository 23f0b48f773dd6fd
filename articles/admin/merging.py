"""A save over a version that is not the latest any more: merged, or a page of what to choose.

Which version a form was opened over it says itself (`base_revision`). Revisions are compared, not
times, so what the schedule and jobs do in between alarms nobody.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts
from articles.admin import autosave, conflict, stage, typed
from articles.admin.presence import base_of
from articles.compare.snapshots import field_label
from articles.merging import Merged, merge
from articles.merging.choices import questions, settle
from articles.models import Article, Revision
from articles.revisions import apply, as_now, revise, snapshot

# Buttons that only say where to go after the save; every other does more than save.
PLAIN_BUTTONS = {"_continue", "_save", "_addanother", "_popup", "_to_field"}


@dataclass
class Meeting:
    """One stale save: the three versions, and what came of them."""

    article: Article
    latest: Revision
    base: Revision | None
    mine: dict[str, Any]
    theirs: dict[str, Any]
    merged: Merged
    form: Any


def meet(admin: Any, request: Any, object_id: str) -> HttpResponse | None:
    """The answer to a stale save; None for any other, which then goes the stock way.

    Call it inside the transaction of the save: the article stays locked until its end, so of two
    saves at once the second meets the first. A stale form with errors goes the stock way too, to
    be shown again; it carries the version it was opened over with it.
    """
    found = admin.get_object(request, unquote(object_id))
    if found is None or not admin.has_change_permission(request, found):
        return None
    article = Article.objects.select_for_update().get(pk=found.pk)
    request.rows_anew = False
    latest = article.latest_revision
    if latest is None or latest.pk == base_of(request):
        present = article.bylines.values_list("pk", flat=True)
        request.rows_anew = typed.names_rows_that_are_gone(request.POST, present)
        return None
    request.is_stale = request.rows_anew = True
    asked_for_more = _only_save(request)
    form = _form(admin, request, article)
    if form is None:
        return None
    base = Revision.objects.filter(article=article, pk=base_of(request) or 0).first()
    theirs = snapshot(article)
    mine = typed.as_snapshot(*form, start=base.snapshot if base else theirs)
    merged = merge(as_now(base.snapshot) if base else None, mine, theirs)
    meeting = Meeting(article, latest, base, mine, theirs, merged, form[0])
    errors: dict[str, str] = {}
    if seen := _seen(request, article):
        errors = _choose(request, meeting, seen)
    if not meeting.merged.is_clean:
        _keep(request, meeting)
        return conflict.page(admin, request, meeting, errors)
    return _save(admin, request, meeting, asked_for_more)


def base_shown(request: HttpRequest, article: Article | None) -> str:
    """The version the form stands for; one that is shown again with its errors keeps its own."""
    if request.method == "POST":
        return str(base_of(request) or "")
    return str((article and article.latest_revision_id) or "")


def _only_save(request: Any) -> bool:
    """Take every button off the request that does more than save; whether there was one.

    What goes live or on to the next desk is a text somebody has read.
    """
    data = request.POST.copy()
    more = [name for name in data if name.startswith("_") and name not in PLAIN_BUTTONS]
    for name in more:
        del data[name]
    request.POST = data
    return bool(more)


def _form(admin: Any, request: Any, article: Article) -> tuple[Any, Any] | None:
    """The form and its bylines as sent, or None if they have errors."""
    fields = flatten_fieldsets(admin.get_fieldsets(request, article))
    model_form = admin.get_form(request, article, change=True, fields=fields)
    # The form writes into its instance, and that must not become the locked one.
    form = model_form(request.POST, request.FILES, instance=Article.objects.get(pk=article.pk))
    (bylines,), _inlines = admin._create_formsets(request, form.instance, change=True)
    # Both are asked, so that both name their errors.
    valid = [form.is_valid(), bylines.is_valid()]
    return (form, bylines) if all(valid) else None


def _seen(request: HttpRequest, article: Article) -> Revision | None:
    """The version a page of conflicts was made against, if it is one that was sent."""
    sent = request.POST.get("theirs_revision", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 18:
        return None
    return Revision.objects.filter(article=article, pk=int(sent)).first()


def _choose(request: HttpRequest, meeting: Meeting, seen: Revision) -> dict[str, str]:
    """Take the choices; what was saved meanwhile is merged with their result. Errors."""
    same = seen.pk == meeting.article.latest_revision_id
    theirs = meeting.theirs if same else as_now(seen.snapshot)
    base = as_now(meeting.base.snapshot) if meeting.base else None
    asked = merge(base, meeting.mine, theirs)
    chosen = {name: request.POST.get(f"choice-{name}", "") for name in questions(asked)}
    own: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in questions(asked):
        if chosen[name] == "own":
            field = "body" if name.startswith("body-") else name
            try:
                own[name] = _cleaned(meeting.form, field, request.POST.get(f"own-{name}", ""))
            except ValidationError as error:
                errors[name] = " ".join(error.messages)
        elif not chosen[name]:
            errors[name] = _("Choose one.")
    result = None if errors else settle(asked, chosen, own)
    if result is None:
        # The same questions again, with what was chosen and written so far: those about a newer
        # version would be other questions under the same names.
        meeting.latest, meeting.theirs, meeting.merged = seen, dict(theirs), asked
        return errors
    meeting.base, meeting.mine = seen, result
    meeting.merged = merge(theirs, result, meeting.theirs)
    return {}


def _cleaned(form: Any, field: str, value: str) -> Any:
    """Words written anew, checked as the form checks them; ValidationError if they cannot stand."""
    if field not in conflict.WRITTEN:
        raise ValidationError(_("Choose one."))
    value = value.replace("\x00", "")
    return form.fields[field].clean(" ".join(value.split()) if field == "headline" else value)


def _keep(request: HttpRequest, meeting: Meeting) -> None:
    """What was sent outlives a closed window: the form offers it again."""
    user: Any = request.user
    data = {**typed.as_form(meeting.mine, meeting.form.fields), **conflict.carried(request)}
    key = drafts.key_of(meeting.article)
    drafts.keep(user, key, meeting.article, meeting.base, data, timezone.now())


def _save(admin: Any, request: Any, meeting: Meeting, asked_for_more: bool) -> HttpResponse:
    article, merged, met = meeting.article, meeting.merged, meeting.latest
    if any(name in merged.from_mine for name in merged.result):
        lost = apply(article, typed.with_topics(merged.result))
        revision = revise(
            article, by=request.user, note=meeting.form.cleaned_data.get("revision_note", ""),
            details={"merged_with": met.number, "base": meeting.base and meeting.base.number},
        )  # fmt: skip
        stage.after_save(request, article, changed=revision.pk != met.pk)
        changed = [field_label(name) for name in merged.from_mine]
        admin.log_change(request, article, [{"changed": {"fields": changed}}])
        if lost:
            gone = _("What was deleted meanwhile was left out: %(fields)s.")
            messages.warning(request, gone % {"fields": ", ".join(lost)})
    messages.success(request, _told(merged, met))
    if asked_for_more:
        messages.warning(request, _("Nothing else was done: read the merged text first."))
    changelist, form = "admin:articles_article_changelist", "admin:articles_article_change"
    may_go_on = admin.has_change_permission(request, article)
    response = redirect(form, article.pk) if may_go_on else redirect(changelist)
    return autosave.saved(request, article, response)


def _told(merged: Merged, met: Revision) -> str:
    """Whose version it met, and which fields are whose."""
    facts = conflict.facts(met)
    if not merged.from_mine:
        return (
            _("Nothing of yours was left to save: version %(number)s of %(name)s stands.") % facts
        )
    words = (
        _("Saved, and merged with version %(number)s, which %(name)s saved at %(time)s.") % facts
    )
    for said, fields in (
        (_("From %(name)s: %(fields)s."), merged.from_theirs),
        (_("From you: %(fields)s."), merged.from_mine),
    ):
        if fields:
            words += " " + said % {**facts, "fields": ", ".join(map(field_label, fields))}
    return words
