"""A story goes live by itself, is taken from the readers and comes back; a window holds another."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site

HEADLINE = "Lighthouse keeper hands over the keys"


def asked(url: str) -> tuple[int, str]:
    """What a stranger gets at an address."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def within_moments(holds: Callable[[], bool]) -> None:
    """A stored list may be shown for a second more than the change it does not yet tell."""
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline, "a list still shows what was before"
        time.sleep(0.1)


def write(page: Page, site: Site, headline: str) -> int:
    """A saved draft; its number."""
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.fill("#id_headline", headline)
    page.locator(".ProseMirror[contenteditable=true]").first.click()
    page.keyboard.type("After forty years the lamp has a new keeper.")
    page.select_option("#id_section", label="City")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/article/\d+/change/"))
    return int(page.url.split("/")[-3])


def plan(page: Page, when: str) -> None:
    """On the release page: at this time of the paper's clock."""
    page.fill("#id_publish_at", when)
    page.get_by_role("button", name="Schedule", exact=True).click()


def paper_zone(page: Page) -> ZoneInfo:
    """The zone that stands beside the date field."""
    told = page.locator("form", has=page.locator("#id_publish_at")).inner_text()
    found = re.search(r"([A-Z]\w+(?:/\w+)*), now UTC[+-]\d\d:\d\d", told)
    assert found, told
    return ZoneInfo(found[1])


def test_a_story_goes_live_at_its_time_is_withdrawn_for_a_reason_and_restored(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    page = log_in(open_browser(), "chief")
    number = write(page, site, HEADLINE)
    address = f"{site.url}/city/lighthouse-keeper-hands-over-the-keys-{number}/"
    page.get_by_role("button", name="Schedule…").click()
    soon = datetime.now(paper_zone(page)) + timedelta(seconds=6)
    plan(page, "2020-01-01T06:00")
    expect(page.locator(".errorlist").first).to_contain_text("over")
    plan(page, f"{soon:%Y-%m-%dT%H:%M:%S}")
    said = page.locator(".messagelist")
    expect(said).to_contain_text("Scheduled: it goes live")
    expect(said.get_by_role("link", name="Preview")).to_be_visible()
    early, _text = asked(address)
    assert early == 404 or datetime.now(soon.tzinfo) >= soon
    deadline = time.monotonic() + 60
    while asked(address)[0] != 200:
        assert time.monotonic() < deadline, "it did not go live"
        time.sleep(0.5)
    assert datetime.now(soon.tzinfo) >= soon.replace(microsecond=0)
    within_moments(lambda: HEADLINE in asked(f"{site.url}/city/")[1])

    page.goto(f"{site.url}/admin/articles/article/{number}/change/")
    page.locator(".more-actions summary").click()
    page.get_by_role("link", name="Withdraw…").click()
    page.get_by_role("radio", name="Legal reasons").check()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".errorlist")).to_contain_text("readers will see it")
    page.fill("#id_reason", "A court has forbidden it until Monday.")
    page.get_by_role("button", name="Withdraw").click()
    expect(said).to_contain_text("Withdrawn")
    within_moments(lambda: asked(address)[0] == 451)
    text = asked(address)[1]
    assert "A court has forbidden it until Monday." in text
    assert HEADLINE not in text
    within_moments(lambda: HEADLINE not in asked(f"{site.url}/city/")[1])

    page.locator(".more-actions summary").click()
    page.get_by_role("link", name="Restore…").click()
    expect(page.locator(".told")).to_contain_text("Legal reasons")
    page.get_by_role("button", name="Restore").click()
    expect(said).to_contain_text("Live again")
    within_moments(lambda: asked(address)[0] == 200)


def test_a_quiet_window_holds_what_is_planned_into_it_and_asks_for_a_reason(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    # Far ahead: the other journeys share this site, and nothing of theirs is held.
    page = log_in(open_browser(), "chief")
    page.goto(f"{site.url}/admin/pages/quietwindow/add/")
    page.fill("#id_name", "Census silence")
    page.get_by_role("radio", name="Once, between two dates").check()
    expect(page.locator("#id_start_time")).to_be_hidden()
    page.fill("#id_starts_at", "2041-05-01T06:00")
    page.fill("#id_ends_at", "2041-05-02T18:00")
    page.get_by_role("button", name="Save", exact=True).click()
    listed = page.locator("#result_list")
    window = listed.get_by_role("link", name="Census silence", exact=True)
    expect(window).to_be_visible()

    write(page, site, "Counting begins at dawn")
    page.get_by_role("button", name="Schedule…").click()
    plan(page, "2041-05-01T12:00")
    said = page.locator(".messagelist")
    expect(said).to_contain_text("A quiet window holds it until")
    expect(said).to_contain_text("2 May 2041, 18:00")
    page.get_by_role("button", name="Schedule…").click()
    page.fill("#id_override", "The count was moved")
    plan(page, "2041-05-01T12:00")
    expect(said).to_contain_text("1 May 2041, 12:00")
    expect(said).not_to_contain_text("holds it")
    page.locator(".more-actions summary").click()
    page.locator(".more-actions").get_by_role("link", name="History", exact=True).click()
    expect(page.locator("#content")).to_contain_text("The count was moved")

    page.goto(f"{site.url}/admin/pages/quietwindow/")
    window.click()
    page.get_by_role("link", name="Delete").click()
    page.locator("#content input[type=submit]").click()
    expect(said).to_contain_text("deleted")
