"""Live coverage: posted from a phone, read in a page that stays open, and without script."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, hold_back

LONG = "\n\n".join(f"Line {n}. She has been seen from the mole, coming in." for n in range(12))
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}


def ask(reader: Page) -> None:
    """What the page does by itself every ten seconds, and whenever the network is back."""
    with reader.expect_response(re.compile(r"/since/\d+/$")):
        reader.evaluate("dispatchEvent(new Event('online'))")


def say(desk: Page, text: str, headline: str = "") -> None:
    desk.get_by_label("Text", exact=True).fill(text)
    desk.get_by_label("Headline, if it needs one").fill(headline)
    desk.get_by_role("button", name="Post", exact=True).tap()
    done(desk, "Posted.")


def done(desk: Page, words: str) -> None:
    expect(desk.locator(".messagelist")).to_contain_text(words)


def stands(reader: Page, words: str) -> float:
    """How far below the top of the window the words are."""
    box = reader.get_by_text(words).first.bounding_box()
    assert box
    return box["y"]


def begin(desk: Page, site: Site) -> str:
    """An article of the kind, published; the desk is open then. Gives the article's address."""
    desk.goto(f"{site.url}/admin/articles/article/add/")
    desk.locator("#id_headline").fill("The ferry comes home tonight")
    desk.locator("#id_section").select_option(index=1)
    desk.locator("#id_kind").select_option("live")
    desk.locator(".ProseMirror").fill("The ferry that the storm turned back is expected.")
    desk.get_by_role("button", name="Save and publish").click()
    desk.wait_for_load_state()
    address = desk.locator(".messagelist a", has_text="The ferry").get_attribute("href")
    assert address
    desk.get_by_text("More", exact=True).click()
    desk.get_by_role("link", name="Live desk").click()
    return f"{site.url}{address}"


def test_an_open_page_gets_what_a_phone_posts_edits_and_deletes_and_its_text_never_jumps(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
    newcomer: str,
) -> None:
    desk = log_in(open_browser(**PHONE), newcomer)
    address = begin(desk, site)
    reader = open_browser().new_page()
    reader.goto(address)
    expect(reader.get_by_text("No posts yet.")).to_be_visible()
    reader.evaluate("window.stayed = true")

    # The page asks by itself.
    say(desk, "She is in sight.", "Lights")
    expect(reader.locator(".post")).to_contain_text("She is in sight.", timeout=20_000)
    say(desk, LONG, "From the mole")
    ask(reader)
    reader.locator(".live__new a").click()
    expect(reader.locator(".post").first).to_be_focused()

    # A new post waits; the line that is being read stays where it is.
    reader.get_by_text("Line 9.").scroll_into_view_if_needed()
    before = stands(reader, "Line 9.")
    say(desk, LONG.replace("Line", "Row"), "Alongside")
    ask(reader)
    waiting = reader.get_by_role("link", name="New posts: 1")
    expect(waiting).to_be_in_viewport()
    expect(reader.locator(".live [role=status]")).to_have_text("New posts: 1")
    assert abs(stands(reader, "Line 9.") - before) < 1.5
    waiting.click()
    expect(reader.locator(".post").first).to_contain_text("Alongside")
    expect(reader.locator(".post").first).to_be_in_viewport()

    # An edit and a deletion above the line reach the page too.
    reader.get_by_text("Line 9.").scroll_into_view_if_needed()
    before = stands(reader, "Line 9.")
    desk.locator(".live-row").first.get_by_role("link", name="Edit").click()
    desk.get_by_label("Text", exact=True).fill("She is fast.")
    desk.get_by_role("button", name="Save").tap()
    done(desk, "Saved.")
    ask(reader)
    expect(reader.locator(".post").first).to_contain_text("She is fast.")
    assert abs(stands(reader, "Line 9.") - before) < 1.5
    desk.locator(".live-row").first.get_by_role("button", name="Delete").tap()
    done(desk, "Deleted.")
    ask(reader)
    expect(reader.locator(".post")).to_have_count(2)
    assert abs(stands(reader, "Line 9.") - before) < 1.5
    desk.locator(".live-row").first.get_by_role("button", name="Bring back").tap()
    done(desk, "back in its place")
    ask(reader)
    expect(reader.get_by_role("link", name="New posts: 1")).to_be_visible()

    # Closed: the page says so and stops asking; nothing can be posted.
    desk.get_by_text("Close the coverage…").click()
    desk.get_by_role("button", name="Close it now").tap()
    expect(desk.get_by_label("Text", exact=True)).to_have_count(0)
    ask(reader)
    expect(reader.locator(".live__state")).to_contain_text("Ended")
    assert reader.evaluate("window.stayed")


def test_live_coverage_is_posted_and_read_without_script(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
    newcomer: str,
) -> None:
    desk = log_in(open_browser(**PHONE), newcomer)
    address = begin(desk, site)
    desk_address = desk.url
    # What was typed and not posted is still there after the window was closed, also when the hand
    # was faster than the script.
    held = hold_back(desk, "**/admin/live*.js")
    desk.goto(desk_address, wait_until="commit")
    desk.get_by_label("Text", exact=True).fill("She is in sight.")
    for request in held:
        request.continue_()
    desk.unroute("**/admin/live*.js")
    desk.wait_for_load_state()
    desk.wait_for_timeout(800)
    desk.goto(desk_address)
    expect(desk.locator(".live-kept")).to_be_visible()
    expect(desk.get_by_label("Text", exact=True)).to_have_value("She is in sight.")
    desk.get_by_role("button", name="Post", exact=True).tap()
    expect(desk.locator(".messagelist")).to_contain_text("Posted.")
    expect(desk.get_by_label("Text", exact=True)).to_have_value("")

    plain = open_browser(java_script_enabled=False, storage_state=desk.context.storage_state())
    reader = plain.new_page()
    reader.goto(address)
    expect(reader.locator(".post")).to_have_count(1)
    writer = plain.new_page()
    writer.goto(desk_address)
    expect(writer.locator(".live-kept")).to_have_count(0)
    writer.get_by_label("Text", exact=True).fill("She is fast.")
    writer.get_by_role("button", name="Post", exact=True).click()
    reader.get_by_role("link", name="Load new posts").click()
    expect(reader.locator(".post").first).to_contain_text("She is fast.")
    reader.get_by_role("link", name="Oldest first").click()
    expect(reader.locator(".post").first).to_contain_text("She is in sight.")
    link = reader.locator(".post__time").last.get_attribute("href")
    reader.goto(f"{site.url}{link}")
    expect(reader).to_have_url(re.compile(r"#post-\d+$"))
    expect(reader.locator(":target")).to_contain_text("She is fast.")
