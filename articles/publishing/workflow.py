"""How far the desk is with its copy: moving an article between stages, whatever readers see."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, History
from articles.models.kinds import Workflow
from articles.publishing.log import record
from newsroom.accounts.models import User
from newsroom.lib.text import tidy

# The acts in the history. A stage reached from further along is a step back.
SUBMIT, APPROVE, SEND_BACK, START, ASIDE = "submit", "approve", "send_back", "start", "set_aside"
MOVES = (SUBMIT, APPROVE, SEND_BACK, START, ASIDE)
NOTE_LENGTH = 1000
_FORWARD = {
    Workflow.WRITING: START,
    Workflow.IN_EDIT: SUBMIT,
    Workflow.APPROVED: APPROVE,
    Workflow.PLANNED: ASIDE,
}
_ORDER = [*Workflow]


@transaction.atomic
def move(
    article: Article,
    *,
    by: User | None,
    to: Workflow,
    note: str = "",
    at: datetime | None = None,
    batch: UUID | None = None,
) -> bool:
    """Put the article at a stage; whether it was at another one before.

    Publication is left alone: a live story goes back through review without leaving the site.
    `note` is for the writer and the history. Raises ValueError for what is in the bin.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.is_binned:
        raise ValueError(_("It is in the bin; put it back first."))
    before = Workflow(locked.workflow)
    if before == to:
        article.workflow = to
        return False
    locked.workflow = to
    locked.save(update_fields=["workflow", "modified_at"])
    record(
        verb_of(before, to), locked, by=by, at=at or timezone.now(),
        revision=locked.latest_revision, note=tidy(note)[:NOTE_LENGTH], batch=batch,
        details={"from": before.value, "to": to.value},
    )  # fmt: skip
    article.workflow = to
    return True


def verb_of(before: Workflow, to: Workflow) -> str:
    """What the history calls the step."""
    back = _ORDER.index(to) < _ORDER.index(before)
    return SEND_BACK if back and to == Workflow.WRITING else _FORWARD[to]


def follow_save(article: Article, *, by: User, approves: bool, at: datetime | None = None) -> None:
    """What a save says about the stage: a planned story is begun, and an approval ends where
    somebody who may not approve (`approves` is false) changed the text after it."""
    begun = article.workflow == Workflow.PLANNED and bool(article.body)
    changed = article.workflow == Workflow.APPROVED and not approves
    if begun or changed:
        move(article, by=by, to=Workflow.WRITING, at=at)


def last_moves(ids: "list[int]") -> dict[int, History]:
    """The latest step of each of these articles that has one; one query."""
    found: dict[int, History] = {}
    acts = History.objects.filter(article__in=ids, verb__in=MOVES).select_related("by")
    for act in acts.order_by("at", "pk"):
        if act.article_id is not None:
            found[act.article_id] = act
    return found
