"""Telling a WebSub hub which feeds changed: it fetches them and passes them on at once.

A list that changed is a row written with the change, so that nothing is forgotten and a burst of
publications is told as one. A task tells the hub; publishing never waits for it. What the hub did
not take stays a row, and the tick has it told again every minute.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.message import Message
from http.client import HTTPException
from time import sleep
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils import timezone

from articles.feeds.document import address_of
from articles.feeds.formats import FORMATS
from articles.feeds.places import pages_of
from articles.models import Unannounced
from newsroom.cache.log import SETTLED
from newsroom.outgoing.holding import held
from newsroom.outgoing.tasks import outgoing_task

if TYPE_CHECKING:
    from articles.list_changes import List

logger = logging.getLogger("newsroom.websub")

# Seconds without a sign of the hub; bytes of its answer that are read.
TIMEOUT, ANSWER = 10, 500
# Lists a round, and addresses a request.
LISTS, ADDRESSES = 300, 100
# Later than this the desk is told; after a day whoever subscribed has asked by themselves.
LATE, OVER = timedelta(minutes=10), timedelta(days=1)


class HubIsBehind(RuntimeError):
    """What changed a while ago is still not told; for the desk's list of jobs."""


def changed(lists: "Iterable[List]") -> None:
    """Have the hub told; inside the transaction of the change. 2 statements, none without a hub.

    A task is under way for what is there already.
    """
    lists = set(lists)
    if not settings.WEBSUB_HUB or not lists:
        return
    if not Unannounced.objects.exists():
        announce.enqueue()
    at = timezone.now()
    Unannounced.objects.bulk_create(
        [Unannounced(kind=kind, object_id=pk, at=at) for kind, pk in sorted(lists)],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["at"],
    )


# Behind all mail.
@outgoing_task(priority=-10)
def announce() -> None:
    """Tell the hub of everything that waits. Safe to repeat: it only looks at the feeds once more.

    A list that changes while the hub is told stays for the next time. The hub fetches at once, so
    it is told when no process shows the feed of before any more: some two seconds are waited for.
    """
    while settings.WEBSUB_HUB and (rows := list(Unannounced.objects.order_by("pk")[:LISTS])):
        newest = max(row.at for row in rows)
        sleep(max(0.0, min(SETTLED, SETTLED - (timezone.now() - newest).total_seconds())))
        pages = pages_of((row.kind, row.object_id) for row in rows)
        addresses = [address_of(form.path(page)) for page in pages for form in FORMATS]
        try:
            for start in range(0, len(addresses), ADDRESSES):
                tell(addresses[start : start + ADDRESSES])
        except (OSError, HTTPException) as error:
            logger.warning("The hub %s was not told: %s", settings.WEBSUB_HUB, error)
            return
        for at in {row.at for row in rows}:
            told = [row.pk for row in rows if row.at == at]
            Unannounced.objects.filter(pk__in=told, at=at).delete()


def run_due(at: datetime) -> int:
    """The tick's part: have told again what the hub did not take. Raises HubIsBehind for long."""
    Unannounced.objects.filter(at__lt=at - OVER).delete()
    waiting = Unannounced.objects.order_by("at").values_list("at", flat=True).first()
    if waiting is None or not settings.WEBSUB_HUB or held():
        return 0
    announce.enqueue()
    if waiting < at - LATE:
        raise HubIsBehind(f"{settings.WEBSUB_HUB} has not been told since {waiting:%H:%M} UTC")
    return 1


class _Here(HTTPRedirectHandler):
    """Follows no redirect: the hub is the address that the operator named."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def tell(addresses: Sequence[str]) -> None:
    """One request for all of these feeds. Raises OSError for any answer but success.

    `hub.url` is what hubs have understood since PubSubHubbub, `hub.topic` the word of WebSub.
    """
    feeds = [(name, each) for each in addresses for name in ("hub.url", "hub.topic")]
    request = Request(  # noqa: S310  (settings take http and https alone)
        settings.WEBSUB_HUB,
        data=urlencode([("hub.mode", "publish"), *feeds]).encode(),
        headers={"User-Agent": f"Newsroom ({settings.SITE_URL})"},
    )
    try:
        with build_opener(_Here).open(request, timeout=TIMEOUT) as answer:
            answer.read(ANSWER)
    except HTTPError as error:
        with error:
            words = error.read(ANSWER).decode("utf-8", "replace")
        raise OSError(f"{error.code} {error.reason} {words}".strip()) from error
