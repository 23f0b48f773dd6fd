"""Pages that are made anew behind their readers' backs, by several processes at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from articles.models import Section
from newsroom.cache.log import Log
from newsroom.cache.memory import Memory
from newsroom.cache.pages import Key, Page
from newsroom.cache.refreshing import Refresher
from newsroom.cache.stores.files import Files
from tests.cache.browser import Browser
from tests.management.sites import eventually


@dataclass
class Process:
    """A web process that knows no page yet; in `made` are the addresses it would make anew."""

    files: Files
    log: Log
    memory: Memory = field(default_factory=lambda: Memory(1_000_000))
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        def make(key: Key, than: float) -> None:
            if key[1] in self.broken:
                raise RuntimeError
            self.made.append(key[1])

        self.broken: set[str] = set()
        self.refresher = Refresher(self.memory, self.files, self.log, make)


@pytest.fixture
def browser(db: None, section: Section) -> Browser:
    """Who has made the pages that are out of date."""
    browser = Browser()
    browser.get("/city/")
    browser.get("/")
    return browser


@pytest.fixture
def process(browser: Browser, tmp_path: Path) -> Iterator[Process]:
    process = Process(Files(tmp_path / "files", "this release"), browser.front.log)
    yield process
    process.refresher.finish()


def test_while_another_process_makes_a_page_this_one_makes_others_and_comes_back(
    browser: Browser, process: Process
) -> None:
    busy, other = browser.page("/city/"), browser.page("/")
    with process.files.alone(busy.key) as is_ours:
        assert is_ours
        process.refresher.want(busy)
        process.refresher.want(other)
        eventually(lambda: process.made == ["/"], why=f"made: {process.made}")
        process.refresher.want(busy)  # by the next reader
    eventually(lambda: len(process.made) > 1)
    process.refresher.finish()
    assert process.made == ["/", "/city/"]


def test_what_another_process_has_made_is_taken_over_and_not_made_again(
    browser: Browser, process: Process
) -> None:
    old = browser.page("/city/")
    newer = Page({**old.stored, "made": old.made + 1}, list(old.bodies.values()))
    process.files.put(newer)
    process.refresher.want(old)
    eventually(lambda: old.key in process.memory.pages)
    process.refresher.finish()
    assert (process.memory.pages[old.key].made, process.made) == (newer.made, [])


def test_a_page_that_cannot_be_made_keeps_no_other_from_being_made(
    browser: Browser, process: Process, caplog: pytest.LogCaptureFixture
) -> None:
    process.broken = {"/city/"}
    for path in ("/city/", "/"):
        process.refresher.want(browser.page(path))
    eventually(lambda: process.made == ["/"])
    assert "/city/ could not be made anew" in caplog.text
    process.broken = set()
    process.refresher.want(browser.page("/city/"))
    eventually(lambda: process.made == ["/", "/city/"])
