"""Planning: a story that is to be written, and who has it until when. No part of a revision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Section
from articles.models.kinds import Workflow
from articles.publishing.log import record
from articles.revisions import revise
from newsroom.accounts.models import User

PLAN = ("assigned_to_id", "due_at", "planned_words", "planned_picture")


@transaction.atomic
def plan_story(
    headline: str,
    *,
    by: User | None,
    section: Section | None,
    plan: Mapping[str, Any],
    at: datetime | None = None,
) -> Article:
    """A new story with nothing written yet; `plan` has the columns of `PLAN`."""
    article = Article.objects.create(
        headline=headline, section=section, workflow=Workflow.PLANNED, created_by=by,
        **{name: plan.get(name, "" if name == "planned_picture" else None) for name in PLAN},
    )  # fmt: skip
    revise(article, by=by, at=at)
    _note(article, by=by, at=at)
    return article


@transaction.atomic
def plan(
    article: Article, *, by: User | None, plan: Mapping[str, Any], at: datetime | None = None
) -> bool:
    """Change what is planned of a story; whether anything did. Text and stage stay."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    changed = [name for name in PLAN if name in plan and getattr(locked, name) != plan[name]]
    if not changed:
        return False
    for name in changed:
        setattr(locked, name, plan[name])
        setattr(article, name, plan[name])
    locked.save(update_fields=changed)
    _note(locked, by=by, at=at)
    return True


def _note(article: Article, *, by: User | None, at: datetime | None) -> None:
    details = {
        "assigned_to": article.assigned_to_id,
        "due_at": article.due_at.isoformat() if article.due_at else None,
        "words": article.planned_words,
        "picture": article.planned_picture,
    }
    record("plan", article, by=by, at=at or timezone.now(), details=details)
