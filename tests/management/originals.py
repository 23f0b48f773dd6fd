"""A furnished paper for the tests of backups: what it holds, and commands that go on."""

import json
import subprocess
from typing import Any

from tests.management.sites import MANAGE, Paper


def inside(paper: Paper, call: str) -> Any:
    """What a function of tests.management.copies prints, run with the paper's own database."""
    code = f"from tests.management import copies; copies.{call}"
    done = paper.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else None


def start(paper: Paper, *arguments: str) -> "subprocess.Popen[str]":
    """A command that goes on while the test does something."""
    return subprocess.Popen(
        [*MANAGE, *arguments], env=paper.environment(), text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def unwritten(paper: Paper) -> dict[str, str]:
    """For a command that may write little: Python would cut its own compiled files short."""
    return paper.environment(PYTHONDONTWRITEBYTECODE="1")


def furnished(paper: Paper) -> Paper:
    """With stories, pictures, consents, and a file in the media folder that is nobody's picture."""
    inside(paper, "furnish()")
    report = paper.data / "media" / "report" / "report-2026.pdf"
    report.parent.mkdir()
    report.write_bytes(b"%PDF-1.7 of the operator")
    return paper
