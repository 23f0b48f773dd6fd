"""The editor in a real browser under the real policy: pasting, the pieces, the keyboard."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from newsroom.media.demo import draw, write_jpeg
from tests.conftest import WIDE, judged
from tests.e2e.conftest import Site

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b">
<h1 dir="ltr" style="line-height:1.38;"><span style="font-size:20pt;font-weight:400;">Harbour plan\
</span></h1><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-family:Arial;\
font-weight:400;font-style:normal;">Plain and </span><span style="font-weight:700;">bold</span>\
<span style="font-weight:400;"> and </span><span style="font-style:italic;">italic</span>\
<span style="font-weight:400"> with a </span><a href="https://www.google.com/url?\
q=https://example.org/report&amp;sa=D" style="text-decoration:none;"><span style="color:#1155cc;">\
link</span></a><span>.</span></p><br><ul style="margin-top:0;"><li dir="ltr" aria-level="1">\
<p dir="ltr" role="presentation"><span style="font-weight:400;">One</span></p></li><ul>\
<li dir="ltr" aria-level="2"><p role="presentation"><span>Inner</span></p></li></ul>\
<li><p><span>Two</span></p></li></ul><p dir="rtl">\
<span style="font-weight:400">\u05e9\u05dc\u05d5\u05dd</span></p></b>\
<br class="Apple-interchange-newline">"""
FROM_DOCS = (
    "<h2>Harbour plan</h2><p>Plain and <strong>bold</strong> and <em>italic</em> with a "
    '<a href="https://example.org/report">link</a>.</p><ul><li><p>One</p><ul><li><p>Inner</p></li>'
    '</ul></li><li><p>Two</p></li></ul><p dir="rtl">\u05e9\u05dc\u05d5\u05dd</p>'
)


def _item(level: int, sign: str, text: str, run: int = 0) -> str:
    """One list item as Word writes it: a paragraph with the sign typed into it."""
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l{run} level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span>"
        f"<![endif]>{text}<o:p></o:p></p>"
    )


WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal '
    "{font-weight:bold} --></style><!--[if gte mso 9]><xml><w:Zoom/></xml><![endif]--></head>"
    "<body lang=EN-GB><!--StartFragment--><p class=MsoNormal style='mso-bidi-font-weight:bold'>"
    "<span lang=EN-US style='mso-bidi-font-weight:bold;font-family:\"Times New Roman\"'>Not bold. "
    "</span><b style='mso-bidi-font-weight:normal'>Bold<o:p></o:p></b> and <i>italic</i>.</p>"
    "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    + _item(1, "·", "First") + _item(2, "o", "Nested") + _item(1, "·", "Second")
    + "<p class=MsoNormal>Between</p>" + _item(1, "3.", "Third", run=1)
    + "<!--EndFragment--></body></html>"
)  # fmt: skip
FROM_WORD = (
    "<p>Not bold. <strong>Bold</strong> and <em>italic</em>.</p><ul><li><p>First</p><ul><li>"
    "<p>Nested</p></li></ul></li><li><p>Second</p></li></ul><p>Between</p>"
    '<ol start="3"><li><p>Third</p></li></ol>'
)
HOSTILE = (
    '<p onclick="x()">Safe <a href="javascript:x()">words</a><img src="https://evil.example/a.gif">'
    "<script>x()</script><iframe src='https://evil.example/'></iframe></p>"
)
WHOLE = (
    "<p>a <strong>b</strong> <em>i</em> <s>s</s> x<sub>2</sub> y<sup>2</sup> "
    '<a href="https://example.org/">l</a> <code>c</code><br>n</p><h2>h</h2><h3>h</h3><h4>h</h4>'
    '<ul><li><p>a</p></li></ul><ol start="3"><li><p>a</p></li></ol><blockquote><p>q</p>'
    '</blockquote><blockquote class="pull-quote"><p>pq</p></blockquote><hr><pre><code>x</code>'
    '</pre><figure data-picture="1"><figcaption>own</figcaption></figure>'
    '<figure data-picture="2"></figure>'
    '<aside data-article="3"></aside><p class="link-card"><a href="https://example.org/v">Video</a>'
    "</p><table><tbody><tr><th><p>h</p></th><td><p>d</p></td></tr></tbody></table>"
    '<p dir="rtl" lang="he">\u05e9\u05dc\u05d5\u05dd</p>'
)
PASTE = """(element, html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'plain');
    element.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
EDITOR = ".ProseMirror[contenteditable=true]"
LISTEN = """window.refused = [];
document.addEventListener('securitypolicyviolation', (e) => {
    window.refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`);
});"""


@pytest.fixture
def form(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> Iterator[Page]:
    """A new article's form; afterwards no policy may have been broken and no script have failed."""
    context = open_browser()
    context.add_init_script(LISTEN)
    page = log_in(context, "editor")
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda said: failures.append(said.text) if said.type == "error" else None)
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.wait_for_selector(".editor-bar")
    yield page
    assert page.evaluate("window.refused") == []
    assert failures == []


def text_of(page: Page) -> str:
    """What would be saved; the kind of a plain numbered list is an attribute the filter drops."""
    return page.locator("#id_body").input_value().replace(' data-type="decimal"', "")


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [(DOCS, FROM_DOCS), (WORD, FROM_WORD), (HOSTILE, "<p>Safe words</p>")],
    ids=["Google Docs", "Word", "hostile"],
)
def test_pasted_text_comes_out_in_the_newspapers_words(
    form: Page, pasted: str, expected: str
) -> None:
    form.locator(EDITOR).click()
    form.locator(EDITOR).evaluate(PASTE, pasted)
    assert text_of(form) == expected


def test_everything_a_text_may_hold_survives_editing(form: Page) -> None:
    form.evaluate(
        "([where, html]) => document.querySelector(where).editor.commands.setContent("
        "html, {emitUpdate: true})",
        [EDITOR, WHOLE],
    )
    assert text_of(form) == WHOLE


def test_the_text_is_written_by_keyboard_alone(form: Page) -> None:
    area = form.locator(EDITOR)
    expect(area).to_have_attribute("aria-label", "Text")
    expect(area).to_have_attribute("spellcheck", "true")
    form.locator("#id_standfirst").focus()
    form.keyboard.press("Tab")
    form.keyboard.type("Words")
    form.keyboard.press("Enter")
    form.keyboard.press("Alt+F10")
    expect(form.get_by_label("Kind of paragraph")).to_be_focused()
    form.keyboard.press("ArrowRight")
    bold = form.get_by_role("button", name="Bold")
    expect(bold).to_be_focused()
    expect(bold).to_have_attribute("aria-pressed", "false")
    form.keyboard.press("Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")
    expect(area).to_be_focused()
    form.keyboard.type("strong")
    form.keyboard.press("Control+k")
    form.get_by_role("dialog").get_by_label("Address").fill("example.org/x")
    form.get_by_label("Words that carry the link").fill("here")
    form.keyboard.press("Enter")
    expect(area).to_be_focused()
    # The focus comes back before the link does.
    expect(form.locator("#id_body")).to_have_value(re.compile(r'href="https://example\.org/x"'))
    assert text_of(form).startswith("<p>Words</p><p><strong>strong")


def test_an_address_that_acts_makes_no_link_and_no_card(form: Page) -> None:
    form.locator(EDITOR).click()
    form.get_by_role("button", name="Link card").click()
    form.get_by_role("dialog").get_by_label("Address").fill("javascript:alert(1)")
    form.get_by_role("dialog").get_by_label("Title").fill("Click")
    form.keyboard.press("Enter")
    expect(form.get_by_role("dialog")).to_have_count(0)
    assert "javascript" not in text_of(form)


def test_picture_related_article_card_and_table_are_put_in(form: Page) -> None:
    form.locator(EDITOR).click()
    form.keyboard.type("Before")
    with form.expect_popup() as opened:
        form.get_by_role("button", name="Picture", exact=True).click()
    opened.value.locator("#result_list tbody th a").first.click()
    expect(form.locator(".piece-picture img")).to_be_visible()
    form.locator(".piece-picture figcaption").click()
    form.keyboard.type("Own caption")
    form.keyboard.press("Enter")
    form.keyboard.type("After")
    with form.expect_popup() as opened:
        form.get_by_role("button", name="Related", exact=True).click()
    opened.value.locator("#result_list tbody th a").first.click()
    expect(form.locator(".piece-related strong")).not_to_have_text("…")
    form.get_by_role("button", name="Link card").click()
    form.get_by_role("dialog").get_by_label("Address").fill("example.org/video")
    form.get_by_role("dialog").get_by_label("Title").fill("The vote")
    form.keyboard.press("Enter")
    form.get_by_role("button", name="Table").click()
    form.get_by_role("button", name="Add row").click()
    text = text_of(form)
    assert "<figcaption>Own caption</figcaption></figure><p>After</p><aside data-article=" in text
    assert '<p class="link-card"><a href="https://example.org/video">The vote</a></p>' in text
    assert text.count("<tr>") == 4


def test_a_picture_uploaded_from_the_form_is_the_lead_picture(form: Page, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(
        write_jpeg(
            draw("harbour", 11, width=900, height=600),
            caption="A quay at dawn.",
            photographer="Ida Lindqvist",
            agency="Quayside Pictures",
            alt_text="An empty quay.",
            created=datetime(2026, 1, 2, tzinfo=UTC),
        )
    )
    with form.expect_popup() as opened:
        form.get_by_role("button", name="Upload a new one").click()
    opened.value.set_input_files("input[type=file]", str(photo))
    opened.value.locator("input[name=_save]").click()
    expect(form.locator(".lead-shown")).to_contain_text("A quay at dawn.")
    assert form.locator("#id_lead_picture").input_value().isdigit()


def test_tags_are_chosen_by_keyboard(form: Page) -> None:
    box = form.get_by_role("combobox", name="Tags")
    box.click()
    form.keyboard.type("wate")
    form.locator(".tag-options [role=option]").first.wait_for()
    form.keyboard.press("ArrowDown")
    first = form.locator(".tag-options [aria-selected=true] bdi").inner_text()
    form.keyboard.press("Enter")
    form.keyboard.type("Brand new, Second new,")
    chips = form.locator(".tag-chips li span")
    assert chips.all_inner_texts() == [first, "Brand new", "Second new"]
    form.keyboard.press("Backspace")
    form.keyboard.type("Left unfinished")
    form.locator("#id_kicker").focus()
    assert form.locator("input[name=tags]").input_value() == f"{first}, Brand new, Left unfinished"


def test_leaving_with_unsaved_words_asks_first(form: Page, site: Site) -> None:
    asked: list[str] = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("#id_headline").fill("Half a thought")
    expect(form.locator(".unsaved")).to_have_text("Unsaved changes.")
    form.goto(f"{site.url}/admin/")
    assert asked == ["beforeunload"]


def test_words_sent_after_the_session_ended_are_offered_again(
    site: Site, open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page], newcomer: str,
) -> None:  # fmt: skip
    form = log_in(open_browser(), newcomer)
    form.goto(f"{site.url}/admin/articles/article/add/")
    form.locator(EDITOR).wait_for()
    form.locator("#id_headline").fill("Written for an hour")
    form.locator(EDITOR).click()
    form.keyboard.type("And not to be lost.")
    form.context.clear_cookies(name="sessionid")
    form.get_by_role("button", name="Save", exact=True).click()
    form.fill("input[name=login]", newcomer)
    form.fill("input[name=password]", "newsroom-demo")
    form.press("input[name=password]", "Enter")
    form.get_by_role("button", name="Put it back").click()
    expect(form.locator("#id_headline")).to_have_value("Written for an hour")
    assert text_of(form) == "<p>And not to be lost.</p>"
    form.get_by_role("button", name="Save", exact=True).click()
    form.wait_for_url("**/change/")
    form.goto(f"{site.url}/admin/articles/article/add/")
    expect(form.get_by_role("button", name="Put it back")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), judged(WIDE))
def test_lists_and_forms_of_articles_and_pictures_have_no_accessibility_violation(
    site: Site, open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page], width: int, scheme: str,
) -> None:  # fmt: skip
    page = log_in(open_browser(width=width, scheme=scheme), "chief")
    found = {}
    page.goto(f"{site.url}/admin/articles/article/")
    change = page.locator("#result_list tbody th a").first.get_attribute("href")
    page.goto(f"{site.url}/admin/media/picture/")
    picture = page.locator("#result_list tbody th a").first.get_attribute("href")
    for address in (
        "/admin/articles/article/", "/admin/articles/article/add/", change,
        "/admin/media/picture/add/", picture,
    ):  # fmt: skip
        page.goto(f"{site.url}{address}", wait_until="networkidle")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        violations = Axe().run(page).response["violations"]
        if violations or over > 0:
            found[address] = (over, [(v["id"], v["nodes"][0]["target"]) for v in violations])
    assert found == {}
