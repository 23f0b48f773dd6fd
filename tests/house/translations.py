"""Reads what is marked for translation in the sources, and the catalogue that translates it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "newsroom" / "locale" / "he" / "LC_MESSAGES" / "django.po"
# What only staff see may stay English; all else is for readers, new files included.
STAFF_TEMPLATES = ("admin/", "account/", "allauth/", "mfa/", "emails/invitation/",
                   "emails/password_reset/", "emails/message_received/", "429.html")  # fmt: skip
STAFF_CODE = re.compile(
    r"/(admin|compare|desk|management|accounts|addresses|exchange|media|proof|publishing|migrations)/"
    r"|/(acts|admin|admin_site|desk|apps|countdown|kinds|picture_use|places|permissions|presence"
    r"|times)\.py$"
)
MARKS = {"gettext", "pgettext", "ngettext", "npgettext", "gettext_noop"}
LAZY = {f"{name}_lazy" for name in MARKS - {"gettext_noop"}}
# templatize() turns a template into marks and X's, for xgettext to read.
TEMPLATE_MARK = re.compile(
    r"(?<![a-z])(?:(?:gettext|_|ngettext)\(\s*|n?pgettext\(\s*u?(?P<context>'[^']*'|\"[^\"]*\"),\s*)"
    r"u?(?P<message>'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")",
    re.S,
)


@dataclass
class Entry:
    """One message of the catalogue."""

    context: str = ""
    message: str = ""
    plural: str = ""
    fuzzy: bool = False
    forms: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.message


def catalogue(text: str | None = None) -> list[Entry]:
    """The entries of a .po file in their order, the header without a message first."""
    text = CATALOGUE.read_text(encoding="utf-8") if text is None else text
    entries = []
    for block in re.split(r"\n{2,}", text.strip()):
        entry, part = Entry(fuzzy=bool(re.search(r"^#,.*\bfuzzy\b", block, re.M))), ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if named := re.match(r"(msg[a-z_]+)(?:\[\d\])? (.*)", line):
                part, line = named.groups()
                if part == "msgstr":
                    entry.forms.append("")
            words = ast.literal_eval(line)
            if part == "msgstr":
                entry.forms[-1] += words
            else:
                name = {"msgctxt": "context", "msgid": "message", "msgid_plural": "plural"}[part]
                setattr(entry, name, getattr(entry, name) + words)
        if part:
            entries.append(entry)
    return entries


def readers_templates() -> list[Path]:
    """Everything in templates/ that readers get, letters included; a program has no words."""
    folder = ROOT / "templates"
    return [
        path
        for path in sorted(folder.rglob("*.*"))
        if path.suffix != ".js" and not str(path.relative_to(folder)).startswith(STAFF_TEMPLATES)
    ]


def readers_code() -> list[Path]:
    found = [
        p for app in ("newsroom", "articles", "newsletter") for p in (ROOT / app).rglob("*.py")
    ]
    return [path for path in sorted(found) if not STAFF_CODE.search(path.as_posix())]


def in_template(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a template, each with its context."""
    for mark in TEMPLATE_MARK.finditer(templatize(text)):
        context = ast.literal_eval(mark["context"]) if mark["context"] else ""
        yield context, ast.literal_eval(mark["message"])


def in_code(text: str, *, lazy: bool) -> Iterator[tuple[str, str]]:
    """The messages of a module; a model's lazy ones are labels of the admin's forms."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in (MARKS | LAZY if lazy else MARKS)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            words = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if names[node.func.id] in {"pgettext", "npgettext"}:
                yield str(words[0]), str(words[1])
            else:
                yield "", str(words[0])


def readers_messages() -> set[tuple[str, str]]:
    """All that readers can be told, as (context, message)."""
    found: set[tuple[str, str]] = set()
    for path in readers_templates():
        found.update(in_template(path.read_text(encoding="utf-8")))
    for path in readers_code():
        lazy = "models" not in path.parts
        found.update(in_code(path.read_text(encoding="utf-8"), lazy=lazy))
    return found
