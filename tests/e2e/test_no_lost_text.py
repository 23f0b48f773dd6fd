"""Nothing typed is lost: the session ends, the network goes, the browser is killed."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import browser_path, cases
from tests.e2e.conftest import FLAGS, Site

EDITOR = ".ProseMirror[contenteditable=true]"
ADD = "/admin/articles/article/add/"


def log_in_here(page: Page, email: str) -> None:
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "newsroom-demo")
    page.press("input[name=password]", "Enter")


def type_an_article(page: Page, headline: str) -> None:
    """Headline, text, two tags, an author and a free line: each of another making."""
    page.fill("#id_headline", headline)
    page.locator(EDITOR).first.click()
    page.keyboard.type("Not a word of this may be lost.")
    page.get_by_role("combobox", name="Tags").click()
    page.keyboard.type("Harbour, Night ferry,")
    page.locator(".field-author .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("Miriam")
    page.locator(".select2-results__option", has_text="Miriam").first.click()
    page.locator(".bylines .add-row a").click()
    page.fill("#id_bylines-1-text", "Agencies")


def expect_the_article(page: Page, headline: str) -> None:
    expect(page.locator("#id_headline")).to_have_value(headline)
    expect(page.locator(EDITOR).first).to_have_text("Not a word of this may be lost.")
    expect(page.locator(".tag-chips li span")).to_have_text(["Harbour", "Night ferry"])
    names = page.locator(".bylines .field-author .select2-selection__rendered")
    expect(names.first).to_contain_text("Miriam")
    expect(page.locator("#id_bylines-1-text")).to_have_value("Agencies")


def kept(page: Page, where: str = "") -> None:
    expect(page.locator(".kept-time")).to_contain_text(f"Kept{where}", timeout=12_000)


def test_an_ended_session_and_a_lost_network_keep_every_word(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
    newcomer: str,
) -> None:
    context = open_browser()
    desk = log_in(context, newcomer)
    desk.goto(f"{site.url}{ADD}")
    headline = "Written while everything failed"
    type_an_article(desk, headline)
    kept(desk)

    context.clear_cookies(name="sessionid")
    desk.fill("#id_kicker", "One")
    expect(desk.locator(".kept-trouble")).to_contain_text("Logged out", timeout=12_000)
    again = context.new_page()
    again.goto(f"{site.url}/admin/")
    log_in_here(again, newcomer)
    again.wait_for_url(f"{site.url}/admin/")
    again.close()
    desk.fill("#id_kicker", "Two")
    expect(desk.locator(".kept-trouble")).to_be_empty(timeout=12_000)

    context.set_offline(True)
    desk.fill("#id_kicker", "Three")
    expect(desk.locator(".kept-trouble")).to_contain_text("Offline", timeout=12_000)
    kept(desk, " in this browser")
    desk.get_by_role("button", name="Save", exact=True).click()  # the form stays where it is
    expect_the_article(desk, headline)
    context.set_offline(False)
    expect(desk.locator(".kept-trouble")).to_be_empty(timeout=12_000)

    # The same page, its old token long out of date, can be sent.
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/change/")
    expect_the_article(desk, headline)
    expect(desk.locator("#id_kicker")).to_have_value("Three")
    desk.goto(f"{site.url}{ADD}")
    expect(desk.locator(".keeping")).to_be_attached()
    expect(desk.get_by_role("button", name="Put it back")).to_have_count(0)


def _command(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_text(errors="replace").split("\0")
    except OSError:  # it has ended meanwhile
        return []


class Killable:
    """A browser of its own with a profile on the disk, which can be killed and opened again."""

    def __init__(self, chromium: Browser, profile: Path) -> None:
        self.kind, self.profile = chromium.browser_type, profile

    def open(self) -> Page:
        self.context = self.kind.launch_persistent_context(
            str(self.profile), executable_path=browser_path(), args=FLAGS
        )
        self.context.set_default_timeout(15_000)
        return self.context.pages[0]

    def kill(self) -> None:
        """`kill -9` of the browser's own process; its children die with it."""
        own = [
            int(folder.name)
            for folder in Path("/proc").glob("[0-9]*")
            if f"--user-data-dir={self.profile}" in (words := _command(folder))
            and not any(word.startswith("--type=") for word in words)
        ]
        assert own
        for pid in own:
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 15
        while any(Path(f"/proc/{pid}/exe").exists() for pid in own):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()


@pytest.mark.parametrize("network", cases("offline", drill=["online"]))
def test_a_killed_browser_loses_only_the_last_seconds(
    site: Site, chromium: Browser, tmp_path: Path, newcomer: str, network: str
) -> None:
    browser = Killable(chromium, tmp_path / "profile")
    desk = browser.open()
    desk.goto(f"{site.url}/admin/")
    log_in_here(desk, newcomer)
    desk.wait_for_url(f"{site.url}/admin/")
    desk.goto(f"{site.url}{ADD}")
    headline = f"Typed before the crash, {network}"
    type_an_article(desk, headline)
    if network == "online":
        kept(desk)
    else:
        browser.context.set_offline(True)
        desk.fill("#id_kicker", "Only in this browser")
        desk.wait_for_timeout(2000)
    browser.kill()

    desk = browser.open()
    desk.goto(f"{site.url}{ADD}")
    if "/login/" in desk.url:  # the browser forgets its session with the crash
        log_in_here(desk, newcomer)
        desk.wait_for_url(f"**{ADD}")
    box = desk.locator(".kept", has=desk.get_by_role("button", name="Put it back")).first
    expect(box).to_contain_text("was not saved. It is still here.")
    expect(box).to_contain_text("Headline")
    box.get_by_role("button", name="Put it back").click()
    expect_the_article(desk, headline)
    if network == "offline":
        expect(desk.locator("#id_kicker")).to_have_value("Only in this browser")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/change/")
    expect_the_article(desk, headline)
    browser.context.close()
