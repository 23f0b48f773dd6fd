"""Pages that are made anew behind their readers' backs, by several processes at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.models import PublishedArticle, Section
from newsroom.cache.front import Front
from newsroom.cache.pages import Page
from newsroom.cache.stores.files import Files
from tests.articles.conftest import author, live, section, write
from tests.cache.browser import Browser
from tests.management.sites import eventually

__all__ = ["author", "live", "section", "write"]


@pytest.mark.django_db
def test_while_another_process_makes_a_page_this_one_makes_others_and_comes_back(
    live: Callable[..., PublishedArticle], section: Section, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    browser, made = Browser(), list[str]()
    live("Tram line opens")
    browser.get("/city/")
    browser.get("/")
    files = Files(tmp_path / "files", "this release")
    front = Front(browser.front.site, files)

    def make(page: Page) -> None:
        made.append(page.key[1])

    monkeypatch.setattr(front, "_made_anew", make)
    busy, other = browser.page("/city/"), browser.page("/")
    with files.alone(busy.key) as is_ours:
        assert is_ours
        front.refresh(busy)
        front.refresh(other)
        eventually(lambda: made == ["/"], why=f"made: {made}")
        front.refresh(busy)  # by the next reader
    eventually(lambda: made == ["/", "/city/"], why=f"made: {made}")
    front._background.shutdown()
    assert made == ["/", "/city/"]


@pytest.mark.django_db
def test_what_another_process_has_made_is_taken_over_and_not_made_again(
    live: Callable[..., PublishedArticle], section: Section, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    browser, made = Browser(), list[str]()
    browser.get("/city/")
    old = browser.page("/city/")
    files = Files(tmp_path / "files", "this release")
    front = Front(browser.front.site, files)
    monkeypatch.setattr(front, "_made_anew", lambda page: made.append(page.key[1]))
    newer = Page({**old.stored, "made": old.made + 1}, list(old.bodies.values()))
    files.put(newer)
    front.refresh(old)
    eventually(lambda: old.key in front.memory.pages)
    front._background.shutdown()
    assert (front.memory.pages[old.key].made, made) == (newer.made, [])
