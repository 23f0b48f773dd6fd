"""Two names of one man: an editor merges them, a reader follows an old link, another writes."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, a_moment_later


def save(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def write(page: Page, site: Site, headline: str, tag: str) -> None:
    """A story with this tag, live."""
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.locator("#id_headline").fill(headline)
    page.locator("#id_section").select_option(index=1)
    page.locator(".ProseMirror").fill("They met on the quay and said nothing afterwards.")
    page.locator(".tag-box").fill(tag)
    page.locator(".tag-box").press("Enter")
    save(page, "Save and publish")
    expect(page.locator(".messagelist a", has_text=headline)).to_be_visible()


def test_twins_are_merged_in_three_clicks_and_old_links_and_new_tags_lead_to_the_one(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    desk = log_in(open_browser(), "chief")
    write(desk, site, "Putin on the quay", "Putin")
    write(desk, site, "President on the quay", "Vladimir Putin")
    write(desk, site, "Two on the quay", "Netanyahu Putin")
    reader = open_browser().new_page()
    reader.goto(f"{site.url}/topic/putin/")
    expect(reader.locator("main")).to_contain_text("Putin on the quay")

    twins = f"{site.url}/admin/articles/topic/twins/"
    desk.goto(twins)
    pair = desk.locator("tr", has_text="Vladimir Putin")
    pair.get_by_role("link", name="Merge").click()
    desk.get_by_role("radio", name="Vladimir Putin").check()
    desk.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.locator(".just-done")).to_contain_text("is part of “Vladimir Putin” now")

    # The reader's old link lands on the one topic, with both stories.
    a_moment_later(reader).goto(f"{site.url}/topic/putin/")
    expect(reader).to_have_url(f"{site.url}/topic/vladimir-putin/")
    expect(reader.locator("main")).to_contain_text("President on the quay")
    expect(reader.locator("main")).to_contain_text("Putin on the quay")

    # Another editor types the old name, and in another script: the one topic is offered.
    other = log_in(open_browser(), "editor")
    other.goto(f"{site.url}/admin/articles/article/add/")
    box = other.locator(".tag-box")
    box.press_sequentially("putin")
    options = other.locator("#id_tags_options [role=option]")
    expect(options.first).to_have_text("Vladimir Putin")
    box.press("Enter")
    expect(other.locator(".tag-chips li").first).to_contain_text("Vladimir Putin")
    box.press_sequentially("פוטין")
    expect(other.locator("#id_tags_options")).to_contain_text("Did you mean Netanyahu Putin")

    # The third name is two men: split in three clicks, undone in one.
    desk.goto(f"{twins}?q=netanyahu")
    desk.get_by_role("link", name=re.compile("^Split Netanyahu Putin")).first.click()
    expect(desk.get_by_label("Topic 1")).to_have_value("Netanyahu")
    desk.get_by_role("button", name="Split", exact=True).click()
    expect(desk.locator(".just-done")).to_contain_text("Netanyahu + Vladimir Putin")
    a_moment_later(reader).goto(f"{site.url}/topic/netanyahu-putin/")
    expect(reader).to_have_url(f"{site.url}/topic/netanyahu/")
    desk.locator(".just-done").get_by_role("button", name="Undo").click()
    expect(desk.locator(".messagelist")).to_contain_text("a topic of its own again")
    a_moment_later(reader).goto(f"{site.url}/topic/netanyahu-putin/")
    expect(reader.locator("h1")).to_have_text("Netanyahu Putin")
