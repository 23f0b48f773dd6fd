"""feedparser and the formats' own rules find nothing wrong with any feed of the demo paper."""

import re

import feedparser
import pytest
from django.test import Client

from newsroom.pages.models import SiteSettings
from tests.articles.feeds.rules import CHECKS


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("text", ["extract", "full"])
def test_every_feed_of_the_demo_paper_is_read_in_every_format(client: Client, text: str) -> None:
    SiteSettings.objects.update(feed_text=text)
    html = client.get("/feeds/").content.decode()
    listed = re.findall(r'<a href="([^"]*/feed/(?:atom/|json/)?)"', html)
    assert len(listed) > 100
    # Whole texts take long to read: the paper's own feeds and some sections.
    for address in listed if text == "extract" else listed[:24]:
        form = address.partition("/feed/")[2]
        content = client.get(address).content
        CHECKS[form](content)
        if form != "json/":
            read = feedparser.parse(content)
            assert not read.bozo, (address, read.get("bozo_exception"))
            assert read.feed.title
