"""Atom 1.0 (RFC 4287)."""

from django.conf import settings
from django.utils.translation import get_language

from articles.feeds.document import Document, Entry, address_of
from articles.feeds.ids import tag_uri
from articles.feeds.xml import Writer
from newsroom.pages.identity import identity

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"


def write(document: Document, address: str) -> bytes:
    """The feed as it stands at this path."""
    site = identity()
    language = get_language() or site.language
    to = Writer("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    to.add("title", document.title)
    if document.about:
        to.add("subtitle", document.about)
    to.add("id", tag_uri(document.key))
    to.add("updated", document.built.isoformat())
    to.add("link", rel="alternate", type="text/html", href=address_of(document.page))
    to.add("link", rel="self", type=MEDIA_TYPE, href=address_of(address))
    if settings.WEBSUB_HUB:
        to.add("link", rel="hub", href=settings.WEBSUB_HUB)
    to.begin("author")  # of entries that name nobody
    to.add("name", site.name)
    to.add("uri", address_of("/"))
    to.end()
    to.add("rights", site.copyright_owner)
    for entry in document.entries:
        _entry(to, entry)
    return to.bytes()


def _entry(to: Writer, entry: Entry) -> None:
    to.begin("entry", {"xml:lang": entry.language} if entry.language else {})
    to.add("title", entry.title)
    to.add("id", tag_uri(entry.key))
    to.add("link", rel="alternate", type="text/html", href=entry.url)
    to.add("published", entry.published.isoformat())
    to.add("updated", entry.updated.isoformat())
    for person in entry.authors:
        to.begin("author")
        to.add("name", person.name)
        if person.url:
            to.add("uri", person.url)
        to.end()
    for category in entry.categories:
        to.add("category", term=category)
    if entry.summary:
        to.add("summary", entry.summary)
    if entry.html:
        to.add("content", entry.html, type="html")
    if image := entry.image:
        to.add("link", rel="enclosure", type=image.media_type, href=image.url)
    to.end()
