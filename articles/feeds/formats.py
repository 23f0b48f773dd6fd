"""The formats, and where each stands: RSS at `feed/` under a list's page, the others below that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.urls import URLPattern, path, register_converter

from articles.feeds import atom, json_feed, rss
from articles.feeds.document import Document

View = Callable[..., Any]


@dataclass(frozen=True)
class Format:
    """How a document is written; `suffix` stands behind `feed/`."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Document, str], bytes]

    def path(self, page: str) -> str:
        """Of the feed of the list whose page has this path."""
        return f"{page}feed/{self.suffix}"


RSS = Format("RSS", "", rss.MEDIA_TYPE, rss.write)
ATOM = Format("Atom", "atom/", atom.MEDIA_TYPE, atom.write)
JSON = Format("JSON Feed", "json/", json_feed.MEDIA_TYPE, json_feed.write)
FORMATS = (RSS, ATOM, JSON)


class FormatConverter:
    """`atom` or `json` in an address; nothing else is a format."""

    regex = "atom|json"

    def to_python(self, value: str) -> Format:
        return {"atom": ATOM, "json": JSON}[value]

    def to_url(self, value: Format) -> str:
        return value.suffix.strip("/")


register_converter(FormatConverter, "format")


def in_every_format(
    page: str, view: View, name: str, extra: Mapping[str, Any] = MappingProxyType({})
) -> list[URLPattern]:
    """The patterns of a list's feeds, all of one name: the view is given the format as `form`."""
    return [
        path(f"{page}feed/", view, {**extra, "form": RSS}, name=name),
        path(f"{page}feed/<format:form>/", view, {**extra}, name=name),
    ]
