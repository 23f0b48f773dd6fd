"""Reading what a page's head says to networks, messengers and search engines."""

import json
import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class _Metas(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            for name in {given.get("property"), given.get("name")} - {None}:
                self.found.setdefault(str(name), given.get("content", ""))
        if tag == "link" and given.get("rel") == "canonical":
            self.found["canonical"] = given["href"]


def meta(response: HttpResponse) -> dict[str, str]:
    """Every named value, `og:` and `twitter:` ones alike, and the canonical address."""
    assert response.status_code == 200
    reader = _Metas()
    reader.feed(response.content.decode())
    return reader.found


def data(response: HttpResponse) -> list[dict[str, Any]]:
    """What the page says in JSON-LD."""
    html = response.content.decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    found: list[dict[str, Any]] = []
    for script in scripts:
        found += json.loads(script)
    return found
