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

from tests.conftest import LOOKS
from tests.e2e.conftest import WIDTHS, Site

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
    "404": "/nowhere-at-all/",
}


def address(site: Site, name: str, context: BrowserContext) -> str:
    """Ids depend on the order of seeding; the article's link is taken from its section."""
    if name not in {"article", "live"}:
        return f"{site.url}{PAGES[name]}"
    section, slug = PAGES[name].strip("/").rstrip("0123456789").split("/")
    page = context.new_page()
    page.goto(f"{site.url}/{section}/")
    href = page.locator(f"a[href*='{slug}']").first.get_attribute("href")
    page.close()
    return f"{site.url}{href}"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_no_violation_on_any_reader_page_in_light_or_dark(
    site: Site, open_browser: Callable[..., BrowserContext], width: int, scheme: str
) -> None:
    context = open_browser(width=width, scheme=scheme)
    found = {}
    for name in PAGES:
        page = context.new_page()
        page.goto(address(site, name, context))
        result = Axe().run(page)
        if result.violations_count:
            found[name] = [
                (v["id"], [n["target"] for n in v["nodes"]][:3])
                for v in result.response["violations"]
            ]
        page.close()
    assert found == {}


def test_no_page_scrolls_sideways_at_320_pixels_or_shifts_while_it_loads(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    watch = """() => { window.shift = 0; new PerformanceObserver(list => {
        for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value;
    }).observe({type: 'layout-shift', buffered: true}); }"""
    wrong = {}
    for width in (320, *WIDTHS.values()):
        context = open_browser(width=width)
        context.add_init_script(f"({watch})()")
        for name in PAGES:
            page = context.new_page()
            page.goto(address(site, name, context), wait_until="load")
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            shift = page.evaluate("window.shift")
            if over > 0 or shift > 0.0005:
                wrong[name, width] = (over, shift)
            page.close()
    assert wrong == {}


def test_no_page_breaks_its_own_policy_or_asks_anyone_else(
    site: Site, open_browser: Callable[..., BrowserContext]
) -> None:
    context = open_browser()
    complaints: list[str] = []
    context.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    context.on(
        "request",
        lambda r: None if r.url.startswith((site.url, "data:")) else complaints.append(r.url),
    )
    for name in PAGES:
        page = context.new_page()
        page.goto(address(site, name, context), wait_until="load")
        page.close()
    # The browser notes a 404 or 410 in the console; that is what those pages are.
    assert [c for c in complaints if "the server responded with a status of 4" not in c] == []
    assert context.cookies() == []


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
