"""The leak probe: every surface as a stranger sees it, before and after articles are kept secret.

Two questions. Does a word of a marked article stand anywhere? And does any answer change at all:
status, bytes, ETag, Last-Modified, redirect, any header, though nothing was published?
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from newsroom.management import surfaces
from newsroom.management.marked import Ground, Secret, lay_ground, write_secrets
from newsroom.media.models import Picture

# Tokens that differ at every answer and say nothing.
_TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value=|nonce[-=])"?[\w+/=-]+')
# Headers that tell the time.
_CLOCKS = {"date", "expires"}
SHOWN = 60
# Memory of this process alone, so that nothing seen here can end up in what the site shares.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"probe-{name}"}
    for name in ("default", "local")
}


@dataclass(frozen=True)
class Leak:
    """What a stranger could learn, where, and of which article."""

    surface: str
    address: str
    article: str
    what: str


@dataclass
class Report:
    """What was looked at and what was found."""

    visited: dict[str, list[str]] = field(default_factory=dict)
    exempt: dict[str, str] = field(default_factory=dict)
    unregistered: dict[str, str] = field(default_factory=dict)
    articles: list[str] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    # Surfaces of which nothing can be proved: their answer differs each time, or is a fault.
    unproven: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.leaks or self.unregistered or self.unproven)

    def as_dict(self) -> dict[str, Any]:
        return {"clean": self.clean, **asdict(self)}


@dataclass(frozen=True)
class Answer:
    """One answer as far as a stranger can tell two apart."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def difference(self, other: "Answer") -> str:
        """What the later answer has otherwise; empty when nothing."""
        if self.status != other.status:
            return f"status {self.status} became {other.status}"
        mine, theirs = dict(self.headers), dict(other.headers)
        for name in sorted(mine.keys() | theirs.keys()):
            if mine.get(name) != theirs.get(name):
                return f"{name} {mine.get(name)!r} became {theirs.get(name)!r}"
        if self.body != other.body:
            return f"{len(self.body)} bytes became {len(other.body)}: {_where(self, other)}"
        return ""


def probe() -> Report:
    """Look everywhere, then undo everything. Holds other publishing up for its few seconds."""
    report = Report(unregistered=surfaces.unregistered())
    with _quiet(), override_settings(CACHES=CACHES), transaction.atomic():
        ground = lay_ground()
        for name in surfaces.known():
            surface = surfaces.SURFACES.get(name)
            if isinstance(surface, surfaces.Exempt):
                report.exempt[name] = surface.reason
            elif surface is not None:
                report.visited[name] = list(dict.fromkeys(surface(ground)))
        report.articles = [secret.state for secret in ground.secrets]
        everywhere = [a for addresses in report.visited.values() for a in addresses]
        before = _visit(everywhere)
        # An inner transaction: the secrets go, the ground stays, and it can be asked once more.
        with transaction.atomic():
            write_secrets(ground)
            tokens = dict(Picture.objects.in_bulk([s.picture_id for s in ground.secrets]))
            words = {s.state: (s.marker, tokens[s.picture_id].token) for s in ground.secrets}
            after = _visit(everywhere)
            transaction.set_rollback(True)
        changed = [a for a in everywhere if before[a].difference(after[a])]
        again = _visit(changed)
        for name, addresses in report.visited.items():
            for address in addresses:
                _compare(report, ground, words, name, address, before, after, again)
        transaction.set_rollback(True)
    return report


def _compare(
    report: Report, ground: Ground, words: dict[str, tuple[str, str]], name: str, address: str,
    before: dict[str, Answer], after: dict[str, Answer], again: dict[str, Answer],
) -> None:  # fmt: skip
    if before[address].status >= 500 or after[address].status >= 500:
        report.unproven.append(f"{name}: {address}: status {after[address].status}")
    # A page that repeats what it was asked for did so before: it gives away what differs.
    repeated = _told(before[address], words)
    told = [each for each in _told(after[address], words) if each not in repeated]
    for state, what in told:
        report.leaks.append(Leak(name, address, state, f"the marker stands in {what}"))
    difference = before[address].difference(after[address])
    if told or not difference:
        return
    own = next((s for s in ground.secrets if _names(address, s)), None)
    if own and after[address].status in own.may_answer and before[address].status == 404:
        return
    if before[address].difference(again[address]):
        # Changed back without the secrets? Then it was they; else the surface never rests.
        if again[address].difference(after[address]):
            report.unproven.append(f"{name}: {address}: {difference}")
        return
    report.leaks.append(Leak(name, address, own.state if own else "any", difference))


@contextmanager
def _quiet() -> Iterator[None]:
    """Hundreds of 404s that were asked for need no line each in the log; faults keep theirs."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _visit(addresses: Iterable[str]) -> dict[str, Answer]:
    """Each address by a browser that was never here."""
    host = urlsplit(settings.SITE_URL).netloc
    client = Client(headers={"host": host}, raise_request_exception=False)
    found = {}
    for address in addresses:
        client.cookies.clear()
        response = client.get(address, secure=settings.HTTPS)
        body = b"".join(response) if response.streaming else response.content
        headers = [
            (name.lower(), _TOKENS.sub(rb"\1", value.encode()).decode())
            for name, value in response.items()
            if name.lower() not in _CLOCKS
        ]
        cookies = [("set-cookie", name) for name in sorted(response.cookies)]
        found[address] = Answer(
            response.status_code, tuple(sorted(headers) + cookies), _TOKENS.sub(rb"\1", body)
        )
    return found


def _told(answer: Answer, words: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Which article stands in the answer, and in which part of it."""
    parts = {"the page": answer.body.decode("utf-8", "replace").lower()}
    parts |= {f"the header {name}": value.lower() for name, value in answer.headers}
    return [
        (state, f"{part}: {_around(text, word)}")
        for state, given_away in words.items()
        for part, text in parts.items()
        for word in given_away
        if word in text
    ]


def _around(text: str, word: str) -> str:
    """The found word with what stands around it, in one short line."""
    start = text.index(word)
    return " ".join(text[max(0, start - SHOWN // 2) : start + SHOWN].split())


def _where(one: Answer, other: Answer) -> str:
    """The first place at which two bodies part, and a fingerprint of each."""
    pairs = enumerate(zip(one.body, other.body, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one.body), len(other.body)))
    shown = other.body[max(0, at - SHOWN // 2) : at + SHOWN].decode("utf-8", "replace")
    prints = " ".join(hashlib.sha256(each.body).hexdigest()[:8] for each in (one, other))
    return f"{' '.join(shown.split())} ({prints})"


def _names(address: str, secret: Secret) -> bool:
    return re.search(rf"[-/]{secret.id}/", address) is not None
