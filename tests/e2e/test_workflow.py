"""A story's way over the desk: submitted, sent back, approved, live with changes; bin and undo."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site

Open = Callable[..., BrowserContext]
LogIn = Callable[[BrowserContext, str], Page]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def panel(page: Page, site: Site, title: str) -> str:
    page.goto(f"{site.url}/admin/")
    box = page.locator(".desk-panel").filter(has=page.get_by_role("heading", name=title))
    return box.inner_text()


def test_a_story_is_submitted_sent_back_approved_and_reviewed_again_while_it_is_live(
    site: Site, open_browser: Open, log_in: LogIn
) -> None:
    reporter, editor = log_in(open_browser(), "reporter"), log_in(open_browser(), "editor")
    reporter.goto(f"{site.url}/admin/articles/article/add/")
    reporter.fill("#id_headline", "Ferry timetable doubles on Sundays")
    reporter.select_option("#id_section", label="City")
    reporter.locator(".ProseMirror").fill("The ferry will cross every half hour.")
    press(reporter, "Submit")
    expect(reporter.locator(".messagelist")).to_contain_text("The editors find it on the desk")
    address = reporter.url

    assert "Ferry timetable" in panel(editor, site, "Waits for an editor")
    editor.get_by_role("link", name="Ferry timetable doubles on Sundays").first.click()
    press(editor, "Send back…")
    editor.fill("#id_note", "From which Sunday on?")
    press(editor, "Send back")

    assert "From which Sunday on?" in panel(reporter, site, "My work")
    reporter.goto(address)
    expect(reporter.locator(".stage-line")).to_contain_text("From which Sunday on?")
    reporter.locator(".ProseMirror").fill("From 6 December the ferry will cross every half hour.")
    press(reporter, "Submit")

    editor.goto(address)
    editor.locator(".more-actions summary").click()
    editor.get_by_role("link", name="Approve…").click()
    press(editor, "Approve")
    expect(editor.locator(".stage-line")).to_contain_text("Approved")
    press(editor, "Save and publish")
    expect(editor.locator(".article-state")).to_contain_text("Live since")

    reporter.goto(address)
    reporter.locator(".ProseMirror").fill("From 6 December the ferry crosses every hour.")
    press(reporter, "Submit")
    expect(reporter.locator(".article-state")).to_contain_text("with unpublished changes")
    expect(reporter.locator(".stage-line")).to_contain_text("In edit")
    reporter.get_by_role("link", name="View on site").click()
    expect(reporter.locator("body")).to_contain_text("every half hour")


def test_what_is_put_into_the_bin_together_comes_back_with_one_undo(
    site: Site, open_browser: Open, log_in: LogIn
) -> None:
    page = log_in(open_browser(), "editor")
    for number in (1, 2):
        page.goto(f"{site.url}/admin/articles/article/add/")
        page.fill("#id_headline", f"Zwieback recipe {number}")
        press(page, "Save")
    found = f"{site.url}/admin/articles/article/?q=Zwieback"
    page.goto(found)
    page.locator("#action-toggle").check()
    page.select_option("select[name=action]", "bin_selected")
    press(page, "Go")
    expect(page.locator(".messagelist")).to_contain_text("Done for 2 articles")
    undo = page.get_by_role("link", name="Undo…").get_attribute("href")
    page.goto(found)
    expect(page.locator("#result_list")).to_have_count(0)
    page.goto(f"{site.url}/admin/articles/article/?status=bin")
    expect(page.locator("#result_list")).to_contain_text("Zwieback recipe 1")
    page.goto(f"{site.url}{undo}")
    press(page, "Undo")
    page.goto(found)
    expect(page.locator("#result_list")).to_contain_text("Zwieback recipe 2")
