"""What nothing else answered: an old address, a slip, a program's guess; else a way on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.views.defaults import page_not_found

from newsroom.addresses.book import Place, quoted, resolve
from newsroom.addresses.following import ends_of, parted
from newsroom.addresses.models import MAX_PATH
from newsroom.addresses.near import near
from newsroom.addresses.spelling import is_for_machines, mended, query_written, words_of
from newsroom.addresses.views import moved

# The parts of a query by which earlier systems named their pages.
OLD_QUERY = ("p", "page_id", "attachment_id")
# Here nothing was ever imported and nobody mistypes by hand.
NEVER_MOVED = ("/static/", "/media/")


@dataclass(frozen=True)
class Lost:
    """What the page says of an address of nothing: its words, for a search, and what is near."""

    path: str
    words: str
    near: list[Place]

    @property
    def is_like_a_story(self) -> bool:
        """Below a section, or with a date or number: worth more than a scanner's guess."""
        below = self.path.strip("/").count("/") > 0
        return below and (bool(self.near) or any(c.isdigit() for c in self.path))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The handler of every 404: a 301 where the present address is certain, else a page.

    Beside the chrome 2 queries for a page (4 where the address is like an article's), and what its
    lists cost (templates/404.html). Programs get one line of text for one query.
    """
    if request.path.startswith("/admin/"):
        return page_not_found(request, exception or Exception())
    asks = request.method in {"GET", "HEAD"}
    if asks and (target := _elsewhere(request)):
        return moved(quoted(target))
    if not asks or is_for_machines(request.path):
        return HttpResponseNotFound("Not found\n", content_type="text/plain; charset=utf-8")
    lost = Lost(request.path, words_of(request.path), near(request.path))
    return render(request, "404.html", {"lost": lost}, status=404)


def _elsewhere(request: HttpRequest) -> str | None:
    """The one present address that was meant, if that is certain."""
    if request.path.startswith(NEVER_MOVED):
        return None
    asked = list(_asked(request))
    ends = ends_of(asked)
    for path in asked:
        end = ends[path]
        alone, arrived = parted(path)[0], parted(end.path)[0]
        # Only a view knows whether it has something there: it is asked if the table leads to it,
        # and where a slash alone was missing (a link in a mail, cut at its end).
        sure = end.state == "there" or arrived != alone or alone == f"{request.path}/"
        if sure and not end.is_dead and arrived != request.path:
            return end.path
    return None


def _asked(request: HttpRequest) -> Iterator[str]:
    """The address as it was asked for, with its slash, and in its right spelling."""
    query = query_written(request.META.get("QUERY_STRING", ""))
    tail = f"?{query}" if query else ""
    slashed = request.path if request.path.endswith("/") else f"{request.path}/"
    for path in dict.fromkeys([request.path, slashed, mended(request.path)]):
        for whole in (f"{path}{tail}", path):
            if len(whole) <= MAX_PATH and whole.isprintable():
                yield whole
                break


def old_query_address(request: HttpRequest) -> str | None:
    """Where `/?p=123` of an earlier system leads now, else None; no query without such a key."""
    for key in OLD_QUERY:
        value = request.GET.get(key, "")
        if value.isascii() and value.isdigit() and len(value) <= 18:
            match = resolve(f"/?{key}={value}")
            if match:
                return match.redirect
    return None
