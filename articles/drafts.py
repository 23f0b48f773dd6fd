"""Text that was typed and not saved: kept for the person who typed it, a row for each form.

The browser sends it every few seconds (articles/admin/autosave.py); a save that met a conflict
leaves what was sent here too. The desk's copy and its revisions are not touched by any of it.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict

from articles.models import Article, Autosave, Presence, Revision
from newsroom.accounts.models import User

Values = dict[str, list[str]]

# "12" for that article's form, "new-<uuid>" for one of an article not saved yet.
KEY = re.compile(r"[0-9]{1,18}|new-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# How long it is kept, and of how many forms for one person; beyond that the oldest goes.
KEPT_FOR, MOST = timedelta(days=30), 50
PRESENCE_KEPT_FOR = timedelta(days=1)
# Fields of the page and not of the article: the token, the buttons, the pattern of a new byline.
_OF_THE_PAGE = re.compile(r"csrfmiddlewaretoken$|_|.*__prefix__")


def key_of(article: Article) -> str:
    """The key of an article's own form."""
    return str(article.pk)


def typed(sent: QueryDict) -> Values:
    """What a form sent, without what belongs to the page alone; ready for `keep`."""
    return {name: sent.getlist(name) for name in sent if not _OF_THE_PAGE.match(name)}


def keep(
    user: User,
    key: str,
    article: Article | None,
    base_revision: Revision | None,
    data: Mapping[str, Any],
    at: datetime,
) -> Autosave:
    """Keep this in place of what was kept for the form before. At most 6 queries.

    `base_revision` is the version the text was typed over: put back into the form, a save then is
    merged with what others saved since. ValueError for a key that is none.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of a form.")
    with transaction.atomic():
        kept, new = Autosave.objects.update_or_create(
            user=user,
            key=key,
            defaults={
                "article": article,
                "base_revision": base_revision,
                "data": {_storable(name): _plain(value) for name, value in data.items()},
                "at": at,
            },
        )
        if new:
            last = Autosave.objects.filter(user=user).order_by("-at").values_list("pk", flat=True)
            Autosave.objects.filter(pk__in=list(last[MOST:])).delete()
    return kept


def kept(user: User, key: str) -> Autosave | None:
    """What is kept for one form. One query."""
    return Autosave.objects.filter(user=user, key=key).first()


def kept_of_new(user: User) -> list[Autosave]:
    """What is kept for articles that were never saved, newest first; at most three. One query."""
    return list(Autosave.objects.filter(user=user, key__startswith="new-").order_by("-at")[:3])


def forget(user: User, key: str) -> None:
    """It is saved, or nobody wants it."""
    Autosave.objects.filter(user=user, key=key).delete()


def prune(at: datetime) -> int:
    """A job: what nobody came back for, and signs of forms closed long ago. How many rows went."""
    texts, _each = Autosave.objects.filter(at__lt=at - KEPT_FOR).delete()
    signs, _each = Presence.objects.filter(seen_at__lt=at - PRESENCE_KEPT_FOR).delete()
    return texts + signs


def _plain(value: Any) -> list[str]:
    """Lines end in one way, and always a list: a form may send a name more than once."""
    values = value if isinstance(value, list | tuple) else [value]
    return [_storable(str(one)) for one in values]


def _storable(text: str) -> str:
    """PostgreSQL's JSON has no place for NUL and half a character."""
    text = text.replace("\x00", "").replace("\r\n", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")
