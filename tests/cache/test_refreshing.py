"""Pages that are made anew behind their readers' backs, by several processes at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from articles.models import Section
from newsroom.cache.front import Front
from newsroom.cache.pages import Page
from newsroom.cache.stores.files import Files
from tests.cache.browser import Browser
from tests.management.sites import eventually


@dataclass
class Process:
    """A web process that knows no page yet; in `made` are the addresses it would make anew."""

    front: Front
    files: Files
    made: list[str] = field(default_factory=list)


@pytest.fixture
def browser(db: None, section: Section) -> Browser:
    """Who has made the pages that are out of date."""
    browser = Browser()
    browser.get("/city/")
    browser.get("/")
    return browser


@pytest.fixture
def process(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    files = Files(tmp_path / "files", "this release")
    process = Process(Front(browser.front.site, files), files)
    monkeypatch.setattr(process.front, "_made_anew", lambda page: process.made.append(page.key[1]))
    yield process
    process.front._background.shutdown()


def test_while_another_process_makes_a_page_this_one_makes_others_and_comes_back(
    browser: Browser, process: Process
) -> None:
    busy, other = browser.page("/city/"), browser.page("/")
    with process.files.alone(busy.key) as is_ours:
        assert is_ours
        process.front.refresh(busy)
        process.front.refresh(other)
        eventually(lambda: process.made == ["/"], why=f"made: {process.made}")
        process.front.refresh(busy)  # by the next reader
    eventually(lambda: len(process.made) > 1)
    process.front._background.shutdown()
    assert process.made == ["/", "/city/"]


def test_what_another_process_has_made_is_taken_over_and_not_made_again(
    browser: Browser, process: Process
) -> None:
    old = browser.page("/city/")
    newer = Page({**old.stored, "made": old.made + 1}, list(old.bodies.values()))
    process.files.put(newer)
    process.front.refresh(old)
    eventually(lambda: old.key in process.front.memory.pages)
    process.front._background.shutdown()
    assert (process.front.memory.pages[old.key].made, process.made) == (newer.made, [])
