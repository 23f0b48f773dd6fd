"""A reader reports a selected sentence; the desk corrects it; the reader is written to."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, a_moment_later

STORY = "Ferry timetable for the autumn is out"
WRONG = "The last boat leaves at nine."


def publish_story(page: Page, site: Site) -> str:
    """An article of this journey's own; its address."""
    page.goto(f"{site.url}/admin/articles/article/add/")
    page.fill("#id_headline", STORY)
    editor = page.locator(".ProseMirror").first
    editor.click()
    page.keyboard.type(f"The ferries sail every hour. {WRONG} Bicycles travel free.")
    page.select_option("#id_section", label="City")
    page.get_by_role("button", name="Save and publish").click()
    href = page.get_by_role("link", name="View on site").first.get_attribute("href")
    assert href
    return href


def test_a_reader_reports_a_selected_passage_and_hears_of_the_correction(
    site: Site, open_browser: Callable[..., BrowserContext], log_in: Callable[..., Page]
) -> None:
    desk = log_in(open_browser(), "chief")
    address = publish_story(desk, site)

    reader = open_browser(width=390).new_page()
    reader.goto(f"{site.url}{address}")
    select(reader, WRONG)
    here = reader.get_by_role("link", name="Report an error here")
    expect(here).to_be_visible()
    here.click()
    expect(reader.get_by_label("The passage")).to_have_value(WRONG)
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_text("Please say what is wrong.")).to_be_visible()
    reader.get_by_label("What is wrong?").fill("It leaves at half past nine.")
    reader.get_by_label("Your e-mail").fill("ferry@reader.example")
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_text("Your report has arrived")).to_be_visible()
    assert reader.context.cookies() == []

    desk.goto(f"{site.url}/admin/")
    desk.get_by_role("link", name="It leaves at half past nine.").click()
    expect(desk.locator("mark")).to_have_text(WRONG)
    expect(desk.get_by_text("Readers see this passage now.")).to_be_visible()
    desk.get_by_role("link", name="Close…").click()
    correction = desk.get_by_label("A correction, for readers")
    expect(correction).to_be_hidden()
    desk.get_by_label("Corrected, and readers are told").check()
    correction.fill("The last boat leaves at half past nine, not at nine.")
    desk.get_by_role("button", name="Close the report").click()
    expect(desk.get_by_text("Closed. Readers see the correction.")).to_be_visible()

    mail = site.wait_for_mail("ferry@reader.example")
    assert "half past nine, not at nine" in mail
    link = re.search(rf"{re.escape(site.url + address)}(#correction-\d+)", mail)
    assert link, mail
    a_moment_later(reader).goto(link[0])
    expect(reader.locator(link[1])).to_contain_text("half past nine, not at nine")


def select(page: Page, words: str) -> None:
    """Select these words of the text, as a finger or a mouse would."""
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector(".prose"), 4);
          for (let node; (node = walker.nextNode()); ) {
            const start = node.data.indexOf(words);
            if (start < 0) continue;
            const range = document.createRange();
            range.setStart(node, start);
            range.setEnd(node, start + words.length);
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
          }
        }""",
        words,
    )
