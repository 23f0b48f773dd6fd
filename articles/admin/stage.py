"""The stage of an article in its form: what it is, who moved it there, and the buttons on from it.

The form saves first, so that Submit takes along what was just typed.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.models.kinds import State, Workflow
from articles.permissions import can_change, can_move, can_publish
from articles.publishing.workflow import NOTE_LENGTH, SEND_BACK, follow_save, last_moves, move
from newsroom.pages.templatetags.paper import printed

# The form's buttons; the step back first asks what is missing, on a page of its own.
STEPS: dict[str, Workflow] = {
    "_send_back": Workflow.WRITING,
    "_submit": Workflow.IN_EDIT,
    "_approve": Workflow.APPROVED,
    # Back from approved is rare: a link under More, not a button.
    "_reopen": Workflow.WRITING,
}
SAID: dict[Workflow, Any] = {
    Workflow.PLANNED: gettext_lazy("Planned. Nothing has changed for readers."),
    Workflow.WRITING: gettext_lazy("Sent back to the writer, who finds it on the desk."),
    Workflow.IN_EDIT: gettext_lazy("Submitted. The editors find it on the desk."),
    Workflow.APPROVED: gettext_lazy("Approved. Readers see it once it is published."),
}

TITLES: dict[Workflow, Any] = {
    Workflow.PLANNED: gettext_lazy("Back to the plan"),
    Workflow.WRITING: gettext_lazy("Send back"),
    Workflow.IN_EDIT: gettext_lazy("Submit"),
    Workflow.APPROVED: gettext_lazy("Approve"),
}


def after_save(request: Any, article: Article, *, changed: bool) -> bool:
    """What a save and its button mean for the stage; `changed` says that the text is another.

    True if the person was told of it: then "Saved." would say less a second time.
    """
    if changed:
        approves = can_publish(request.user, article)
        follow_save(article, by=request.user, approves=approves)
    told = False
    for button in ("_submit", "_approve"):
        if button not in request.POST:
            continue
        if not can_move(request.user, article, STEPS[button]):
            if article.workflow == Workflow.APPROVED:
                messages.info(request, _("Nothing was changed since it was approved."))
        else:
            note = request.POST.get("revision_note", "")
            if move(article, by=request.user, to=STEPS[button], note=note):
                messages.success(request, SAID[STEPS[button]])
                told = True
    return told


def answer(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Where "Send back…" leads after the save; None for every other button."""
    if "_send_back" in request.POST and can_move(request.user, article, Workflow.WRITING):  # type: ignore[arg-type]
        return redirect("admin:articles_article_stage", article.pk)
    return None


def context(request: Any, article: Article | None) -> dict[str, Any]:
    """For change_form.html and bar.html: `stage_line`, `stage_note`, and `stage_steps` as names of
    buttons. At most one query more than the rights cost."""
    if article is None:
        return {"stage_steps": {"_submit"}}
    if article.is_binned or article.state == State.WITHDRAWN:
        return {}
    last = last_moves([article.pk]).get(article.pk)
    line, note = str(Workflow(article.workflow).label), ""
    if last and last.details.get("to") == article.workflow:
        said = _("sent back") if last.verb == SEND_BACK else _("since")
        who = f" · {last.by.name}" if last.by else ""
        line, note = f"{line}, {said} {printed(last.at, 'short')}{who}", last.note
    return {"stage_line": line, "stage_note": note, "stage_steps": _steps(request.user, article)}


def _steps(user: Any, article: Article) -> set[str]:
    """Those that lead somewhere else and are this person's to take."""
    at = Workflow(article.workflow)
    if at == Workflow.APPROVED and not can_publish(user, article):
        # What they change ends the approval, see `follow_save`; then it can be submitted.
        return {"_submit"} if can_change(user, article) else set()
    offered = {
        Workflow.PLANNED: {"_submit"},
        Workflow.WRITING: {"_submit"},
        Workflow.IN_EDIT: {"_send_back", "_approve"},
        Workflow.APPROVED: {"_reopen"},
    }[at]
    return {name for name in offered if can_move(user, article, STEPS[name])}


def stage_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Move one article, with a word for the writer: by default back to writing."""
    article = get_object_or_404(Article, pk=article_id)
    wanted = (request.POST or request.GET).get("to", Workflow.WRITING)
    if wanted not in Workflow.values:
        raise Http404
    to = Workflow(wanted)
    if not can_move(request.user, article, to):  # type: ignore[arg-type]
        raise PermissionDenied
    if request.method == "POST":
        note = request.POST.get("note", "")
        if move(article, by=request.user, to=to, note=note):  # type: ignore[arg-type]
            messages.success(request, SAID[to])
        else:
            messages.info(request, _("Nothing was changed: it stands there already."))
        return redirect("admin:articles_article_change", article_id)
    return render(
        request,
        "admin/articles/article/stage.html",
        {
            **admin.site.each_context(request),
            "title": TITLES[to],
            "article": article,
            "opts": Article._meta,
            "to": to,
            "longest": NOTE_LENGTH,
        },
    )
