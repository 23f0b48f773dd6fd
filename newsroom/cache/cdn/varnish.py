"""Varnish with docs/operating/varnish.vcl: bans by key."""

from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.cache.cdn.asking import ask

# Keys in one request: a line of 8 kB is the longest Varnish takes.
MOST = 400


@dataclass(frozen=True)
class Varnish:
    url: str

    @property
    def name(self) -> str:
        return f"Varnish at {self.url}"

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        for start in range(0, len(keys), MOST):
            headers = {"Surrogate-Key": " ".join(keys[start : start + MOST])}
            if not hard:
                headers["Soft-Purge"] = "1"
            ask("PURGE", self.url, headers)
