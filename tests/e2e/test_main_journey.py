"""The main job, done for real: write, publish, be read, be subscribed to."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from newsroom.media.demo import draw, write_jpeg
from tests.e2e.conftest import Site, a_moment_later

HEADLINE = "Night ferry returns to Quay Four"
# As the clipboards hand them over: Google Docs wraps all in a <b> that is not bold, Word writes
# lists as paragraphs and puts its own elements everywhere.
FROM_DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-5e0f">'
    '<p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;">The night '
    'ferry is </span><span style="font-size:11pt;font-weight:700;">back</span><span '
    'style="font-weight:400;"> after nine years, and </span><span style="font-style:italic;">nobody'
    "</span><span> had told the gulls.</span></p></b>"
)
FROM_WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--StartFragment-->"
    "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
    "style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>One "
    "crossing a night<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 "
    "lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp; "
    "</span></span><![endif]>Bicycles travel free</p><!--EndFragment--></body></html>"
)
PASTE = """(element, html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'plain');
    element.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def photograph(path: Path) -> Path:
    """A JPEG as an agency sends it: the words are inside."""
    path.write_bytes(
        write_jpeg(
            draw("harbour", 7, width=1500, height=1000),
            caption="The night ferry at Quay Four before its first crossing.",
            photographer="Ida Lindqvist",
            agency="Quayside Pictures",
            alt_text="A lit ferry at a quay at night.",
            created=datetime(2026, 1, 2, tzinfo=UTC),
            gps=(35.1, 33.4),
        )
    )
    return path


def choose(page: Page, box: str, typed: str) -> None:
    """Pick from one of the admin's search boxes, by keyboard as an editor would."""
    page.locator(box).locator(".select2-selection").click()
    page.locator(".select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=typed).first.click()


def write(page: Page, site: Site, picture: Path) -> None:
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.fill("#id_headline", HEADLINE)
    page.fill(
        "#id_standfirst", "Nine years after the last crossing, a ship leaves at eleven again."
    )
    text = page.locator(".ProseMirror[contenteditable=true]").first
    text.click()
    text.evaluate(PASTE, FROM_DOCS)
    page.keyboard.press("Enter")
    text.evaluate(PASTE, FROM_WORD)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Upload a new one").click()
    popup = opened.value
    popup.set_input_files("input[type=file]", str(picture))
    with popup.expect_event("close"):
        popup.locator("input[name=_save], button[name=_save]").first.click()
    choose(page, ".field-lead_picture", "night ferry")
    choose(page, ".field-author", "Miriam")
    page.select_option("#id_section", label="City")
    tags = page.locator(".field-tags input:visible").first
    tags.click()
    for name in ("Harbour", "Night ferry"):
        page.keyboard.type(name)
        page.keyboard.press(",")
    page.get_by_role("button", name="Save and publish").click()


def test_an_article_is_written_published_read_and_brings_a_subscriber(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
    tmp_path: Path,
) -> None:
    desk = log_in(open_browser(), "chief")
    write(desk, site, photograph(tmp_path / "DSC_0041.jpg"))
    link = desk.locator(".messagelist a", has_text=HEADLINE)
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert address is not None

    reader = open_browser(width=390).new_page()
    a_moment_later(reader).goto(f"{site.url}{address}")
    expect(reader.locator("h1")).to_have_text(HEADLINE)
    prose = reader.locator(".prose")
    assert prose.locator("strong").all_inner_texts() == ["back"]
    assert prose.locator("em").all_inner_texts() == ["nobody"]
    assert [t.strip() for t in prose.locator("ul li").all_inner_texts()] == [
        "One crossing a night", "Bicycles travel free",
    ]  # fmt: skip
    # The photograph's own words came in with it.
    figure = reader.locator("article figure").first
    expect(figure).to_contain_text("before its first crossing")
    expect(figure).to_contain_text("Ida Lindqvist")
    expect(figure.locator("img")).to_have_attribute("alt", "A lit ferry at a quay at night.")
    for listed in ("/", "/city/", "/topic/night-ferry/", "/author/miriam-odunsi-kray/"):
        reader.goto(f"{site.url}{listed}")
        expect(reader.locator("main").get_by_text(HEADLINE).first).to_be_attached()
    assert HEADLINE in reader.request.get(f"{site.url}/feed/").text()

    subscribe(reader, site, f"{site.url}{address}")


def subscribe(reader: Page, site: Site, article: str) -> None:
    """Sign up below the article, confirm from the mail, leave again by the mail's own link."""
    mail = "ines.reader@example.com"
    reader.goto(article)
    box = reader.locator("form[action*='/newsletter/']").first
    box.locator("input[type=email]").fill(mail)
    box.get_by_role("button").click()
    expect(reader).to_have_url(re.compile(r"/newsletter/check-mail/$"))
    links = re.findall(r"http://\S+", site.wait_for_mail(mail))
    confirm = next(link for link in links if "/confirm/" in link)
    reader.goto(confirm)
    reader.get_by_role("main").get_by_role("button").click()
    welcome = site.wait_for_mail(mail, count=2)
    leave = next(link for link in re.findall(r"http://\S+", welcome) if "/unsubscribe/" in link)
    reader.goto(leave)
    reader.get_by_role("main").get_by_role("button").click()
    expect(reader.get_by_role("main")).to_contain_text("You have left the newsletter")


def test_what_was_typed_survives_an_article_that_cannot_go_live(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    desk = log_in(open_browser(), "editor")
    desk.goto(f"{site.url}/admin/articles/article/add/")
    desk.fill("#id_headline", "A story without a home")
    desk.locator(".ProseMirror[contenteditable=true]").first.click()
    desk.keyboard.type("Every word of this must still be here.")
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.locator(".field-section .errorlist")).to_contain_text("section")
    expect(desk.locator("#id_headline")).to_have_value("A story without a home")
    expect(desk.locator(".ProseMirror[contenteditable=true]").first).to_contain_text(
        "Every word of this must still be here."
    )
