"""`@kept`: a view whose page is the same for everyone, and may be stored; `@of_parts`: is not."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from newsroom.cache.lifetimes import Lifetime

if TYPE_CHECKING:
    from newsroom.cache.making import Making

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# Where the front (newsroom/cache/front.py) says that it would store the answer to a request.
MAKING = "newsroom.making"
# All views of this kind, as addresses name them.
KEPT: list[Callable[..., HttpResponseBase]] = []


def kept(
    lifetime: Lifetime,
    *,
    query: Collection[str] = (),
    apart: Collection[str] = (),
    packing: int = 5,
) -> Callable[[View], View]:
    """Store what the view answers, for everyone, under its address and these parts of its query.

    The view is given a request made of the address alone: no header, no cookie and no other part
    of the query can reach the page, whatever the view reads. Without the front (tests, runserver)
    nothing is stored and the view gets the request as it came; and so it is where a part named in
    `apart` is asked for. `packing` is brotli's quality: 5 of 11 takes 1 ms for 30 kB, 10 some 9 ms.
    """
    parts = frozenset([*query, *apart])

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            making: Making | None = request.META.get(MAKING)
            if making is None or request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            if any(name in request.GET for name in apart):
                return view(request, *args, **kwargs)
            making.packing = packing
            clean = making.begin(request, lifetime, parts)
            if clean is None:  # somebody else has made it meanwhile: the front answers with that
                return HttpResponse()
            return view(clean, *args, **kwargs)

        KEPT.append(answer)
        return answer  # type: ignore[return-value]

    return decorate


def of_parts(view: View) -> View:
    """Make what the view answers of the parts that stored pages are made of, and store it nowhere:
    a page that is the same for everyone, with more addresses than anybody asks for again.

    The view is given a request made of the address alone, with the whole of its query.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        making: Making | None = request.META.get(MAKING)
        if making is None or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        return view(making.of_parts(request), *args, **kwargs)

    return answer  # type: ignore[return-value]
