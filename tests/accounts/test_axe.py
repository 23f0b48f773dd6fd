"""No accessibility violation, no breach of the policy on the pages all of the staff meet."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from newsroom.accounts.models import User
from tests.accounts.doors import PASSWORD
from tests.conftest import PHONE, browser_path, judged
from tests.e2e.conftest import FLAGS

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(browser_path() is None, reason="no Chromium was found"),
]


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # The browser's driver runs a loop in this thread; the database is still used by it alone.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


# What the browser refused or could not run, asked for before axe starts: axe writes styles itself.
LISTEN = """window.breaches = [];
for (const kind of ["securitypolicyviolation", "error"])
  addEventListener(kind, (event) => breaches.push(
    event.violatedDirective || event.message || event.target.outerHTML), true);"""


def judge(page: Page) -> None:
    """Nothing refused, nothing axe objects to, nothing that scrolls sideways."""
    assert page.evaluate("window.breaches") == [], page.url
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in found] == [], page.url
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide), f"{page.url} scrolls sideways"


@pytest.mark.parametrize(("width", "light"), judged(PHONE))
def test_the_door_the_desk_and_the_people_pages_are_for_everybody(
    width: int, light: str, live_server: LiveServer, chief: User, editor: User, chromium: Browser
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=light,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.add_init_script(LISTEN)

    page.goto(f"{live_server.url}/admin/")
    judge(page)
    page.get_by_label("E-mail").fill(chief.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    judge(page)

    page.goto(f"{live_server.url}/admin/accounts/user/")
    judge(page)
    page.get_by_role("link", name=editor.name).click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/change/")
    judge(page)
    page.get_by_label("Name").fill("Edith Elsewhere")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/accounts/user/")
    judge(page)
    assert User.objects.filter(name="Edith Elsewhere").exists()
    page.wait_for_load_state("networkidle")  # no request is under way when the tables are emptied
    context.close()
