"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from articles.feeds.document import Document, Entry, address_of
from articles.feeds.ids import tag_uri
from articles.feeds.legal import legal
from newsroom.pages.identity import identity

MEDIA_TYPE = "application/feed+json"


def write(document: Document, address: str) -> bytes:
    """The feed as it stands at this path."""
    site = identity()
    hubs = [{"type": "WebSub", "url": settings.WEBSUB_HUB}] if settings.WEBSUB_HUB else []
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": address_of(document.page),
        "feed_url": address_of(address),
        "description": document.about,
        "language": get_language() or site.language,
        "authors": [{"name": site.name, "url": address_of("/")}],
        "hubs": hubs,
    }
    items = [_item(entry) for entry in document.entries]
    said = {key: value for key, value in feed.items() if value}
    return json.dumps(legal({**said, "items": items}), ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": tag_uri(entry.key),
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary if entry.html else "",
        "content_html": entry.html,
        # One of the two is required.
        "content_text": "" if entry.html else entry.summary or entry.title,
        "image": entry.image.url if entry.image else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [
            {"name": one.name, **({"url": one.url} if one.url else {})} for one in entry.authors
        ],
        "tags": entry.categories,
        "language": entry.language,
    }
    return {key: value for key, value in item.items() if value}
