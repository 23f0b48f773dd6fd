"""Who has the page of a front open: in the shared cache, for a minute; nothing is locked."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from articles.fronts.models import Front
from newsroom.accounts.models import User
from newsroom.lib.text import excerpt, tidy
from newsroom.pages.templatetags.paper import printed

SEEN_WITHIN = timedelta(seconds=60)
Signs = dict[int, tuple[str, datetime, datetime]]


def mark(front: Front, user: User, at: datetime) -> None:
    """This person has it open. Two marks in one moment may lose one; the next comes in 20 s."""
    signs = _signs(front, at)
    since = signs[user.pk][1] if user.pk in signs else at
    signs[user.pk] = (name_of(user), since, at)
    cache.set(_key(front), signs, SEEN_WITHIN.seconds)


def leave(front: Front, user: User, at: datetime) -> None:
    """The page was closed."""
    signs = _signs(front, at)
    if signs.pop(user.pk, None):
        cache.set(_key(front), signs, SEEN_WITHIN.seconds)


def others(front: Front, user: User, at: datetime) -> list[str]:
    """A sentence for everybody else, the first to come first."""
    signs = sorted((s for pk, s in _signs(front, at).items() if pk != user.pk), key=lambda s: s[1])
    return [
        _("%(name)s is arranging this front, since %(time)s.")
        % {"name": name, "time": printed(since, "short")}
        for name, since, _seen in signs
    ]


def name_of(user: User | None) -> str:
    """Whole in itself whatever its direction, and not longer than a line."""
    name = excerpt(tidy(user.name or user.email), 60) if user else _("the system")
    return f"\u2068{name}\u2069"


def _signs(front: Front, at: datetime) -> Signs:
    signs: Signs = cache.get(_key(front)) or {}
    return {pk: sign for pk, sign in signs.items() if at - sign[2] <= SEEN_WITHIN}


def _key(front: Front) -> str:
    return f"front-presence:{front.pk}"
