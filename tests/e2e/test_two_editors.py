"""Two people in two browsers, one article: they see each other, and both texts are kept."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site

EDITOR = ".ProseMirror[contenteditable=true]"


def rewrite(page: Page, number: int, words: str) -> None:
    """Go to the end of a paragraph of the text and write on."""
    paragraph = page.locator(f"{EDITOR} p").nth(number)
    paragraph.click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_two_editors_write_one_article_and_no_word_is_lost(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    edith, chiara = (log_in(open_browser(), who) for who in ("editor", "chief"))
    edith.goto(f"{site.url}/admin/articles/article/add/")
    edith.fill("#id_headline", "The bridge and its two keepers")
    edith.locator(EDITOR).click()
    for line in ("First paragraph.", "Second paragraph.", "Third paragraph."):
        edith.keyboard.type(line)
        edith.keyboard.press("Enter")
    save(edith)
    edith.wait_for_url("**/change/")
    address = edith.url
    edith.wait_for_selector(EDITOR)

    # The second to open it sees the first; both write.
    chiara.goto(address)
    expect(chiara.locator(".present")).to_contain_text("is editing this article")
    rewrite(edith, 0, " Edith was here.")
    rewrite(edith, 1, " Twelve boats.")
    edith.fill("#id_standfirst", "Written by Edith.")
    rewrite(chiara, 1, " Thirteen boats.")
    rewrite(chiara, 2, " Chiara was here.")
    save(edith)
    expect(edith.locator(".messagelist .success")).to_contain_text("Saved.")

    # What only one changed is taken; the paragraph of both is asked, and written anew.
    save(chiara)
    expect(chiara.locator(".question-of-two")).to_have_count(1)
    expect(chiara.locator(".conflict")).to_contain_text("Twelve boats.")
    expect(chiara.locator(".conflict")).to_contain_text("Thirteen boats.")
    over = chiara.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0
    assert [v["id"] for v in Axe().run(chiara).response["violations"]] == []
    chiara.get_by_label("In other words:").check()
    anew = chiara.locator(f".own {EDITOR}")
    anew.click()
    chiara.keyboard.press("ControlOrMeta+a")
    chiara.keyboard.type("Second paragraph. Twelve or thirteen boats.")
    chiara.get_by_role("button", name="Save the result").click()
    expect(chiara.locator(".messagelist .success")).to_contain_text("merged with version 2")
    expect(chiara.locator("#id_standfirst")).to_have_value("Written by Edith.")
    text = chiara.locator("#id_body").input_value()
    assert text.startswith(
        "<p>First paragraph. Edith was here.</p>"
        "<p>Second paragraph. Twelve or thirteen boats.</p>"
        "<p>Third paragraph. Chiara was here.</p>"
    )
    # Nothing is offered as unsaved to either of them.
    expect(chiara.get_by_role("button", name="Put it back")).to_have_count(0)


def test_a_conflict_is_settled_without_javascript_and_by_keyboard(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    edith = log_in(open_browser(java_script_enabled=False, width=390), "editor")
    edith.goto(f"{site.url}/admin/articles/article/add/")
    edith.fill("#id_headline", "A ferry without a script")
    save(edith)
    edith.wait_for_url("**/change/")
    other = edith.context.new_page()
    other.goto(edith.url)
    edith.fill("#id_headline", "A ferry of one window")
    other.fill("#id_headline", "A ferry of another window")
    save(edith)
    save(other)
    expect(other.locator("input[value=mine]")).to_be_visible()
    other.wait_for_load_state()  # the page is measured with its style sheet
    assert other.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    other.locator("input[value=mine]").focus()
    other.keyboard.press("ArrowRight")
    other.keyboard.press("Space")
    expect(other.locator("input[value=theirs]")).to_be_checked()
    other.keyboard.press("Enter")
    expect(other.locator("#id_headline")).to_have_value("A ferry of one window")
