"""What readers download before a page has its shape."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from newsroom.lib.staticfiles import HashedStorage

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS = STATIC / "css"


# Loaded by pages of their own: the staff's, and the lite edition's.
OTHERS = ("admin", "account", "lite")


def parts() -> list[Path]:
    return [
        path for path in CSS.rglob("*.css") if not path.relative_to(CSS).parts[0].startswith(OTHERS)
    ]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The style sheet as a browser gets it after collectstatic."""
    source = FileSystemStorage(STATIC)
    collected = HashedStorage(location=tmp_path_factory.mktemp("collected"), base_url="/static/")
    files = [str(p.relative_to(STATIC)) for p in [*parts(), *STATIC.glob("fonts/*.woff2")]]
    for name in files:
        with source.open(name) as file:
            collected.save(name, file)
    # Twice: the second run finds its own work and must not take it for the source.
    for _ in range(2):
        list(collected.post_process({name: (source, name) for name in files}))
    [found] = Path(collected.location, "css").glob("site.????????????.css")
    return found.read_text()


def test_the_style_sheet_is_one_request_of_at_most_25_kb(sheet: str) -> None:
    assert "@import" not in sheet
    assert len(gzip.compress(sheet.encode())) <= 25_000


def test_the_fonts_of_the_style_sheet_are_found(sheet: str) -> None:
    assert re.findall(r"fonts/(newsroom-\w+)\.[0-9a-f]{12}\.woff2", sheet) == [
        "newsroom-serif",
        "newsroom-sans",
    ]


def test_every_part_is_listed_once() -> None:
    listed = re.findall(r'@import url\("([^"]+)"\)', (CSS / "site.css").read_text())
    assert sorted(["site.css", *listed]) == sorted(str(p.relative_to(CSS)) for p in parts())


def test_two_fonts_of_at_most_120_kb_together() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 120_000


@pytest.mark.parametrize("physical", ["left", "right"])
def test_the_sheet_turns_with_the_direction_of_the_page(physical: str) -> None:
    """Logical properties only; code is the one thing always set from the left."""
    for path in parts():
        text = path.read_text().replace("text-align: left; }", "}")
        assert not re.search(
            rf"[\w-]*-{physical}\s*:|:\s*{physical}\b|^\s*{physical}:", text, re.M
        ), path
