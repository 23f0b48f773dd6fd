"""Two editors in two browsers arrange one front: both placements stand, and readers see them."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Site, a_moment_later


def open_home(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/admin/fronts/front/")
    page.locator("#result_list a", has_text="Home").click()
    page.wait_for_selector("#arrange")


def slot(page: Page, key: str) -> Locator:
    return page.locator(f'[data-slot="{key}"]')


def story(page: Page, key: str) -> Locator:
    return slot(page, key).locator(".slot__story")


def free(page: Page) -> Locator:
    """Stories of the list that stand nowhere by hand."""
    return page.locator(".story:not(:has-text('by hand'))")


def headline(line: Locator) -> str:
    return line.locator(".story__headline").inner_text()


def named(page: Page, words: str) -> Locator:
    """The story of the list with this headline, wherever it stands: other journeys publish too."""
    return free(page).filter(has_text=words).first


def drag(page: Page, handle: Locator, onto: Locator) -> None:
    """As a hand does it, in steps."""
    start, end = handle.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 30, steps=6)
    page.mouse.up()


def fits(page: Page) -> bool:
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_two_editors_arrange_the_home_front_and_both_stories_stand(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    edith, chiara = (log_in(open_browser(), who) for who in ("editor", "chief"))
    open_home(site, edith)
    open_home(site, chiara)
    expect(chiara.locator("#present")).to_contain_text("is arranging this front")

    # Edith drags a story from the list into the lead.
    lead = headline(free(edith).nth(1))
    drag(edith, named(edith, lead).locator(".handle"), slot(edith, "lead.1"))
    expect(story(edith, "lead.1")).to_have_text(lead)
    expect(edith.locator("#said")).to_contain_text("in Lead")

    # Chiara, whose page knows nothing of it, places another by the keyboard; the focus comes back.
    second = headline(free(chiara).nth(2))
    chiara.locator('[id="target-seconds.3"]').press("Enter")
    assert chiara.evaluate("document.activeElement.id") == "q"
    named(chiara, second).locator("button").press("Enter")
    expect(story(chiara, "seconds.3")).to_have_text(second)
    expect(chiara.locator("#said")).to_contain_text("Merged with what")
    expect(story(chiara, "lead.1")).to_have_text(lead)
    assert chiara.evaluate("document.activeElement.id") == "target-seconds.3"
    # One slot down: the story goes, and the focus goes with it.
    chiara.locator('[id="later-seconds.3"]').press("Enter")
    expect(story(chiara, "seconds.4")).to_have_text(second)
    assert chiara.evaluate("document.activeElement.id") == "later-seconds.4"

    # Both fill the same slot: the second is asked, and nothing of either is lost.
    theirs = headline(free(edith).filter(has_not_text=second).nth(3))
    mine = headline(free(chiara).filter(has_not_text=theirs).nth(3))
    for page in (edith, chiara):
        page.locator("#to").select_option("seconds.1")
    named(edith, theirs).locator("button").press("Enter")
    expect(story(edith, "seconds.1")).to_have_text(theirs)
    named(chiara, mine).locator("button").click()
    expect(chiara.locator(".question-of-two")).to_have_count(1)
    expect(chiara.locator(".conflict")).to_contain_text(mine)
    expect(chiara.locator(".conflict")).to_contain_text(theirs)
    expect(chiara.locator("input[value=theirs]")).to_be_checked()
    assert fits(chiara)
    assert [v["id"] for v in Axe().run(chiara).response["violations"]] == []
    chiara.locator("input[value=mine]").check()
    chiara.get_by_role("button", name="Save the result").click()
    expect(story(chiara, "seconds.1")).to_have_text(mine)
    expect(story(chiara, "seconds.4")).to_have_text(second)
    expect(story(chiara, "lead.1")).to_have_text(lead)
    assert [v["id"] for v in Axe().run(chiara).response["violations"]] == []

    # Published, and before readers.
    chiara.locator("#publish").click()
    expect(chiara.locator("#said")).to_contain_text("readers see it now")
    reader = open_browser(width=390).new_page()
    a_moment_later(reader).goto(site.url)
    expect(reader.locator("h2").first).to_contain_text(lead)
    expect(reader.locator("main")).to_contain_text(mine)

    # And all of it as it was, for who comes after.
    chiara.locator("#kept summary").click()
    chiara.locator("#kept li", has_text=lead[:20]).last.get_by_role("button").click()
    expect(slot(chiara, "lead.1")).not_to_contain_text(lead)
    chiara.locator("#publish").click()
    expect(chiara.locator("#said")).to_contain_text("readers see it now")


def test_a_front_is_arranged_on_a_phone_without_javascript(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    page = log_in(open_browser(width=390, java_script_enabled=False), "editor")
    page.goto(f"{site.url}/admin/fronts/front/")
    page.locator("#result_list a", has_text="Hot Opinion").click()
    assert fits(page)
    first, second = (story(page, key).inner_text() for key in ("hot.1", "hot.2"))
    page.locator('[id="take-hot.2"]').click()
    page.locator('[id="put-hot.1"]').click()
    expect(story(page, "hot.1")).to_have_text(second)
    page.fill("#q", second[:12])
    page.press("#q", "Enter")
    expect(page.locator(".story").first).to_contain_text(second)
    expect(page.locator(".story").first).to_contain_text("by hand")
    page.locator('[id="more-hot.1"] summary').click()
    page.fill('[name="slot-hot.1-headline"]', "Words of our own")
    page.locator('[id="set-hot.1"]').click()
    expect(story(page, "hot.1")).to_have_text("Words of our own")
    page.locator("#back").click()
    expect(story(page, "hot.1")).to_have_text(first)
