"""Before its minute: shown to whom a link was given, and to nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, a_moment_later

OPEN = Callable[..., BrowserContext]
ENTER = Callable[[BrowserContext, str], Page]


def write(desk: Page, site: Site, headline: str) -> str:
    """A saved draft; the address of its form."""
    desk.goto(f"{site.url}/admin/articles/article/add/")
    desk.fill("#id_headline", headline)
    desk.fill("#id_standfirst", "Told to one person beforehand.")
    text = desk.locator(".ProseMirror[contenteditable=true]").first
    text.click()
    desk.keyboard.type("Nobody reads this before its minute.")
    desk.select_option("#id_section", label="City")
    desk.click("input[name=_continue], button[name=_continue]")
    desk.wait_for_url("**/change/")
    return desk.url


def test_a_preview_is_looked_at_side_by_side_given_to_a_stranger_and_revoked(
    site: Site, open_browser: OPEN, log_in: ENTER
) -> None:
    headline = "Ferry preview for one pair of eyes"
    desk = log_in(open_browser(), "chief")
    form = write(desk, site, headline)
    desk.goto(form.replace("/change/", "/preview/"))
    for tab, seen in (("Cards", "h2"), ("When shared", ".share-card__title"), ("Page", "h1")):
        desk.locator(".preview-sights").get_by_role("link", name=tab).click()
        for title, width in (("As on a phone", 390), ("As on a desktop", 1280)):
            frame = desk.frame_locator(f'iframe[title="{title}"]')
            expect(frame.locator(seen).filter(has_text=headline).first).to_be_visible()
            assert frame.locator("html").evaluate("e => e.clientWidth") == width
    phone, desktop = (
        desk.locator(f".preview-{name} .preview-window").bounding_box()
        for name in ("phone", "desktop")
    )
    assert phone is not None
    assert desktop is not None
    assert phone["x"] + phone["width"] <= desktop["x"], "one below the other"

    desk.fill("#note", "The harbour master")
    desk.get_by_role("button", name="Make a link").click()
    link = desk.locator(".preview-address input").first.input_value()
    stranger = open_browser(width=390).new_page()
    answer = stranger.goto(link)
    assert answer is not None
    assert (answer.status, answer.headers["cache-control"]) == (200, "private, no-store")
    expect(stranger.locator("h1")).to_have_text(headline)
    expect(stranger.locator(".preview-banner")).to_contain_text("Preview of version 1")
    wide = stranger.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390

    desk.get_by_role("button", name="Revoke").click()
    expect(desk.locator(".preview-list .is-over")).to_contain_text("Revoked")
    gone = stranger.goto(link)
    wrong = open_browser().new_page().goto(f"{site.url}/preview/forged/")
    assert gone is not None
    assert wrong is not None
    assert (gone.status, gone.text()) == (404, wrong.text())


def test_a_scheduled_article_is_seen_by_no_stranger_before_its_minute(
    site: Site, open_browser: OPEN, log_in: ENTER
) -> None:
    headline = "Embargoed pilots report"
    desk = log_in(open_browser(), "chief")
    form = write(desk, site, headline)
    number = form.split("/")[-3]
    desk.get_by_role("button", name="Schedule").click()
    desk.wait_for_url("**/release/**")
    when = datetime.now(UTC) + timedelta(days=2)  # in the future whatever the paper's zone
    desk.locator("input[type=datetime-local]").first.fill(f"{when:%Y-%m-%dT%H:%M}")
    desk.locator("main, #content").get_by_role("button", name="Schedule").first.click()
    desk.goto(form)
    expect(desk.locator(".article-state")).to_contain_text("Goes live")

    stranger = open_browser().new_page()
    for place in ("/", "/city/", "/feed/", "/city/feed/", "/corrections/"):
        assert headline not in stranger.request.get(f"{site.url}{place}").text(), place
    for place in (
        f"/city/embargoed-pilots-report-{number}/",
        f"/city/embargoed-pilots-report-{number}/versions/",
        f"/report/{number}/",
        f"/preview/{number}/",
    ):
        answer = stranger.goto(f"{site.url}{place}")
        assert answer is not None
        assert answer.status == 404, place
        assert headline not in answer.text(), place

    # The same look finds it once it is published.
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.locator(".article-state")).to_contain_text("Live since")
    feed = a_moment_later(stranger).request.get(f"{site.url}/city/feed/")
    assert headline in feed.text()
