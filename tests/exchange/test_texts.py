"""Old HTML in, the editor's vocabulary out."""

import time
from contextlib import suppress

import pytest

from articles.exchange.wxr.body import UnfitText, body_html
from articles.exchange.wxr.notes import Notes


def converted(content: str, notes: Notes | None = None, known: int | None = 7) -> str:
    return body_html(
        content, picture=lambda _url, _id: known, gallery=["1", "2"], notes=notes or Notes()
    )


FIGURE = '<figure data-picture="7"></figure>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One\ntwo\n\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("<b>a</b> <i>b</i> <del>c</del>", "<p><strong>a</strong> <em>b</em> <s>c</s></p>"),
        ("<h1>a</h1><h5>b</h5>", "<h2>a</h2>\n<h4>b</h4>"),
        ("<div>a</div><div><p>b</p></div>", "<p>a</p>\n<p>b</p>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p>\n<p>b</p>"),
        ("a<!--more-->\n\nb<!--nextpage-->c", "<p>a</p>\n<p>b</p>\n<hr>\n<p>c</p>"),
        ("<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
        ('<p dir="rtl" class="x">א</p>', '<p dir="rtl">א</p>'),
        ("&nbsp;\n\n<p></p>", ""),
        ("<blockquote>a<cite>B</cite></blockquote>", "<blockquote><p>a</p><p>— B</p></blockquote>"),
        ("a <q>b</q> <kbd>c</kbd>", "<p>a “b” <code>c</code></p>"),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ('<a href="x"><img src="a.jpg"></a> after', f"{FIGURE}\n<p>after</p>"),
        ("[gallery]", f"{FIGURE}\n{FIGURE}"),
        ("[[gallery]]", "<p>[gallery]</p>"),
        ("he said [sic] so", "<p>he said [sic] so</p>"),
        ("[caption]never closed\n\nb", "<p>[caption]never closed</p>\n<p>b</p>"),
        (
            '<!-- wp:paragraph {"a":1} -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->',
            "<p>a\nb</p>",
        ),
        (
            '<!-- wp:x --><figure class="wp-block-pullquote"><blockquote><p>a</p><cite>B</cite>'
            "</blockquote></figure>",
            '<blockquote class="pull-quote"><p>a</p><p>— B</p></blockquote>',
        ),
    ],
)
def test_old_html_becomes_our_vocabulary(old: str, new: str) -> None:
    assert converted(old) == new


@pytest.mark.parametrize(
    "old",
    [
        '[caption id="attachment_5" width="9"]<img src="a.jpg"> A <em>bell</em>[/caption]',
        '[caption caption="A &lt;em&gt;bell&lt;/em&gt;"]<img src="a.jpg">[/caption]',
        '<figure><img src="a.jpg"><figcaption>A <em>bell</em></figcaption></figure>',
    ],
)
def test_a_caption_goes_with_its_picture(old: str) -> None:
    new = converted(old)
    assert new.startswith('<figure data-picture="7"><figcaption>A ')
    assert converted(old, known=None) == ""


@pytest.mark.parametrize(
    "old",
    [
        "https://video.example/watch?v=1&t=2",
        "<p>https://video.example/watch?v=1&amp;t=2</p>",
        "[embed]https://video.example/watch?v=1&amp;t=2[/embed]",
        '[video src="https://video.example/watch?v=1&amp;t=2"][/video]',
        '<iframe src="//video.example/watch?v=1&amp;t=2" width="9"></iframe>',
        '<figure class="wp-block-embed"><div>\nhttps://video.example/watch?v=1&amp;t=2\n</div></figure>',
        '<video controls><source src="https://video.example/watch?v=1&amp;t=2"></video>',
    ],
)
def test_every_kind_of_embed_becomes_a_link_card(old: str) -> None:
    assert converted(old) == (
        '<p class="link-card"><a href="https://video.example/watch?v=1&amp;t=2">'
        "video.example/watch</a></p>"
    )


def test_what_is_lost_is_noted() -> None:
    notes = Notes()
    text = '[contact-form to="x"] <img src="https://old.example/a.jpg"><!-- wp:calendar /-->'
    assert "[contact-form" in converted(text, notes, known=None)
    assert notes.missing_pictures == ["https://old.example/a.jpg"]
    assert list(notes.shortcodes) == ["[contact-form]"]
    assert list(notes.blocks) == ["calendar"]


@pytest.mark.parametrize(
    "piece", ["[caption]", "[", "[caption][/caption]", "[video ", "<b>", "<p>", "<!-- wp:a ",
              "<!-- wp:cover {", "\n \n", "http://a ", "<", "<ul><li>", "&lt;", "<a href='x'>"]
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    with suppress(UnfitText):
        converted(piece * (50_000 // len(piece)))
    assert time.process_time() - began < 1
