"""The directory as OPML 2.0 (opml.org), which feed readers take in as a whole."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.feeds.directory import Group
from articles.feeds.document import address_of
from articles.feeds.formats import RSS
from articles.feeds.xml import Writer
from newsroom.pages.chrome import chrome

MEDIA_TYPE = "text/x-opml"


def write(groups: Iterable[Group]) -> bytes:
    """A folder for each group; every reader knows RSS, so it is the format named."""
    site, to = chrome(), Writer("opml", {"version": "2.0"})
    to.begin("head")
    to.add("title", _("Feeds of %(name)s") % {"name": site.name})
    to.add("ownerName", site.name)
    to.add("docs", "http://opml.org/spec2.opml")
    to.end()
    to.begin("body")
    for group in groups:
        to.begin("outline", {"text": str(group.title), "title": str(group.title)})
        for feed in group.feeds:
            to.add(
                "outline", type="rss", text=feed.name, title=feed.name, version="RSS2",
                xmlUrl=address_of(RSS.path(feed.page)), htmlUrl=address_of(feed.page),
            )  # fmt: skip
        to.end()
    return to.bytes()
