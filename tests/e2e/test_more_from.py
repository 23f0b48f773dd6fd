"""Stories below a story, however many there are and whichever of them have pictures."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.e2e.conftest import Site

STORY = "culture/lighthouse-keepers-review"
# Of a section in which no other journey publishes; two are left, of which one has a picture.
LEAVE_TWO = """() => {
  const cards = [...document.querySelectorAll("section:has(#more) .card")];
  const left = [true, false].map((bare) => cards.find((c) => c.matches(".card--bare") === bare));
  cards.filter((card) => !left.includes(card)).forEach((card) => card.remove());
}"""
# How far below the last words of the shorter card the row goes on, in pixels.
HOLE = """[...document.querySelectorAll("section:has(#more) .card")].map((card) =>
  card.closest(".row__cards").getBoundingClientRect().bottom
  - card.querySelector(".card__text").lastElementChild.getBoundingClientRect().bottom)"""


@pytest.mark.parametrize("width", [820, 1440])
def test_two_stories_leave_no_hole_beside_a_picture(
    site: Site, open_browser: Callable[..., BrowserContext], width: int
) -> None:
    page = open_browser(width=width).new_page()
    page.goto(f"{site.url}{site.story(STORY)}", wait_until="networkidle")
    page.evaluate(LEAVE_TWO)
    holes = page.evaluate(HOLE)
    assert len(holes) == 2
    assert max(holes) < 120, holes
