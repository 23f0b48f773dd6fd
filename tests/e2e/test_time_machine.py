"""Looking back at a front while it changes, and putting an old one back for readers."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, a_moment_later


def test_a_front_that_was_changed_is_looked_back_at_compared_and_put_back(
    site: Site,
    open_browser: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, str], Page],
) -> None:
    one, two = log_in(open_browser(), "editor"), log_in(open_browser(width=390), "chief")
    reader = open_browser().new_page()
    reader.goto(f"{site.url}/culture/")
    lead = reader.locator(".card__headline").first
    before, other = lead.inner_text(), reader.locator(".card__headline").nth(2).inner_text()

    # One editor puts another story at the top.
    one.goto(f"{site.url}/admin/fronts/front/")
    one.get_by_role("link", name="Culture", exact=True).click()
    front = one.url.removesuffix("change/")
    one.get_by_role("button", name="Move… Seconds 2").click()
    one.locator("[id='put-lead.1']").click()
    expect(one.locator("[id='slot-lead.1']")).to_contain_text(other)
    one.get_by_role("button", name="Publish now").click()
    expect(one.locator("[data-swap=state]")).to_contain_text("Live since")
    a_moment_later(reader).reload()
    expect(lead).to_have_text(other)

    # The other looks at it on a phone: since when, what changed, what stood there before.
    two.goto(f"{front}past/")
    expect(two.locator(".past-stood")).to_contain_text("it stands now")
    two.get_by_role("link", name="What changed here").click()
    top = two.locator(".slot").first
    for words in ("Lead", before, "moved to Seconds 1", other, "moved from Seconds 2"):
        expect(top).to_contain_text(words)
    two.goto(f"{front}past/")
    two.get_by_role("link", name="Earlier", exact=True).click()
    phone = two.frame_locator(".preview-phone iframe")
    expect(phone.locator(".card__headline").first).to_have_text(before)
    assert two.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # And puts it back: readers see it, and the first editor finds who did it.
    two.get_by_role("link", name="Restore…").click()
    two.get_by_role("link", name="Only what was placed by hand").click()
    expect(two.locator(".slot").first).to_contain_text(before)
    two.get_by_role("button", name="Publish it now").click()
    expect(two.locator(".messagelist")).to_contain_text("Readers see it now")
    a_moment_later(reader).reload()
    expect(lead).to_have_text(before)
    one.goto(f"{front}past/changes/?show=arrangements")
    expect(one.locator(".versions tbody tr").first).to_contain_text("Back to")
    expect(one.locator(".versions tbody tr").first).to_contain_text("Zofia")

    # Undone likewise.
    two.get_by_role("link", name="Undo…").click()
    two.get_by_role("button", name="Publish it now").click()
    a_moment_later(reader).reload()
    expect(lead).to_have_text(other)
