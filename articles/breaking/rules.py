"""What a line must have before it stands; the verbs ask, and forms before them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from articles.breaking.models import TEXT_LENGTH, BreakingItem
from articles.models import Article
from articles.publishing import quiet
from newsroom.lib.text import tidy

LONGEST = timedelta(days=7)


class CannotBreak(ValueError):
    """Nothing was announced; `field` is what the sentence is about."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def check(
    text: str,
    *,
    article: Article | None,
    starts_at: datetime,
    ends_at: datetime,
    override: str,
    at: datetime,
    item: BreakingItem | None = None,
) -> str:
    """What the verbs ask first, for forms to ask before: returns the reason to keep, if one is
    needed.

    Of a line that is there already (`item`), times that stay are not asked again. Raises
    CannotBreak or Quiet.
    """
    words = tidy(text)
    if not words and article is None:
        raise CannotBreak("text", _("Say what has happened, or choose the article."))
    if len(words) > TEXT_LENGTH:
        raise CannotBreak("text", _("At most %(length)d characters.") % {"length": TEXT_LENGTH})
    if item is None or item.ends_at != ends_at:
        if ends_at <= starts_at:
            raise CannotBreak("ends_at", _("It ends before it begins."))
        if ends_at <= at:
            raise CannotBreak("ends_at", _("That time has passed. Choose a later end."))
        if ends_at - max(starts_at, at) > LONGEST:
            raise CannotBreak("ends_at", _("A line stands for at most seven days."))
    begins = item is None or item.starts_at != starts_at or (item.over_at(at) and ends_at > at)
    return quiet.check(max(starts_at, at), override) if begins else ""
