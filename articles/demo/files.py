"""Reading the demo's files: TOML front matter between two lines of `+++`, then HTML."""

import tomllib
from pathlib import Path
from typing import Any


def read_page(path: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the body of one file."""
    _empty, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(head), body.strip()


def read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
