"""Every type of page: no violation of accessibility rules, valid HTML, nothing that shifts."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.conftest import LOOKS, cases
from tests.e2e.conftest import WIDTHS, Site, hold_back

PAGES = {
    "home": "/",
    "section": "/politics/",
    "article": "/politics/assembly-passes-water-act-1/",
    "live": "/city/pelican-star-returns-1/",
    "topic": "/topic/water/",
    "topic under another": "/topic/trams/",
    "series": "/series/slow-trains/",
    "dossier": "/series/the-water-supply-act/",
    "most read": "/most-read/",
    "author": "/author/miriam-odunsi-kray/",
    "opinion": "/opinion/",
    "column": "/opinion/the-committee-stage/",
    "breaking": "/breaking/",
    "ticker": "/ticker/",
    "page": "/about-us/",
    "terms": "/terms-of-use/",
    "contact": "/contact/",
    "report": "/report/1/",
    "report sent": "/report/1/sent/",
    "staff": "/staff/",
    "newsletter": "/newsletter/",
    "check mail": "/newsletter/check-mail/",
    "spent link": "/newsletter/confirm/forged/",
    "search": "/search/",
    "found": "/search/?q=tunnel&section=city",
    "404": "/nowhere-at-all/",
    "kept": "/offline/",
    "lite": "/lite/",
    "lite list": "/lite/opinion/",
    "lite article": "/lite/politics/assembly-passes-water-act-1/",
    "lite live": "/lite/city/pelican-star-returns-1/",
    "archive": "/archive/",
    "archive without that day": "/archive/?day=1999-12-31",
    # By the link that leads there from the archive's first page: the demo is of today.
    "year": "/archive/ .span a",
    "month": "/archive/ #month a",
    "day": "/archive/ .calendar a",
}


# Those that are looked at in every way.
MAIN = {"home", "section", "article", "live", "opinion", "found"}
SHIFT = 0.0005
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WATCH_SHIFTS = """window.shift = 0; new PerformanceObserver(list => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value;
}).observe({type: 'layout-shift', buffered: true});"""


def address(site: Site, name: str, context: BrowserContext) -> str:
    """Ids depend on the order of seeding; the article's link is taken from its section."""
    place, _space, link = PAGES[name].partition(" ")
    if name.endswith(("article", "live")):
        section, _slash, slug = place.strip("/").rstrip("0123456789").rpartition("/")
        place, link = f"/{section}/", f"a[href*='{slug}']"
    if not link:
        return f"{site.url}{place}"
    page = context.new_page()
    page.goto(f"{site.url}{place}")
    href = page.locator(link).first.get_attribute("href")
    page.close()
    return f"{site.url}{href}"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_is_accessible_fits_stands_still_and_asks_nobody_else(
    site: Site, open_browser: Callable[..., BrowserContext], look: tuple[int, str]
) -> None:
    """Outside a drill a page that is none of the main ones is looked at in one way."""
    width, scheme = look
    context = open_browser(width=width, scheme=scheme)
    context.add_init_script(WATCH_SHIFTS)
    complaints: list[str] = []
    context.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    context.on(
        "request",
        lambda r: None if r.url.startswith((site.url, "data:")) else complaints.append(r.url),
    )
    found = {}
    for number, name in enumerate(PAGES):
        if look in (LOOKS if name in MAIN else cases(LOOKS[number % 2], drill=LOOKS)):
            complaints.clear()
            faults = faults_of(context, address(site, name, context), complaints)
            if faults:
                found[name] = faults
    assert found == {}
    assert context.cookies() == []


def faults_of(context: BrowserContext, url: str, complaints: list[str]) -> list[object]:
    """What is wrong with a page: that it moves or is too wide, what it asks for, what axe says."""
    # A browser starved of its processor paints half a page and moves what it had: what is the
    # page's own fault comes each time.
    for time in range(3):
        page = context.new_page()
        page.goto(url, wait_until="load")
        if (moved := page.evaluate("window.shift")) <= SHIFT or time == 2:
            break
        page.close()
    # The browser notes a 404 or 410 in the console; that is what those pages are.
    faults: list[object] = [c for c in complaints if "responded with a status of 4" not in c]
    if moved > SHIFT:
        faults.append(f"moved by {moved}")
    violations = Axe().run(page).response["violations"]
    faults += [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in violations]
    for width in (page.viewport_size["width"], 320):
        page.set_viewport_size({"width": width, "height": 900})
        if (over := page.evaluate(OVER)) > 0:
            faults.append(f"{over} pixels too wide at {width}")
    page.close()
    return faults


def test_fonts_that_come_late_move_nothing(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    for width in WIDTHS.values():
        context = open_browser(width=width)
        context.add_init_script(WATCH_SHIFTS)
        for name in ("home", "article", "opinion", "check mail"):
            page = context.new_page()
            held = hold_back(page, "**/*.woff2")
            page.goto(address(site, name, context), wait_until="domcontentloaded")
            page.wait_for_timeout(400)
            assert held
            for font in held:
                font.continue_()
            page.wait_for_load_state()
            page.wait_for_timeout(300)
            assert page.evaluate("window.shift") == 0, (name, width)
            page.close()


@pytest.fixture(scope="session")
def nu_checker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Nu HTML checker's jar, from the package that ships it; kept beside the environment."""
    java, npm = shutil.which("java"), shutil.which("npm")
    if not java or not npm:
        pytest.skip("the Nu HTML checker needs Java and npm")
    kept = Path(__file__).parents[2] / ".venv" / "nu"
    jar = kept / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        kept.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(kept),
             "vnu-jar@26.9.27"],
            check=True,
        )  # fmt: skip
    return jar


def test_the_nu_html_checker_finds_no_error(
    site: Site, nu_checker: Path, open_browser: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    context = open_browser()
    for name in PAGES:
        try:
            with urllib.request.urlopen(address(site, name, context)) as response:
                html = response.read()
        except urllib.error.HTTPError as error:
            html = error.read()
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(html)
    result = subprocess.run(
        ["java", "-jar", str(nu_checker), "--format", "json", "--exit-zero-always",
         "--skip-non-html", str(tmp_path)],
        capture_output=True, check=True,
    )  # fmt: skip
    messages = json.loads(result.stderr)["messages"]
    assert [
        (Path(m["url"]).name, m["message"], m.get("extract"))
        for m in messages
        if m["type"] == "error"
    ] == []
