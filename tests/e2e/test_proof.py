"""The publish proof: an editor corrects, and sees which of the readers' pages are refreshed."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import WIDE, judged
from tests.e2e.conftest import Site

STORY = "politics/assembly-passes-water-act"
ALL = re.compile(r"^(At least )?(\d+) pages refreshed, \2 confirmed\.\s*$")


def correct(page: Page, site: Site, words: str) -> str:
    """The address of the corrected story."""
    path = site.story(STORY)
    number = path.rstrip("/").rpartition("-")[2]
    page.goto(f"{site.url}/admin/articles/article/{number}/correct/")
    page.get_by_label("What was wrong").fill(words)
    page.locator("#content-main [type=submit]").first.click()
    page.wait_for_url("**/change/")
    return path


@pytest.mark.parametrize(("width", "scheme"), judged(WIDE))
def test_an_editor_who_corrects_sees_how_many_pages_are_refreshed_and_confirmed_and_which(
    site: Site, open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page], width: int, scheme: str,
) -> None:  # fmt: skip
    reader = open_browser().new_page()
    for path in ("/", "/politics/", site.story(STORY)):
        reader.goto(f"{site.url}{path}")
    page = log_in(open_browser(width=width, scheme=scheme), "chief")
    words = f"It was passed at {width} minutes past."
    path = correct(page, site, words)
    line = page.locator(".messagelist [role=status]")
    expect(line).to_have_text(ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # By keyboard to all that is known of it.
    page.get_by_role("link", name="See which").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Readers’ pages after your change")
    expect(page.get_by_role("link", name=path, exact=True)).to_be_visible()
    expect(page.locator(".proof__list")).to_contain_text("has answered")
    expect(page.locator(".proof [role=status]")).to_have_text(ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page, context="#content").violations_count == 0
    reader.goto(f"{site.url}{path}")
    expect(reader.locator("#corrections")).to_contain_text(words)


def test_without_a_script_a_link_leads_to_the_proof_as_it_stands(
    site: Site, open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:  # fmt: skip
    page = log_in(open_browser(java_script_enabled=False), "chief")
    correct(page, site, "It was passed without a script.")
    expect(page.locator(".messagelist")).to_contain_text("Readers’ pages that show this")
    page.get_by_role("link", name="See which").click()
    expect(page.locator(".proof [role=status]")).to_contain_text("refreshed")
