"""Plain typing becomes paragraphs, quotations, lists and links, and nothing that acts."""

import pytest

from articles.live.text import to_html
from tests.house.test_hostile_text import VECTORS, Nodes


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One.\nTwo.\n\n\nThree.", "<p>One.<br>Two.</p><p>Three.</p>"),
        (
            "> Said.\n>\n> Again.\nNot said.",
            "<blockquote><p>Said.</p><p>Again.</p></blockquote><p>Not said.</p>",
        ),
        ("- a\n• b\n– c\n-d", "<ul><li>a</li><li>b</li><li>c</li></ul><p>-d</p>"),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        (
            "See https://www.port.example/a?b=1&c=2, or (http://b.example/x_(y)).",
            '<p>See <a href="https://www.port.example/a?b=1&amp;c=2">port.example/a?b=1&amp;c=2</a>'
            ', or (<a href="http://b.example/x_(y)">b.example/x_(y)</a>).</p>',
        ),
        ("https://", "<p>https://</p>"),
        ("javascript:pwn()", "<p>javascript:pwn()</p>"),
        ("", ""),
        ("שלום\r\nhttps://port.example", None),
    ],
)
def test_plain_typing_becomes_the_html_one_means(typed: str, html: str | None) -> None:
    made = to_html(typed)
    assert html is None or made == html
    assert "\r" not in made


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_stays_text(vector: str) -> None:
    for typed in (vector, f"> {vector}", f"- {vector}", f"https://post.example/{vector}"):
        assert Nodes(to_html(typed)).live == [], typed


def test_long_text_costs_no_more_than_its_length() -> None:
    for typed in ("https://a.example/" + ")" * 9_900, "> " * 5000, "- \n" * 3000, "((((" * 2400):
        assert len(to_html(typed)) < 20 * len(typed) + 100
