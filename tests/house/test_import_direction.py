"""Who may import whom: newsletter -> articles -> newsroom; no parent imports its nested apps."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# From the bottom up. A room may import rooms below its own floor, never its own floor or above.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("newsroom.lib",),
    ("newsroom.outgoing",),
    ("newsroom.cache",),
    ("newsroom.addresses",),
    ("newsroom.media", "newsroom.accounts"),
    ("newsroom.pages",),
    ("newsroom.webapp",),
    ("articles",),
    (
        "articles.exchange",
        "articles.reports",
        "articles.fronts",
        "articles.popularity",
        "articles.breaking",
        "articles.live",
        "articles.lite",
    ),
    ("newsletter",),
)
# Wiring: may name everyone, imported by no one.
WIRING = (
    "newsroom.settings", "newsroom.urls", "newsroom.admin", "newsroom.admin_site", "newsroom.apps",
    "newsroom.checks", "newsroom.management", "newsroom.wsgi", "newsroom",
)  # fmt: skip
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
LABELS = {room.rpartition(".")[2]: room for room in FLOOR_OF if room != "newsroom.lib"}


def room_of(module: str) -> str | None:
    """The room a module stands in: the longest name that fits; None for libraries."""
    rooms = [*FLOOR_OF, *WIRING]
    fitting = [room for room in rooms if module == room or module.startswith(f"{room}.")]
    return max(fitting, key=len) if fitting else None


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("newsroom", "articles", "newsletter"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, path


def imports(name: str, path: Path, code: str) -> Iterator[tuple[int, str]]:
    """Every module imported, model named by string and migration depended on, with its line."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, base] if base else up)
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = re.fullmatch(r"([a-z]+)\.[A-Z][A-Za-z]+", node.value)
            if match and match[1] in LABELS:
                yield node.lineno, LABELS[match[1]]
        elif isinstance(node, ast.Tuple) and "migrations" in name and len(node.elts) == 2:
            # ("articles", "0001_initial"); ("live", "Live coverage") is a choice.
            first, name_of = node.elts
            if not (isinstance(name_of, ast.Constant) and re.match(r"\d{4}_", str(name_of.value))):
                continue
            if isinstance(first, ast.Constant) and first.value in LABELS:
                yield node.lineno, LABELS[first.value]


def wrong(name: str, path: Path, code: str) -> list[str]:
    """A sentence for each import that goes up or sideways."""
    here = room_of(name)
    if here is None or here in WIRING:
        return []
    found = []
    for line, target in imports(name, path, code):
        there = room_of(target)
        if there is None or there == here:
            continue
        if there in WIRING:
            # `import newsroom.lib` names the package on its way down; that is no use of wiring.
            if there == "newsroom":
                continue
            cure = "Wiring is imported by no one: pass what you need as an argument or a setting."
        elif FLOOR_OF[there] < FLOOR_OF[here]:
            continue
        else:
            cure = (
                "Let the upper room come down: a signal, a registry or a template tag "
                "(docs/architecture.md, “An upward need”)."
            )
        found.append(f"{path.relative_to(ROOT)}:{line}: {here} imports {there}. {cure}")
    return sorted(set(found))


def test_imports_go_down_the_house_only() -> None:
    rooms = list(modules())
    assert len(rooms) > 500
    assert [s for name, path in rooms for s in wrong(name, path, path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    [
        "from articles.models import Article",
        "import newsletter.signup",
        "from .. import urls",
        "from newsroom import urls",
        "def f():\n    from articles import queries",
        'x = ForeignKey("articles.Article")',
    ],
)
def test_an_import_upward_is_found_and_named(code: str) -> None:
    path = ROOT / "newsroom" / "lib" / "text.py"
    sentences = wrong("newsroom.lib.text", path, code)
    assert sentences
    assert "newsroom/lib/text.py:" in sentences[0]


def test_no_room_is_left_out() -> None:
    strays = [name for name, _path in modules() if room_of(name) is None]
    assert strays == [], f"Give these a floor in FLOORS: {strays}"
