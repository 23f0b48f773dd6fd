"""A reader's browser tells that an article is read; a browser that a program steers does not."""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

from tests.e2e.conftest import Site

# What a browser of the suite would say of itself otherwise: that a program steers it.
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BY_HAND = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"


def told(page: Page) -> list[Request]:
    """The requests of this page that count, as they come."""
    found: list[Request] = []
    page.on("request", lambda each: "/count/" in each.url and found.append(each))
    return found


def last_read(desk: Page, number: str) -> str | None:
    """When the desk's numbers say that this story was counted last."""
    desk.reload()
    link = desk.locator(f'a[href="/admin/articles/article/{number}/change/"]')
    row = desk.locator("tr", has=link)
    return row.locator("time").get_attribute("datetime")


def test_an_article_in_view_is_counted_once_without_a_trace_in_the_browser(
    site: Site, open_browser: Callable[..., BrowserContext], log_in: Callable[..., Page]
) -> None:
    reading = open_browser(width=390, user_agent=FIREFOX)
    reading.add_init_script(BY_HAND)
    reader = reading.new_page()
    reader.goto(f"{site.url}/most-read/week/")
    story = reader.locator(".most-read__list a").nth(1)
    number = re.sub(r".*-(\d+)/$", r"\1", str(story.get_attribute("href")))
    desk = log_in(open_browser(), "editor")
    desk.goto(f"{site.url}/admin/popularity/exclusion/numbers/?window=week")
    before = last_read(desk, number)
    assert before

    sent = told(reader)
    with reader.expect_response("**/most-read/count/") as answered:
        story.click()
    assert (answered.value.status, answered.value.request.post_data) == (204, number)
    automatic = open_browser().new_page()
    unsent = told(automatic)
    automatic.goto(reader.url)
    assert urlsplit(automatic.url).path.endswith(f"-{number}/")
    opened = time.monotonic()
    deadline = opened + 40
    while last_read(desk, number) == before:
        assert time.monotonic() < deadline, "the reader was not counted"
        desk.wait_for_timeout(500)
    automatic.wait_for_timeout(max(0, 6 - (time.monotonic() - opened)) * 1000)
    assert (len(sent), unsent) == (1, [])
    assert reading.cookies() == []
    assert reader.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
