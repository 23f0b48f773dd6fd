"""A story is saved twice with a note, compared, put back; its history says so, as a file too."""

import csv
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site

EDITOR = ".ProseMirror[contenteditable=true]"


def more(page: Page, name: str) -> None:
    page.locator(".more-actions summary").click()
    page.locator(".more-actions").get_by_role("link", name=name, exact=True).click()


def test_versions_are_compared_and_put_back_and_the_history_tells_it(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    page = log_in(open_browser(accept_downloads=True), "editor")
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.fill("#id_headline", "Bakers count 3,500 loaves")
    page.locator(EDITOR).first.click()
    page.keyboard.type("The bakers of the old town counted 3,500 loaves on Monday.")
    page.keyboard.press("Enter")
    page.keyboard.type("Nobody had counted before.")
    page.get_by_role("button", name="Save", exact=True).click()

    page.fill("#id_headline", "Bakers count 3,600 loaves")
    page.locator(EDITOR).first.get_by_text("Nobody had").click()
    page.keyboard.press("End")
    page.keyboard.type(" The mayor was pleased.")
    page.get_by_label("Note on this version").fill("Second count, by telephone")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Note on this version")).to_have_value("")

    more(page, "Versions")
    expect(page.locator(".versions tbody tr")).to_have_count(2)
    expect(page.locator(".versions tbody tr").first).to_contain_text("Second count, by telephone")
    page.get_by_role("button", name="Compare").click()
    headline = page.locator("section", has=page.get_by_role("heading", name="Headline"))
    expect(headline.locator("del")).to_have_text("3,500 ")
    expect(headline.locator("ins")).to_have_text("3,600 ")
    text = page.locator("section", has=page.get_by_role("heading", name="Text"))
    expect(text.locator("ins")).to_contain_text("The mayor was pleased.")
    expect(text).to_contain_text("1 paragraph unchanged")

    page.get_by_role("link", name="Restore version 1").click()
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.locator(".messagelist")).to_contain_text("saved as version 3")
    expect(page.locator("#id_headline")).to_have_value("Bakers count 3,500 loaves")
    expect(page.locator(EDITOR).first).not_to_contain_text("mayor")

    more(page, "History")
    acts = page.locator(".acts tbody tr")
    expect(acts.first).to_contain_text("Restored an earlier version")
    expect(acts.first).to_contain_text("It was version 1.")
    page.get_by_label("Act", exact=True).select_option("put_back")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(acts).to_have_count(1)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download as CSV").click()
    with downloading.value.path().open(encoding="utf-8-sig", newline="") as file:
        [act] = csv.DictReader(file)
    assert (act["act"], act["version"], act["details"]) == ("put_back", "3", "It was version 1.")
