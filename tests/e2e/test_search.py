"""A reader searches, filters, turns pages, opens a story and goes back; with and without script."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Site


def ask(page: Page, words: str) -> None:
    box = page.get_by_role("main").locator("input[name=q]")
    box.fill(words)
    with page.expect_navigation():
        box.press("Enter")


def follow(link: Locator) -> None:
    """To where it leads, and wait until that page is there."""
    with link.page.expect_navigation():
        link.click()


def headlines(page: Page) -> list[str]:
    return page.locator(".search__lines .line__headline").all_inner_texts()


def test_a_reader_searches_filters_turns_pages_opens_a_story_and_goes_back(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    reader = open_browser(width=390, java_script_enabled=False)
    page = reader.new_page()
    page.goto(site.url)
    follow(page.get_by_role("link", name="Search", exact=True))
    ask(page, "the")
    expect(page.locator("#count")).to_have_text(re.compile(r"^\d\d stories$"))
    first = headlines(page)
    assert len(first) == 20
    assert page.locator(".search mark").count() > 5

    follow(page.get_by_role("link", name="Newest"))
    newest = headlines(page)
    follow(page.get_by_role("link", name="Older"))
    older = headlines(page)
    assert len(older) == 20
    assert not set(older) & set(newest)
    follow(page.get_by_role("link", name="Newer"))
    assert headlines(page) == newest

    page.get_by_text("Narrow the search").click()
    page.get_by_label("Section", exact=True).select_option("Culture")
    page.get_by_label("Kind", exact=True).select_option("News")
    follow(page.get_by_role("main").get_by_role("button", name="Search"))
    narrowed = headlines(page)
    assert 0 < len(narrowed) < 20
    follow(page.get_by_role("link", name=re.compile("Kind News")))
    wider = headlines(page)
    assert set(narrowed) < set(wider)

    found = page.url
    follow(page.locator(".line__headline a").first)
    expect(page.get_by_role("heading", level=1)).to_have_text(wider[0])
    page.go_back()
    assert page.url == found
    assert headlines(page) == wider
    follow(page.get_by_role("link", name=re.compile("Section Culture")))
    assert len(headlines(page)) == 20
    assert reader.cookies() == []


def test_pages_of_a_name_are_offered_while_one_types_and_opened_by_key(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser().new_page()
    page.goto(f"{site.url}/search/")
    box = page.get_by_role("combobox", name="What are you looking for?")
    expect(box).to_be_focused()
    box.press_sequentially("harb")
    offer = page.get_by_role("option", name="Harbour Tunnel")
    expect(offer).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(offer).to_be_hidden()
    with page.expect_response(lambda answer: "q=harbo" in answer.url):
        box.press_sequentially("o")
    expect(offer).to_be_visible()
    offers = page.locator("#search-offers li").all_inner_texts()
    for _higher_up in range(offers.index(offer.inner_text())):
        box.press("ArrowDown")  # other journeys tag their stories too
    box.press("ArrowDown")
    expect(offer).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == offer.get_attribute("id")
    box.press("Enter")
    page.wait_for_url("**/topic/harbour-tunnel/")

    page.goto(f"{site.url}/search/")
    ask(page, "harbour")  # Enter without a mark searches
    page.wait_for_url("**/search/?q=harbour**")
    expect(page.locator(".search__names")).to_contain_text("Harbour Tunnel")


def test_an_editor_finds_a_draft_by_its_words(
    site: Site, open_browser: Callable[..., BrowserContext], log_in: Callable[..., Page]
) -> None:
    desk = log_in(open_browser(), "chief")
    desk.goto(f"{site.url}/admin/articles/article/")
    desk.fill("#searchbar", "auditors tunnel")
    desk.press("#searchbar", "Enter")
    expect(desk.locator("#result_list tbody tr")).not_to_have_count(0)
    expect(desk.locator("#result_list")).to_contain_text("Tunnel auditors")
