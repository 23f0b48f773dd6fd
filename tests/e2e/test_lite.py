"""The lite edition on a telephone: what it loads, and when a picture comes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.e2e.conftest import Site

ARTICLE, HEBREW = "world/oster-gate-reopens", "city/dyers-workshop"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_picture_loads_when_it_is_asked_for_and_not_before(
    site: Site, open_browser: Callable[..., BrowserContext], script: bool
) -> None:
    page = open_browser(width=390, java_script_enabled=script).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site.url)))
    page.goto(f"{site.url}/lite{site.story(ARTICLE)}", wait_until="networkidle")
    assert len(asked) == 2  # the page and its style sheet
    assert asked[1].startswith("/static/css/lite.")
    asked.clear()
    page.locator("a.picture").first.click()
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if url.startswith("/media/")]) == 1
    assert page.locator("figure img").is_visible()
    assert page.url.endswith("?picture=1#picture-1")


def test_it_fits_a_narrow_screen_with_letters_twice_the_size_in_either_direction(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser(width=320).new_page()
    stories = (site.story(ARTICLE), site.story(HEBREW))
    for address in ("/", "/politics/", "/opinion/", *stories):
        page.goto(f"{site.url}/lite{address}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_the_keyboard_reaches_the_sections_at_the_foot(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser(width=390).new_page()
    page.goto(f"{site.url}/lite{site.story(ARTICLE)}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav')?.id") == "sections"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/lite/")
