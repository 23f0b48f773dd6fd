"""Reads what is marked for translation in the sources, and the catalogue that translates it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "newsroom" / "locale" / "he" / "LC_MESSAGES" / "django.po"
# Only staff see these; all else is for readers, new files included.
STAFF_TEMPLATES = ("admin/", "account/", "allauth/", "mfa/", "emails/invitation/",
                   "emails/password_reset/", "emails/message_received/", "429.html")  # fmt: skip
AT_ONCE = {"gettext", "pgettext", "ngettext", "npgettext"}
MARKS = {*AT_ONCE, *(f"{name}_lazy" for name in AT_ONCE), "gettext_noop"}
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


def in_template(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a template, each with its context."""
    for mark in TEMPLATE_MARK.finditer(templatize(text)):
        context = ast.literal_eval(mark["context"]) if mark["context"] else ""
        yield context, ast.literal_eval(mark["message"])


def in_code(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a module, each with its context."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in MARKS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            words = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if not words:
                continue  # of a name: its words are marked where they stand
            if names[node.func.id] in {"pgettext", "npgettext"}:
                yield str(words[0]), str(words[1])
            else:
                yield "", str(words[0])


def messages() -> set[tuple[str, str]]:
    """All that readers and staff can be told, as (context, message); scripts have their own."""
    found: set[tuple[str, str]] = set()
    for path in (ROOT / "templates").rglob("*.*"):
        found.update(in_template(path.read_text(encoding="utf-8")))
    for app in ("newsroom", "articles", "newsletter"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                found.update(in_code(path.read_text(encoding="utf-8")))
    return found


def in_scripts() -> set[tuple[str, str]]:
    """The same of what the desk's scripts say."""
    calls = re.compile(r"\bgettext\(\s*(\"(?:\\.|[^\"\\])*\")")
    scripts = (ROOT / "static" / "js").rglob("*.js")
    found = (calls.findall(path.read_text(encoding="utf-8")) for path in scripts)
    return {("", ast.literal_eval(words)) for each in found for words in each}
