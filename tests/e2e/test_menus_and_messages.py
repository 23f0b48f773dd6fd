"""Staff put a menu in order by keyboard and by dragging; a reader's message reaches its desk."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site


def labels(page: Page) -> list[str]:
    """What the entries lead to, in the order of the rows."""
    rows = page.locator("fieldset.ordered tr.form-row:not(.empty-form) td.original p")
    return [text.strip() for text in rows.all_inner_texts()]


def test_a_menu_is_ordered_by_keyboard_and_by_dragging(
    site: Site, open_browser: Callable[..., BrowserContext], log_in: Callable[..., Page]
) -> None:
    page = log_in(open_browser(), "chief")
    page.goto(f"{site.url}/admin/pages/menu/?place__exact=legal")
    page.get_by_role("link", name="Legal", exact=True).click()
    expect(page.get_by_role("button", name="Move down").first).to_be_visible()
    before = labels(page)
    assert len(before) >= 2
    down = page.get_by_role("button", name="Move down").first
    down.focus()
    page.keyboard.press("Enter")
    assert labels(page)[:2] == [before[1], before[0]]
    with page.expect_navigation():
        page.click("input[name=_continue]")
    assert labels(page)[:2] == [before[1], before[0]]
    links = page.context.new_page()
    links.goto(site.url)
    assert links.locator(".foot__legal a").first.get_attribute("href") == "/privacy-policy/"

    page.locator(".ordered__handle").nth(1).hover()
    page.mouse.down()
    first = page.locator("fieldset.ordered tr.form-row").first.bounding_box()
    assert first
    page.mouse.move(first["x"] + 20, first["y"] + 2, steps=8)
    page.mouse.up()
    assert labels(page) == before
    with page.expect_navigation():
        page.click("input[name=_continue]")
    assert labels(page) == before


def test_a_message_reaches_its_desk_and_the_queue(
    site: Site, open_browser: Callable[..., BrowserContext], log_in: Callable[..., Page]
) -> None:
    page = open_browser(width=390).new_page()
    page.goto(f"{site.url}/contact/?desk=editorial")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Please give your e-mail address.")).to_be_visible()
    expect(page.locator(".form__alarm")).to_be_in_viewport()  # the form stands far down
    page.get_by_label("Your e-mail").fill("ada@reader.example")
    page.get_by_label("Subject").fill("Line 4 was late")
    page.get_by_label("Message").fill("Twenty minutes, in the rain.")
    page.get_by_role("button", name="Send the message").click()
    page.wait_for_url(f"{site.url}/contact/sent/")
    assert page.context.cookies() == []
    assert "in the rain" in site.wait_for_mail("desk@halimarcourier.example")

    page = log_in(open_browser(), "service")
    page.get_by_role("link", name="Line 4 was late").click()
    expect(page.get_by_text("Twenty minutes, in the rain.")).to_be_visible()
    page.get_by_label("State").select_option("answered")
    page.click("input[name=_save]")
    page.wait_for_url(f"{site.url}/admin/pages/message/**")
