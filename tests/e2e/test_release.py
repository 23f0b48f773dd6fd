"""Publishing changes of a live story: as an update, as a correction, and what readers see of it."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, a_moment_later


def save(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_changes_are_published_as_an_update_and_as_a_correction_and_readers_see_both(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    page = log_in(open_browser(), "chief")
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.locator("#id_headline").fill("Harbour ferry carries 1,200 people")
    page.locator("#id_section").select_option(index=1)
    text = page.locator(".ProseMirror")
    text.fill("The harbour ferry carried 1,200 people on its first day.")
    # What the checks say stands beside the field once it is saved.
    save(page, "Save")
    expect(page.locator("#id_bylines_findings")).to_contain_text("There is no byline")
    save(page, "Save and publish")
    address = page.locator(".messagelist a", has_text="Harbour ferry").get_attribute("href")
    form = page.url

    # An update: more words, no figure changed.
    text.fill(
        "The harbour ferry carried 1,200 people on its first day. It will go every hour from now "
        "on, and twice an hour on market days, as the crew had long asked the town council to do."
    )
    save(page, "Publish changes…")
    expect(page.locator(".proposal")).to_contain_text("Update")
    expect(page.locator(".differences ins").first).to_be_visible()
    page.get_by_label("What readers are told").fill("The ferry will go every hour.")
    save(page, "Publish now")

    # A correction: a figure was wrong, and is proposed as one.
    page.goto(form)
    page.locator("#id_headline").fill("Harbour ferry carries 1,400 people")
    text.fill("The harbour ferry carried 1,400 people on its first day.")
    save(page, "Publish changes…")
    expect(page.locator(".proposal")).to_contain_text("Correction")
    expect(page.get_by_role("radio", name=re.compile("^Correction"))).to_be_checked()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".errorlist")).to_contain_text("Say what was wrong")
    page.get_by_label("What readers are told").fill("It was 1,400 people, not 1,200.")
    save(page, "Publish now")

    reader = open_browser().new_page()
    a_moment_later(reader).goto(f"{site.url}{address}")
    expect(reader.locator("h1")).to_have_text("Harbour ferry carries 1,400 people")
    expect(reader.locator(".byline__updated")).to_be_visible()
    expect(reader.locator("#corrections")).to_contain_text("It was 1,400 people, not 1,200.")
    reader.get_by_role("link", name="What changed in this article").click()
    expect(reader.locator("main")).to_contain_text("The ferry will go every hour.")
    reader.goto(f"{site.url}/corrections/")
    reader.get_by_role("link", name="Harbour ferry carries 1,400 people").click()
    expect(reader).to_have_url(re.compile(r"#correction-\d+$"))
    feed = reader.request.get(f"{site.url}/corrections/feed/").text()
    assert "It was 1,400 people, not 1,200." in feed
