"""A stored page: its bytes in three encodings, its headers, and when it is out of date."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import brotli
from django.utils.http import parse_http_date_safe

Headers = list[tuple[str, str]]
# Host as the browser names it, path as WSGI has it, and what of the query the page knows.
Key = tuple[str, str, str]
ENCODINGS = ("br", "gzip", "")
# Larger pages are answered and not stored.
MOST = 2_000_000
# Headers of one answer and not of the page.
_OF_BODY = {"content-length", "content-encoding", "content-type"}
_OWN = {"content-length", "content-encoding", "etag", "vary", "date", "cache-control"}


class Page:
    """One answer, ready to send. Times are seconds since 1970.

    `as_of` is the last purge entry that was known when its making began; `until` is when the clock
    makes it another page, `settled` when it is made anew for safety.
    """

    __slots__ = (
        "as_of", "bare", "bodies", "checked", "etags", "fresh_till", "headers", "key", "made",
        "modified", "said", "settled", "shown_till", "size", "status", "stored", "tags", "until",
        "used",
    )  # fmt: skip

    def __init__(self, stored: Mapping[str, Any], bodies: list[bytes]) -> None:
        self.stored = stored
        host, path, query = stored["key"]
        self.key: Key = (host, path, query)
        self.status: str = stored["status"]
        self.tags: tuple[str, ...] = tuple(stored["tags"])
        self.as_of: int = stored["as_of"]
        self.made: float = stored["made"]
        self.until: float | None = stored["until"]
        self.settled: float = stored["settled"]
        self.bodies = dict(zip(ENCODINGS, bodies, strict=True))
        self.etags = {name: f'"{stored["etag"]}{name and "-" + name}"' for name in ENCODINGS}
        self.headers = {name: self._headers(name) for name in ENCODINGS}
        # What the view said of itself: a tag, whatever the encoding, and when it last changed.
        self.said: str = stored["said"]
        dates = (value for name, value in stored["headers"] if name.lower() == "last-modified")
        self.modified = parse_http_date_safe(next(dates, ""))
        # Of a 304, which tells nothing of a body.
        self.bare = {
            name: [each for each in headers if each[0].lower() not in _OF_BODY]
            for name, headers in self.headers.items()
        }
        self.size = sum(map(len, bodies)) + 4000
        self.fresh_till, self.used = min(self.until or 2**40, self.settled), 0.0
        # The number of the log against which the tags were held, and until when it may be shown
        # while that is the newest: as long as it is fresh, or while another is being made.
        self.checked, self.shown_till = -1, 0.0

    def _headers(self, encoding: str) -> Headers:
        own = [("Content-Length", str(len(self.bodies[encoding]))), ("ETag", self.etags[encoding])]
        if encoding:
            own.append(("Content-Encoding", encoding))
        return [*map(tuple, self.stored["headers"]), *own]

    @classmethod
    def of(
        cls, key: Key, *, status: str, headers: Headers, body: bytes, tags: Iterable[str],
        as_of: int, made: float, until: float | None, lifetime: float, cache_control: str,
        carried: Headers, packing: int = 5,
    ) -> "Page":  # fmt: skip
        """From what the site answered. About 1 ms for 30 kB, most of it compressing.

        `carried` is what caches in front of the site are told with it.
        """
        said = {name.lower(): value for name, value in headers}
        kept = [(name, value) for name, value in headers if name.lower() not in _OWN]
        kept += [("Vary", "Accept-Encoding")]
        kept += [("Cache-Control", said.get("cache-control") or cache_control)]
        kept += carried  # so that a page with other tags has another ETag
        tag = hashlib.blake2b(body, digest_size=12)
        tag.update(repr(sorted(kept)).encode())
        stored = {
            "key": key, "status": status, "headers": kept, "tags": sorted(tags), "as_of": as_of,
            "made": made, "until": until, "settled": made + lifetime, "etag": tag.hexdigest(),
            "said": said.get("etag", ""),
        }  # fmt: skip
        packed = [brotli.compress(body, quality=packing), gzip.compress(body, 6, mtime=0), body]
        return cls(stored, packed)

    def to_bytes(self) -> bytes:
        """For a shared store."""
        bodies = [self.bodies[name] for name in ENCODINGS]
        head = json.dumps({**self.stored, "lengths": [len(body) for body in bodies]}).encode()
        return b"".join([head, b"\n", *bodies])

    @classmethod
    def from_bytes(cls, data: bytes) -> "Page":
        """Raises ValueError for what is no whole page."""
        head, _line, rest = data.partition(b"\n")
        try:
            stored = json.loads(head)
            bodies, at = [], 0
            for length in stored["lengths"]:
                bodies.append(rest[at : at + length])
                at += length
            if at != len(rest):
                raise ValueError("cut short")
            return cls(stored, bodies)
        except (KeyError, TypeError) as error:
            raise ValueError("no page") from error


def encoding_of(accepted: str) -> str:
    """The best of ours that an Accept-Encoding header takes; what it refuses with q=0 counts."""
    takes: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        weight = weight.replace(" ", "")
        takes[name.strip()] = not (weight.startswith("q=0") and not weight.strip("q=0."))
    if takes.get("br"):
        return "br"
    return "gzip" if takes.get("gzip", takes.get("*", False)) else ""


def unchanged(if_none_match: str, *etags: str) -> bool:
    """Whether the browser has exactly these bytes (RFC 9110, weak comparison)."""
    if if_none_match in etags:
        return True
    names = {name.strip().removeprefix("W/") for name in if_none_match.split(",")}
    return if_none_match.strip() == "*" or not names.isdisjoint(etags)


def unchanged_since(if_modified_since: str, modified: int | None) -> bool:
    """Whether the browser has every change up to that second; a date that is none says nothing."""
    since = parse_http_date_safe(if_modified_since)
    return since is not None and modified is not None and modified <= since
