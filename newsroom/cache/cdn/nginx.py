"""nginx with docs/operating/nginx.conf: another number, under which nothing is stored yet.

Debian's nginx cannot purge, and nobody knows all addresses that show a thing. So every name in its
cache begins with a number that only we change: what was stored under the last one is not found any
more. A page is valid for a second there, so a soft purge has nothing to do.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.cache.cdn.asking import ask


@dataclass(frozen=True)
class Nginx:
    url: str

    @property
    def name(self) -> str:
        return f"nginx at {self.url}"

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        if hard:
            ask("GET", f"{self.url}?number={secrets.token_hex(8)}", {})
