"""Related stories are found by their words, put in order by the keyboard, and reach readers so."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, a_moment_later


def test_related_stories_are_picked_and_ordered_by_the_keyboard_alone(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    page = log_in(open_browser(), "chief")
    page.goto(f"{site.url}/admin/articles/article/?q=pilots+race")
    page.locator("#result_list .field-title a").first.click()
    page.locator("summary", has_text="Related stories").press("Enter")
    box = page.get_by_role("combobox", name="Related stories")

    def pick(words: str, headline: str) -> None:
        box.fill(words)
        expect(page.locator(".related-field [role=option]").first).to_contain_text(headline)
        box.press("Enter")
        expect(page.locator(".related-chosen")).to_contain_text(headline)

    pick("bridge stuck", "Swing bridge stuck open")
    pick("soup quay", "One pot, three fish")
    up = page.get_by_role("button", name="Move up: One pot, three fish")
    up.focus()
    up.press("Enter")
    # The key stays on the same story, and its new place is said.
    expect(page.get_by_role("button", name="Move up: One pot, three fish")).to_be_focused()
    expect(page.locator(".related-field [role=status]")).to_contain_text("1 / 2")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    expect(page.locator(".related-chosen li").first).to_contain_text("One pot, three fish")
    page.get_by_role("button", name="Publish changes…").click()
    page.get_by_role("button", name="Publish now").click()
    page.wait_for_load_state()
    reader = open_browser(java_script_enabled=False).new_page()
    a_moment_later(reader).goto(page.locator(".messagelist a").first.evaluate("link => link.href"))
    shown = reader.locator(".related-stories .card__headline")
    expect(shown.nth(0)).to_contain_text("One pot, three fish")
    expect(shown.nth(1)).to_contain_text("Swing bridge stuck open")
