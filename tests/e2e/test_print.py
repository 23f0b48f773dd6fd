"""What a printer gets of an article and of the front page."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import Site

ARTICLE = "politics/assembly-passes-water-act"
KEPT = (
    ".masthead__name", "h1", ".article__standfirst", ".byline__names", ".byline__times time",
    ".figure--lead img", ".figure__caption", ".figure__credit", ".dateline", ".prose > p",
    ".pull-quote", "table", ".link-card", ".printed",
)  # fmt: skip
LEFT_OUT = (
    "nav", "form", "button", ".breaking", ".share", ".letter-box", ".hot-opinion", ".most-read",
    ".latest", ".related", ".related-stories", ".series", ".tags", ".report-link", ".notes__more",
    ".foot", ".reading__text ~ *", ".skip",
)  # fmt: skip


def printed(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address)
    return page


def sheets(page: Page) -> int:
    """How many sheets of A4 it takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_an_article_is_printed_with_its_words_credits_and_address_and_nothing_else(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    page = printed(open_browser(), f"{site.url}{site.story(ARTICLE)}")
    for part in KEPT:
        assert page.locator(part).first.is_visible(), part
    for part in LEFT_OUT:
        shown = page.locator(part).evaluate_all(
            "found => found.filter(e => e.checkVisibility()).length"
        )
        assert shown == 0, part
    assert f"{site.url}{site.story(ARTICLE)}" in page.locator(".printed").inner_text()
    # A text of 745 words with two pictures and a table.
    assert 2 <= sheets(page) <= 3
    colours = page.evaluate(
        "[document.documentElement, document.querySelector('.prose p')]"
        ".map((e, n) => getComputedStyle(e)[n ? 'color' : 'backgroundColor'])"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_an_opinion_keeps_its_face_and_disclaimer_and_takes_one_sheet(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    page = printed(open_browser(), site.url + site.story("opinion/guest-teach-the-meter"))
    assert page.locator(".disclaimer").is_visible()
    assert sheets(page) == 1
    page = printed(open_browser(), site.url + site.story("opinion/column-queue"))
    assert page.locator(".article__portrait img").is_visible()


def test_no_word_is_cut_off_at_the_edge_of_the_paper(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    stories = (site.story(ARTICLE), site.story("city/dyers-workshop"))
    for address in ("/", "/politics/", "/opinion/", *stories):
        # A sheet of A4 between its margins, at 96 dots an inch.
        page = printed(open_browser(width=673), site.url + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 673, address


def test_the_front_page_takes_a_few_sheets(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    page = printed(open_browser(), f"{site.url}/")
    assert page.locator(".card--lead .card__headline").is_visible()
    for part in ("nav", ".foot", ".most-read", ".breaking"):
        assert not page.locator(part).first.is_visible(), part
    assert sheets(page) <= 5
