"""The text: one vocabulary, one filter, and placeholders that are resolved when served."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.body.render import articles_in, prepare
from articles.models import Article, PublishedArticle
from articles.publishing import publish, unpublish
from newsroom.lib.html import clean_html, plain_text
from newsroom.pages.body import pictures_in

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="//evil.example">x</a>',
    '<a href="/\\evil.example">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<p style="background:url(https://evil.example)">x</p>',
    '<figure data-picture="1 onload=alert(1)"></figure>',
    '<aside data-article="javascript:alert(1)"></aside>',
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name=a></form>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<p class="evil" id="masthead" onclick="alert(1)">x</p>',
]


TRACES = (
    "<script", "onerror", "onload", "onclick", "javascript:", "evil.example", "style=", "<iframe",
    "<form", "<img", "<svg", "id=", "data:",
)  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_acts_survives_the_filter(html: str) -> None:
    cleaned = clean_html(html).lower()
    for trace in TRACES:
        assert trace not in cleaned, cleaned


def test_the_vocabulary_of_the_editor_survives_unchanged() -> None:
    html = (
        '<h2>Head</h2><p>A <strong>b</strong> <a href="https://x.example/?a=1&amp;b=2">c</a></p>'
        '<blockquote class="pull-quote"><p>Said.</p></blockquote>'
        '<figure data-picture="12"><figcaption>Own</figcaption></figure>'
        '<p class="link-card"><a href="https://x.example/">Title</a></p>'
        '<aside data-article="7"></aside><p dir="rtl" lang="he">שלום</p>'
        '<table><tbody><tr><th scope="row">1</th><td colspan="2">2</td></tr></tbody></table>'
    )
    assert clean_html(html) == html
    assert clean_html(clean_html(html)) == html


def test_plain_text_keeps_words_apart() -> None:
    assert (
        plain_text("<p>One</p><p>two<br>three</p><ul><li>four</li></ul>") == "One\ntwo\nthree\nfour"
    )


def test_empty_paragraphs_at_the_ends_are_dropped() -> None:
    assert prepare("<p></p><p>Text</p><p> </p><p><br></p>") == "<p>Text</p>"


def test_placeholders_are_found_in_order() -> None:
    figure = '<figure data-picture="{}"></figure>'
    html = figure.format(3) + '<aside data-article="9"></aside>' + figure.format(1)
    assert pictures_in(html) == [3, 1]
    assert articles_in(html) == [9]


def test_a_related_box_vanishes_with_the_article_it_shows(
    client: Client, write: Callable[..., Article], live: Callable[..., PublishedArticle]
) -> None:
    other = live("The other story")
    article = write(body=f'<p>Text.</p><aside data-article="{other.pk}"></aside>')
    address = publish(article, by=None).get_absolute_url()
    assert 'href="' + other.get_absolute_url() in client.get(address).content.decode()
    unpublish(other.article, by=None)
    page = client.get(address).content.decode()
    assert "The other story" not in page
    assert "data-article" not in page


def test_structured_data_cannot_end_its_script(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    row = live("</script><script>alert(1)</script>")
    page = client.get(row.get_absolute_url()).content.decode()
    assert "</script><script>alert(1)" not in page
