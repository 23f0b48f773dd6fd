"""Static files over several releases: pages of one are read while another is there."""

import os
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from newsroom.lib.staticfiles import KEPT, StaticFiles, collect


@pytest.fixture
def sources(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one script, which `release` changes."""
    folder = tmp_path / "sources"
    folder.mkdir()
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "newsroom.lib.staticfiles.HashedStorage"},
    }
    finders.get_finder.cache_clear()
    return folder


def release(sources: Path, text: str, *, at: float | None = None) -> str:
    """The name under which pages of it name its script."""
    (sources / "menu.js").write_text(text)
    os.utime(sources / "menu.js", (0, 0))  # an older date than what was collected says nothing
    collect(at=at)
    fresh = storages.create_storage(storages.backends["staticfiles"])
    return f"/static/{fresh.stored_name('menu.js')}"


def get(server: StaticFiles, path: str) -> tuple[int, bytes]:
    request = HttpRequest()
    request.method, request.path_info = "GET", path
    answer = server(request)
    body = b"".join(answer) if answer.streaming else answer.content
    for close in answer._resource_closers:  # not all that the end of a request closes
        close()
    return answer.status_code, body


def server() -> StaticFiles:
    """As a web process has it that starts now."""
    return StaticFiles(lambda request: HttpResponse(status=404))


def test_a_page_of_either_release_finds_its_files_on_either_machine(sources: Path) -> None:
    first = release(sources, "first()")
    old = server()
    second = release(sources, "second()")
    new = server()
    assert first != second
    for machine in (old, new):
        assert get(machine, first) == (200, b"first()")
        assert get(machine, second) == (200, b"second()")
        assert get(machine, "/static/menu.0123456789ab.js")[0] == 404
        assert get(machine, "/static/../sources/menu.js")[0] == 404
        assert get(machine, "/static/..%2Fmenu.0123456789ab.js")[0] == 404


def test_files_of_a_release_go_two_weeks_after_it_and_not_after_they_were_made(
    sources: Path,
) -> None:
    now = time.time()
    first = release(sources, "first()", at=now)
    later = now + 10 * KEPT
    second = release(sources, "second()", at=later)
    assert get(server(), first)[0] == 200
    third = release(sources, "third()", at=later + KEPT + 1)
    assert get(server(), first)[0] == 404
    assert {get(server(), second)[0], get(server(), third)[0]} == {200}


def test_what_pages_name_is_compressed_and_nothing_else(sources: Path, tmp_path: Path) -> None:
    (sources / "menu.js.map").write_text("{}" * 1000)
    named = release(sources, "open();" * 1000).removeprefix("/static/")
    made = {path.name for path in (tmp_path / "static").iterdir()}
    assert {name for name in made if name.endswith((".br", ".gz"))} == {
        f"{named}.br", f"{named}.gz",
    }  # fmt: skip
    assert {"menu.js", "menu.js.map"} < made
