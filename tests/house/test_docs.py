"""The documents are true where a program can tell: settings, links, paths, commands, targets."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PACKAGES = "newsroom|articles|newsletter"
CODE = re.compile(r"(?<!`)`([^`\n]+)`")
PATH = re.compile(rf"(?:{PACKAGES}|templates|static|tests|docs|\.ci)/[\w./*<>-]*")
DOTTED = re.compile(rf"((?:{PACKAGES})(?:\.\w+)+)(?:\(.*\))?")
NO_MODULES = {"newsroom.sqlite3"}
SCREENSHOT = 150_000  # bytes


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def code(page: Path) -> Iterator[str]:
    """What stands between backticks, and each line of a block of code."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    yield from CODE.findall(text)
    yield from commands(page)


def commands(page: Path) -> Iterator[str]:
    """Lines of blocks: indented by four or fenced."""
    fenced = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield line.strip()


def words() -> Iterator[tuple[str, str]]:
    """All of that in all documents, each with the name of its document."""
    yield from ((named(page), word) for page in PAGES for word in code(page))


def anchors(page: Path) -> set[str]:
    """The names under which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def settings_read() -> set[str]:
    """The names that settings.py asks the environment for."""
    tree = ast.parse((ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            asked = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            if isinstance(asked, ast.Name) and asked.id == "env":
                found.add(str(node.args[0].value))
    return found


def settings_documented() -> set[str]:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", table, re.M))


def test_every_setting_that_is_read_is_documented() -> None:
    assert len(settings_read()) > 15
    assert settings_read() - settings_documented() == set()


def test_every_documented_setting_is_read_somewhere() -> None:
    others = [ROOT / "Makefile", *(ROOT / "tests").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in others if path != Path(__file__))
    strays = {
        name
        for name in settings_documented() - settings_read()
        if not re.search(rf"\b{name}\b", text)
    }
    assert strays == set()


def test_no_link_between_documents_is_dead() -> None:
    dead = []
    for document in PAGES:
        for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", link):
                continue
            path, _hash, anchor = link.partition("#")
            target = (document.parent / path).resolve() if path else document
            if not target.exists() or (anchor and anchor not in anchors(target)):
                dead.append((named(document), link))
    assert dead == []


def test_files_and_names_in_documents_exist() -> None:
    strays = []
    for document, word in words():
        if PATH.fullmatch(word) and not list(ROOT.glob(re.sub(r"<[^>]*>", "*", word))):
            strays.append((document, word))
        dotted = DOTTED.fullmatch(word)
        if dotted and word not in NO_MODULES and not _resolves(dotted[1]):
            strays.append((document, word))
    assert strays == []


def _resolves(dotted: str) -> bool:
    """Whether it is a module, or a name in one."""
    module, attributes = dotted, []
    while module:
        try:
            found: object = import_module(module)
        except ImportError:
            module, _dot, last = module.rpartition(".")
            attributes.insert(0, last)
            continue
        for name in attributes:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def test_commands_and_targets_in_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
    strays = []
    for document, line in words():
        asked = re.match(r"(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)", line)
        if asked and asked[1] not in targets:
            strays.append((document, asked[0]))
        for name in re.findall(r"manage\.py ([a-z_]+)", line):
            if name not in get_commands():
                strays.append((document, f"manage.py {name}"))
    assert strays == []


def test_pages_of_the_admin_in_documents_exist() -> None:
    strays = []
    for document, word in words():
        if re.fullmatch(r"/admin/[\w/]*", word):
            try:
                found = resolve(word)
            except Resolver404:
                strays.append((document, word))
            else:
                strays += [(document, word)] if "catch_all" in str(found.func) else []
    assert strays == []


def test_screenshots_are_small_and_shown() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    pictures = list((ROOT / "docs" / "screenshots").glob("*.*"))
    assert {p.name for p in pictures if p.stat().st_size > SCREENSHOT} == set()
    assert {p.name for p in pictures if f"screenshots/{p.name}" not in text} == set()
