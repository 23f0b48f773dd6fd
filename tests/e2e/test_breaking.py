"""Breaking news: one click of an editor, and the pages readers have open show it, and end it."""

import re
import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from newsroom.cache.log import SETTLED
from tests.e2e.conftest import Site

# The words of a page move when something is put above them: where the headline stands says so.
PLACE = "() => document.querySelector('h1').getBoundingClientRect().top"


def open_page(context: BrowserContext, address: str) -> Page:
    """A reader's page whose clock the journey moves on."""
    page = context.new_page()
    page.clock.install()
    page.goto(address)
    return page


def ask(page: Page) -> None:
    """Half a minute passes; the open page asks for what is new. One that had not yet taken in the
    last answer, on a slow machine, asks half a minute later."""
    for again in (True, True, False):
        try:
            with page.expect_response(re.compile("/breaking/now/"), timeout=5000):
                page.clock.run_for(31_000)
        except TimeoutError:
            if not again:
                raise
        else:
            return


def test_an_editor_breaks_news_in_one_click_and_open_pages_show_announce_and_end_it(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    desk = log_in(open_browser(), "chief")
    desk.goto(f"{site.url}/admin/articles/article/add/")
    desk.locator("#id_headline").fill("Harbour crane lifts the swing bridge")
    desk.locator("#id_section").select_option(index=1)
    desk.locator(".ProseMirror").fill("The crane of the naval yard has lifted the bridge.")
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("Published")

    top = open_page(open_browser(390), f"{site.url}/about-us/")
    below = open_page(open_browser(reduced_motion="reduce"), f"{site.url}/about-us/")
    below.evaluate("scrollTo(0, 600)")
    below.locator("main a").last.focus()
    before = [page.evaluate(PLACE) for page in (top, below)]

    desk.get_by_role("button", name="Breaking", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Breaking news on every page")
    time.sleep(SETTLED)  # what is asked for is stored, and may be a second old

    ask(top)
    banner = top.locator(".banner")
    expect(banner).to_contain_text("Harbour crane lifts the swing bridge")
    expect(banner).to_be_in_viewport()
    expect(top.get_by_role("status")).to_contain_text("Harbour crane lifts the swing bridge")
    ask(below)
    expect(below.locator(".banner")).to_be_in_viewport()
    # Nothing moved, and nobody's focus either. A window scrolls by whole dots of the screen.
    moved = [page.evaluate(PLACE) for page in (top, below)]
    assert moved == pytest.approx(before, abs=0.5)
    assert below.evaluate("document.activeElement.closest('main') !== null")
    # Nothing new: nothing is said twice, and the answer has no body.
    with top.expect_response(re.compile("/breaking/now/")) as answer:
        top.clock.run_for(31_000)
    assert answer.value.status == 304

    below.get_by_role("button", name="Close").click()
    expect(below.locator(".banner")).to_be_hidden()
    ask(below)
    expect(below.locator(".banner")).to_be_hidden()

    for scheme in ("light", "dark"):
        page = open_browser(scheme=scheme).new_page()
        page.goto(f"{site.url}/breaking/")
        expect(page.locator(".banner")).to_be_visible()
        assert Axe().run(page).violations_count == 0, scheme

    # A page without a connection ends it by itself when its hour is over.
    alone = open_page(open_browser(), f"{site.url}/about-us/")
    alone.route("**/breaking/now/", lambda route: route.abort())
    expect(alone.locator(".banner")).to_be_visible()
    alone.clock.fast_forward(59 * 60 * 1000)
    expect(alone.locator(".banner")).to_be_visible()
    alone.clock.fast_forward(3 * 60 * 1000)
    expect(alone.locator(".banner")).to_be_hidden()

    desk.locator(".messagelist").get_by_role("button", name="Undo").click()
    expect(desk.locator(".messagelist")).to_contain_text("Ended")
    time.sleep(SETTLED)
    ask(top)
    expect(top.locator(".banner")).to_have_count(0)
    assert top.evaluate(PLACE) == pytest.approx(before[0], abs=0.5)
    top.goto(f"{site.url}/breaking/")
    top.locator(".broke a", has_text="Harbour crane").first.click()
    expect(top.locator("h1")).to_have_text("Harbour crane lifts the swing bridge")
