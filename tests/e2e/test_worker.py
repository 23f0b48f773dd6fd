"""The paper's worker by itself: what it keeps on a device, what it forgets, what it never looks at.

A few pages from a server of the test's own stand for the paper; the worker is the real one.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, Page

STORY = '<meta property="og:type" content="article"><main id="main"><h1>{}</h1></main>'
PAPER = {
    "version": "1", "offline": "/offline/", "shell": [], "locale": "en-GB",
    "kept": "Kept copy from %(time)s. There may be corrections since.",
}  # fmt: skip
KEPT = "(async () => (await (await caches.open('kept')).keys()).map(({ url }) => url))()"


@dataclass
class Little:
    """Answers by path: status, headers, text; every path not named is a story of that name."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, dict[str, str], str]:
        self.asked.append(path)
        return self.answers.get(path, (200, {}, STORY.format(path)))


@pytest.fixture
def little() -> Iterator[Little]:
    """A server whose front page lets the worker in."""
    paper = Little()
    script = {"Content-Type": "text/javascript", "Cache-Control": "no-cache"}
    worker = render_to_string("webapp/worker.js", {"paper": json.dumps(PAPER)})
    paper.answers |= {
        "/": (200, {}, "<p>Front</p>"),
        "/offline/": (200, {}, "<h1>Kept here</h1>"),
        "/service-worker.js": (200, script, worker),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, text = paper.answer(self.path.partition("?")[0])
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            body = text.encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  (the library's name)

        def log_message(self, *args: object) -> None:
            """Nothing: the test says what was wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    paper.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield paper
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(little: Little, open_browser: Callable[..., BrowserContext]) -> Page:
    """A browser that the worker looks after."""
    found = open_browser(service_workers="allow").new_page()
    found.goto(f"{little.url}/")
    found.evaluate(
        "(async () => { const claimed = new Promise((done) => "
        "navigator.serviceWorker.addEventListener('controllerchange', done)); "
        "await navigator.serviceWorker.register('/service-worker.js'); await claimed })()"
    )
    return found


def kept(page: Page) -> set[str]:
    """Paths of what is on the device."""
    found = page.evaluate(KEPT)
    return {url.removeprefix(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}") for url in found}


def until(page: Page, expected: set[str]) -> None:
    """The worker writes after it has answered."""
    eventually(page, lambda: kept(page) == expected)
    assert kept(page) == expected


def eventually(page: Page, true: Callable[[], object]) -> None:
    """Waits up to ten seconds, and leaves it to the caller to say what is wrong then."""
    for _try in range(100):
        if true():
            return
        page.wait_for_timeout(100)


def test_an_article_is_kept_and_read_again_without_a_connection_with_the_time_of_the_copy(
    little: Little, page: Page
) -> None:
    page.goto(f"{little.url}/city/tram-1/")
    until(page, {"/city/tram-1/"})
    page.context.set_offline(True)
    page.goto(f"{little.url}/city/tram-1/?from=mail")
    assert page.locator("h1").inner_text() == "/city/tram-1/"
    assert "There may be corrections since." in page.locator(".kept-note").inner_text()
    assert page.locator(".kept-note time").get_attribute("datetime")
    page.goto(f"{little.url}/city/never-opened-2/")
    assert page.locator("h1").inner_text() == "Kept here"
    page.context.set_offline(False)
    little.answers["/city/tram-1/"] = (200, {}, STORY.format("Corrected"))
    page.goto(f"{little.url}/city/tram-1/")
    # With a connection the paper's own words, never the copy's.
    assert page.locator("h1").inner_text() == "Corrected"
    assert page.locator(".kept-note").count() == 0


@pytest.mark.parametrize(
    "answer",
    [
        (404, {}, "gone"), (410, {}, "gone"), (451, {}, "gone"),
        (301, {"Location": "/city/elsewhere-1/", "Cache-Control": "no-store"}, ""),
        (200, {"Cache-Control": "private"}, STORY.format("For members")),
        (200, {"Cache-Control": "no-store"}, STORY.format("For one")),
    ],
    ids=["404", "410", "451", "moved", "private", "no-store"],
)  # fmt: skip
def test_a_story_that_is_no_longer_for_everyone_at_its_address_leaves_the_device(
    little: Little, page: Page, answer: tuple[int, dict[str, str], str]
) -> None:
    page.goto(f"{little.url}/city/tram-1/")
    page.evaluate(
        "caches.open('kept').then((kept) => kept.put('/city/tram-1/?picture', new Response('')))"
    )
    until(page, {"/city/tram-1/", "/city/tram-1/?picture"})
    little.answers["/city/tram-1/"] = answer
    page.goto(f"{little.url}/city/tram-1/")
    until(page, {"/city/elsewhere-1/"} if answer[0] == 301 else set())


def test_the_last_twenty_are_kept_and_no_page_of_half_a_megabyte(
    little: Little, page: Page
) -> None:
    little.answers["/city/long-99/"] = (200, {}, STORY.format("x" * 600_000))
    page.goto(f"{little.url}/city/long-99/")
    for number in range(1, 23):
        page.goto(f"{little.url}/city/tram-{number}/")
    until(page, {f"/city/tram-{number}/" for number in range(3, 23)})


def test_nothing_but_articles_is_kept_and_what_is_apart_is_not_even_looked_at(
    little: Little, page: Page
) -> None:
    little.answers["/topic/covid-19/"] = (
        200,
        {},
        "<h1>A topic whose name ends like an article</h1>",
    )
    apart = (
        "/admin/articles/article-1/", "/accounts/login-1/", "/preview/token-1/",
        "/newsletter/confirm-1/", "/contact/x-1/", "/report/x-1/", "/search/x-1/",
    )  # fmt: skip
    for path in (*apart, "/topic/covid-19/", "/city/", "/offline/"):
        page.goto(little.url + path)
    page.evaluate("fetch('/city/tram-5/', { method: 'POST' })")
    assert kept(page) == set()
    page.context.set_offline(True)
    for path in apart:
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(little.url + path)


def test_a_fault_of_the_paper_is_shown_and_the_copy_stays(little: Little, page: Page) -> None:
    page.goto(f"{little.url}/city/tram-1/")
    until(page, {"/city/tram-1/"})
    little.answers["/city/tram-1/"] = (503, {}, "<h1>Back in a moment</h1>")
    page.goto(f"{little.url}/city/tram-1/")
    assert page.locator("h1").inner_text() == "Back in a moment"
    until(page, {"/city/tram-1/"})


def test_switched_off_the_worker_goes_with_all_it_kept(little: Little, page: Page) -> None:
    page.goto(f"{little.url}/city/tram-1/")
    until(page, {"/city/tram-1/"})
    farewell = render_to_string("webapp/farewell.js")
    little.answers["/service-worker.js"] = (200, {"Content-Type": "text/javascript"}, farewell)
    page.goto(f"{little.url}/city/tram-1/")  # a browser asks for the worker after each page
    page.evaluate("navigator.serviceWorker.getRegistration().then((own) => own?.update())")
    left = (
        "(async () => [await caches.keys(), "
        "await navigator.serviceWorker.getRegistrations()].map(({ length }) => length))()"
    )
    eventually(page, lambda: page.evaluate(left) == [0, 0])
    assert page.evaluate(left) == [0, 0]
