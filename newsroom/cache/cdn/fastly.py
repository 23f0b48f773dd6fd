"""Fastly: purges of many surrogate keys at once, soft or hard.

https://www.fastly.com/documentation/reference/api/purging/
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsroom.cache.cdn.asking import ask

API = "https://api.fastly.com"
# Keys in one request.
MOST = 256


@dataclass(frozen=True)
class Fastly:
    service: str
    token: str = field(repr=False)
    name = "Fastly"

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        headers = {
            "Fastly-Key": self.token, "Accept": "application/json",
            "Content-Type": "application/json", **({} if hard else {"Fastly-Soft-Purge": "1"}),
        }  # fmt: skip
        for start in range(0, len(keys), MOST):
            body = json.dumps({"surrogate_keys": list(keys[start : start + MOST])}).encode()
            url = f"{API}/service/{self.service}/purge"
            ask("POST", url, headers, body=body, secret=self.token)
