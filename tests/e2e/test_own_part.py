"""Somebody logged in reads the paper: their own line at the foot of the window."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import PHONE, judged
from tests.e2e.conftest import WIDTHS, Site
from tests.e2e.test_accessible_pages import WATCH_SHIFTS

Open = Callable[..., BrowserContext]
LogIn = Callable[[BrowserContext, str], Page]
STORY = "politics/assembly-passes-water-act"


def asked_of(context: BrowserContext, site: Site) -> list[str]:
    """Paths asked for from now on, names of files without their digests."""
    asked: list[str] = []
    plain = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
    context.on(
        "request", lambda r: asked.append(plain.sub("", r.url.removeprefix(site.url).split("?")[0]))
    )
    return asked


def test_a_reader_asks_for_nothing_more_and_has_no_cookie(site: Site, open_browser: Open) -> None:
    context = open_browser()
    asked = asked_of(context, site)
    page = context.new_page()
    for path in ("/", site.story(STORY), "/about-us/", "/search/"):
        page.goto(f"{site.url}{path}", wait_until="networkidle")
        assert page.locator(".personal").count() == 0
    assert "/static/js/breaking.js" in asked
    assert {"/me/", "/static/js/personal.js"}.isdisjoint(asked)
    assert context.cookies() == []


def test_an_editor_goes_from_the_page_to_its_form_and_logs_out_where_they_read(
    site: Site, open_browser: Open, log_in: LogIn
) -> None:
    context = open_browser()
    page = log_in(context, "editor")
    story = site.story(STORY)
    page.goto(f"{site.url}{story}")
    own = page.get_by_role("complementary", name="Logged in")
    expect(own.get_by_role("link", name="The desk")).to_have_attribute("href", "/admin/")
    with page.expect_navigation():
        own.get_by_role("link", name="Edit article").press("Enter")
    expect(page.locator("#id_headline")).to_have_value(re.compile("water", re.I))
    # The session's cookie is hidden from scripts; the mark is all they see.
    assert page.evaluate("document.cookie") == "logged-in=1"

    page.goto(f"{site.url}{story}")
    own.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{site.url}{story}")
    asked = asked_of(context, site)
    page.reload(wait_until="networkidle")
    expect(own).to_have_count(0)
    assert page.evaluate("document.cookie") == ""
    assert "/me/" not in asked


def test_who_may_not_change_the_page_is_offered_no_form(
    site: Site, open_browser: Open, log_in: LogIn
) -> None:
    page = log_in(open_browser(), "service")
    page.goto(f"{site.url}{site.story(STORY)}")
    own = page.get_by_role("complementary", name="Logged in")
    expect(own.get_by_role("link")).to_have_text(["The desk"])


def test_a_page_that_comes_back_after_the_log_out_shows_nobody(
    site: Site, open_browser: Open, log_in: LogIn
) -> None:
    context = open_browser()
    page = log_in(context, "editor")
    page.goto(f"{site.url}/")
    page.locator(".personal").wait_for()
    back = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    with page.expect_response("**/me/*"):
        page.evaluate(back)
    expect(page.locator(".personal")).to_have_count(1)
    context.clear_cookies()
    page.evaluate(back)
    expect(page.locator(".personal")).to_have_count(0)


@pytest.mark.parametrize("width", [320, *WIDTHS.values()])
def test_the_line_moves_nothing_and_hides_nothing(
    site: Site, open_browser: Open, log_in: LogIn, width: int
) -> None:
    context = open_browser(width=width)
    page = log_in(context, "chief")
    context.add_init_script(WATCH_SHIFTS)
    for path in ("/", "/politics/", site.story(STORY), "/newsletter/check-mail/"):
        page.goto(f"{site.url}{path}", wait_until="domcontentloaded")
        page.locator(".personal").wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("window.shift") <= 0.0005, path
        page.evaluate("window.scrollTo({top: 1e6, behavior: 'instant'})")
        last, top = page.evaluate("""() => {
            const lines = [...document.querySelectorAll('.foot__end p, .foot__end a')];
            return [Math.max(...lines.map(line => line.getBoundingClientRect().bottom)),
                    document.querySelector('.personal').getBoundingClientRect().top];
        }""")
        assert last <= top, path
        line = page.locator(".personal__line")
        assert line.evaluate("line => line.scrollHeight <= line.clientHeight"), path
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) <= 0, path


@pytest.mark.parametrize(("width", "scheme"), judged(PHONE))
def test_axe_finds_no_violation_with_the_line(
    site: Site, open_browser: Open, log_in: LogIn, width: int, scheme: str
) -> None:
    page = log_in(open_browser(width=width, scheme=scheme), "chief")
    for path in ("/", site.story(STORY)):
        page.goto(f"{site.url}{path}")
        page.locator(".personal").wait_for()
        found = Axe().run(page)
        assert [(v["id"], v["nodes"][0]["target"]) for v in found.response["violations"]] == []


def test_it_is_not_printed_and_without_a_script_it_is_not_there(
    site: Site, open_browser: Open, log_in: LogIn
) -> None:
    context = open_browser()
    page = log_in(context, "editor")
    page.goto(f"{site.url}/")
    page.locator(".personal").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".personal")).to_be_hidden()
    plain = open_browser(
        java_script_enabled=False, storage_state=context.storage_state()
    ).new_page()
    plain.goto(f"{site.url}/")
    expect(plain.locator("h1")).to_be_visible()
    expect(plain.locator(".personal")).to_have_count(0)
