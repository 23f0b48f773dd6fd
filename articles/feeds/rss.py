"""RSS 2.0, with what it lacks taken from Atom, Dublin Core, Content and Media RSS.

Elements and their order as the RSS Advisory Board's profile has them.
"""

from email.utils import format_datetime

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import get_language

from articles.feeds.document import Document, Entry, address_of
from articles.feeds.xml import Writer
from newsroom.pages.identity import identity

MEDIA_TYPE = "application/rss+xml"
_NAMES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(document: Document, address: str) -> bytes:
    """The feed as it stands at this path."""
    site, to = identity(), Writer("rss", _NAMES)
    to.begin("channel")
    to.add("title", document.title)
    to.add("link", address_of(document.page))
    to.add("description", document.about or document.title)
    to.add("atom:link", rel="self", href=address_of(address), type=MEDIA_TYPE)
    if settings.WEBSUB_HUB:
        to.add("atom:link", rel="hub", href=settings.WEBSUB_HUB)
    to.add("language", get_language() or site.language)
    to.add("copyright", site.copyright_owner)
    to.add("lastBuildDate", format_datetime(document.built))
    for entry in document.entries:
        _item(to, entry)
    return to.bytes()


def _item(to: Writer, entry: Entry) -> None:
    to.begin("item")
    to.add("title", entry.title)
    to.add("link", entry.url)
    to.add("description", escape(entry.summary))  # this element is read as HTML
    for person in entry.authors:  # RSS's own author needs a mail address
        to.add("dc:creator", person.name)
    for category in entry.categories:
        to.add("category", category)
    to.add("guid", entry.key, isPermaLink="false")
    to.add("pubDate", format_datetime(entry.published))
    if entry.updated > entry.published:
        to.add("atom:updated", entry.updated.isoformat())
    if entry.language:
        to.add("dc:language", entry.language)
    if entry.html:
        to.add("content:encoded", entry.html)
    if image := entry.image:
        # No enclosure: RSS wants its length in bytes, for which nobody opens thirty files.
        to.begin("media:content", {
            "url": image.url, "type": image.media_type, "medium": "image",
            "width": str(image.width), "height": str(image.height),
        })  # fmt: skip
        if image.credit:
            to.add("media:credit", image.credit)
        if image.alt:
            to.add("media:description", image.alt, type="plain")
        to.end()
    to.end()
