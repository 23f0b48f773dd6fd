"""When everybody comes at once, searches and forms are put off before pages are.

A page takes milliseconds, a search or a form that waits for the database many times that. So a web
process works on no more of these at a time than leave threads for pages; one more is told at once
to come back, and costs next to nothing.
"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsroom.lib.unavailable import unavailable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_lock = threading.Lock()
_in_hand = [0]


def shed_first(view: View[P]) -> View[P]:
    """At most `COSTLY_AT_ONCE` of all such views run in a process; beyond it 503, `Retry-After`."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not _enter():
            return unavailable()
        try:
            return view(request, *args, **kwargs)
        finally:
            _leave()

    return answer


def _enter() -> bool:
    with _lock:
        if _in_hand[0] >= settings.COSTLY_AT_ONCE:
            return False
        _in_hand[0] += 1
        return True


def _leave() -> None:
    with _lock:
        _in_hand[0] -= 1
