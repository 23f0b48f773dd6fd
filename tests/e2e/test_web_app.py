"""The paper on a device: put there, read without a connection, taken back, cleared."""

import subprocess
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import MANAGE, Site, _environment
from tests.e2e.test_worker import eventually, kept

FIRST, SECOND = "world/oster-gate-reopens", "science/squall-forecast"
HEBREW = "city/dyers-workshop"


@pytest.fixture
def device(open_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A phone that lets the paper's worker in."""
    return open_browser(width=390, service_workers="allow")


def read(page: Page, site: Site, *paths: str) -> None:
    """Opens each until the device has it."""
    for path in paths:
        page.goto(site.url + path)
        eventually(page, lambda path=path: path in kept(page))
        assert path in kept(page)


def picture(page: Page, path: str) -> None:
    """Until the device has the first picture of the open article, too."""
    while "/master." in (page.locator(".figure--lead img").get_attribute("src") or ""):
        page.wait_for_timeout(1000)  # the crops of a fresh demo are still made
        page.reload()
    eventually(page, lambda: f"{path}?picture" in kept(page))


def desk(site: Site, *words: str) -> None:
    """One of the desk's verbs, from the command line."""
    command = [*MANAGE, "article", *words]
    subprocess.run(command, env=_environment(site.data, site.url), check=True, capture_output=True)


def test_a_device_may_install_the_paper(site: Site, device: BrowserContext) -> None:
    page = device.new_page()
    page.goto(site.url)
    page.evaluate("navigator.serviceWorker.ready.then(({ active }) => active.state)")
    devtools = device.new_cdp_session(page)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    # A test's browser is a private one, in which nothing can be installed; that is all it minds.
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}


def test_articles_that_were_read_are_there_without_a_connection_and_others_are_not(
    site: Site, device: BrowserContext
) -> None:
    page = device.new_page()
    first = site.story(FIRST)
    read(page, site, site.story(HEBREW), first)
    picture(page, first)
    device.new_cdp_session(page).send("Network.clearBrowserCache")
    device.set_offline(True)
    page.goto(site.url + first)
    headline = page.locator("h1").inner_text()
    assert "There may be corrections since." in page.locator(".kept-note").inner_text()
    # Its type, its fonts and its first picture are there too.
    assert "Newsroom Serif" in page.evaluate(
        "getComputedStyle(document.querySelector('h1')).fontFamily"
    )
    assert page.evaluate("document.fonts.check('16px \"Newsroom Serif\"')")
    assert page.evaluate("document.querySelector('.figure--lead img').naturalWidth") > 100
    page.goto(f"{site.url}/world/")
    page.locator("[data-lost]").wait_for()
    links = page.locator(".kept-list__headline a")
    eventually(page, lambda: links.count() == 2)  # the list is read from the device
    assert links.count() == 2
    assert links.last.get_attribute("lang") == "he"
    page.get_by_role("link", name=headline).click()
    page.wait_for_url(site.url + first)
    assert page.locator(".article h1").inner_text() == headline


def test_what_the_paper_takes_back_leaves_the_device_at_the_next_visit_with_a_connection(
    site: Site, device: BrowserContext
) -> None:
    page = device.new_page()
    first, second = site.story(FIRST), site.story(SECOND)
    read(page, site, first, second)
    number = second.rstrip("/").rpartition("-")[2]
    desk(site, "withdraw", number, "--reason", "It was wrong.")
    try:
        page.goto(f"{site.url}/offline/")  # the list asks after each of its stories
        eventually(page, lambda: page.locator(".kept-list__story").count() == 1)
        assert page.locator(".kept-list__story").count() == 1
        assert kept(page) >= {first}
        assert second not in kept(page)
        assert not page.locator("[data-lost]").is_visible()
        device.set_offline(True)
        page.goto(site.url + second)
        page.locator("[data-lost]").wait_for()
    finally:
        desk(site, "restore", number)


def test_a_reader_sees_and_removes_what_is_kept(site: Site, device: BrowserContext) -> None:
    page = device.new_page()
    read(page, site, site.story(FIRST))
    page.goto(f"{site.url}/offline/")
    page.get_by_role("button", name="Remove them all from this device").click()
    page.get_by_text("No story is kept here yet.").wait_for()
    assert kept(page) == set()


def test_no_page_of_the_desk_is_ever_kept(
    site: Site, device: BrowserContext, log_in: Callable[[BrowserContext, str], Page]
) -> None:
    page = device.new_page()
    first = site.story(FIRST)
    read(page, site, first)
    page = log_in(device, "chief")
    for address in ("/admin/articles/article/", "/admin/articles/article/1/change/", first):
        page.goto(site.url + address)
    stored = page.evaluate(
        """(async () => {
          const names = await caches.keys();
          const caught = names.map(async (name) => (await caches.open(name)).keys());
          return (await Promise.all(caught)).flat().map(({ url }) => new URL(url).pathname);
        })()"""
    )
    assert first in stored
    assert [path for path in stored if path.startswith(("/admin", "/accounts"))] == []
