"""A form of the desk that was refused: where the editor is taken."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import WIDTHS, Site

Open = Callable[..., BrowserContext]
LogIn = Callable[[BrowserContext, str], Page]


@pytest.mark.parametrize("width", WIDTHS.values())
def test_a_refused_form_opens_at_the_field_that_is_wrong(
    site: Site, open_browser: Open, log_in: LogIn, width: int
) -> None:
    page = log_in(open_browser(width=width), "chief")
    page.goto(f"{site.url}/admin/pages/sitesettings/1/change/")
    page.fill("#id_profiles", "nowhere")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#id_profiles")).to_be_focused()
    said = page.get_by_text("“nowhere” is no address")
    expect(said).to_be_in_viewport(ratio=1)
    bar = page.locator(".submit-row").bounding_box()
    words = said.bounding_box()
    assert bar
    assert words
    assert words["y"] + words["height"] < bar["y"]
