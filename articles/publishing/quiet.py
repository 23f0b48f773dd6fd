"""What a person may do in a quiet window: wait, or give a reason, which is kept.

The verb `publish` itself is not held: restores, imports and commands go through. Buttons call
`publish_by_hand`; what time does asks `newsroom.pages.quiet` (due.py).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, PublishedArticle
from articles.publishing.checks import CannotPublish
from articles.publishing.log import record
from articles.publishing.publish import publish
from newsroom.accounts.models import User
from newsroom.lib.text import tidy
from newsroom.pages.quiet import opens_at, window_at
from newsroom.pages.templatetags.paper import printed

# Characters of a reason that are kept.
LONGEST = 300


class Quiet(CannotPublish):
    """A quiet window is on and nobody has said why it should be broken."""


def check(at: datetime, override: str) -> str:
    """The reason to note when something is published at `at`; empty outside quiet windows.

    Raises Quiet, with the sentence under "override", in a window without a reason. Two queries.
    """
    window = window_at(at)
    if window is None:
        return ""
    reason = tidy(override)[:LONGEST]
    if not reason:
        raise Quiet(
            {
                "override": _(
                    "“%(window)s” keeps the paper quiet until %(end)s. Say why it cannot wait; "
                    "the reason is kept in the history."
                )
                % {"window": window.name, "end": printed(opens_at(at))}
            }
        )
    return reason


def note(article: Article, *, by: User | None, at: datetime, reason: str) -> None:
    """Keep in the history that a quiet window was broken, and why."""
    window = window_at(at)
    record(
        "override", article, by=by, at=at, note=reason,
        details={"window": window.name if window else ""},
    )  # fmt: skip


@transaction.atomic
def publish_by_hand(
    article: Article, *, by: User, override: str = "", at: datetime | None = None, **how: Any
) -> PublishedArticle:
    """`publish`, now, for a button: in a quiet window only with a reason, which is kept.

    `how` is passed on. Raises Quiet or CannotPublish, having changed nothing.
    """
    now = at or timezone.now()
    reason = check(now, override)
    row = publish(article, by=by, at=at, **how)
    if reason:
        note(article, by=by, at=now, reason=reason)
    return row
