"""The sitemaps of a whole paper: by the rules, complete, and without a dead address."""

import pytest
from django.test import Client

from articles.models import PublishedArticle
from tests.articles import sitemap_rules as rules
from tests.articles.test_sitemaps import body, index


@pytest.mark.usefixtures("paper")
def test_every_file_of_the_index_keeps_the_rules_and_every_live_article_stands_in_one(
    client: Client,
) -> None:
    files = index(client)
    assert "/news-sitemap.xml" in files
    found = {
        path: changed
        for file in files
        if file != "/news-sitemap.xml"
        for path, changed in rules.places(body(client, file)).items()
    }
    rows = PublishedArticle.objects.select_related("section")
    assert {row.get_absolute_url() for row in rows} <= found.keys()
    for address in ("/", "/opinion/", "/archive/", "/contact/", "/politics/", "/about-us/",
                    "/topic/water/", "/newsletter/", "/corrections/", "/staff/"):  # fmt: skip
        assert address in found
    dead = {path: code for path in found if (code := client.get(path).status_code) != 200}
    assert dead == {}
