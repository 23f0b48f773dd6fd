"""The mapping file: what an editor decides about an import beforehand (TOML)."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.models.kinds import Kind


class BadMapping(ValueError):
    """The mapping file cannot be used; the message says what is wrong with it."""


@dataclass
class Mapping:
    """Category or author of the other system -> slug of ours, `topic` or `skip`."""

    sections: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    default_section: str = ""
    # A category that is unknown here becomes a section when it holds this many posts.
    new_sections_from: int = 3


_TABLES = ("sections", "authors", "kinds")


def load(path: Path) -> Mapping:
    """Read the file; raises BadMapping."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(f"{path}: {error}") from error
    if unknown := set(content) - {*_TABLES, "default_section", "new_sections_from"}:
        raise BadMapping(f"{path}: unknown key {', '.join(sorted(unknown))}")
    tables: dict[str, Any] = {}
    for name in _TABLES:
        table = content.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise BadMapping(f'{path}: [{name}] holds lines such as "theirs" = "ours"')
        tables[name] = table
    if unknown := set(tables["kinds"].values()) - set(Kind.values):
        raise BadMapping(f"{path}: an article is no {', '.join(sorted(unknown))}")
    count = content.get("new_sections_from", 3)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BadMapping(f"{path}: new_sections_from is a whole number of posts, 1 or more")
    default = content.get("default_section", "")
    if not isinstance(default, str):
        raise BadMapping(f"{path}: default_section is the address of a section")
    return Mapping(**tables, default_section=default, new_sections_from=count)
