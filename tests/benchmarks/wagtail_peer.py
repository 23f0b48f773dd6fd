"""The Wagtail paper beside ours: its own Python, its commands, its server.

Its project is the folder tests/benchmarks/wagtail_paper; nothing here can import it, for Wagtail is
installed in a virtual environment of its own.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.management.sites import ROOT

PROJECT = ROOT / "tests" / "benchmarks" / "wagtail_paper"
REQUIREMENTS = PROJECT / "requirements.txt"
HOME = ROOT / "var" / "bench-wagtail"
# In the versions of this site, so that only what is compared differs.
SHARED = ("django", "granian", "psycopg2-binary")


def python() -> Path:
    """Of its environment, which is made if it is not there or the pins have changed: a minute."""
    own = [f"{name}=={version(name)}" for name in SHARED]
    wanted = "\n".join([*own, REQUIREMENTS.read_text()])
    mark, found = HOME / "installed", HOME / "bin" / "python"
    if not mark.exists() or mark.read_text() != wanted:
        print(f"Installing Wagtail into {HOME} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(HOME)], check=True)
        pip = [str(found), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(REQUIREMENTS), *own], check=True)
        mark.write_text(wanted)
    return found


@dataclass
class WagtailPaper:
    """A folder, perhaps a database elsewhere (a URL of PostgreSQL)."""

    data: Path
    database: str = ""

    def _environment(self, cache: str = "") -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "settings",
            "PAPER_DATA": str(self.data),
            "PAPER_DATABASE": self.database,
            "PAPER_CACHE": cache,
        }

    def manage(self, *arguments: str) -> str:
        """What the command printed."""
        return subprocess.run(
            [str(python()), "manage.py", *arguments], cwd=PROJECT, env=self._environment(),
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip

    def filled_from(self, file: Path) -> "WagtailPaper":
        """With the articles of tests/benchmarks/exporting.py, and their search index."""
        self.data.mkdir()
        self.manage("migrate", "-v0")
        self.manage("load_articles", str(file))
        return self

    def serve(self, port: int, *, cache: str = "") -> "subprocess.Popen[bytes]":
        """As ours is served. `cache` is "locmem", "files", or empty: no page is stored."""
        return subprocess.Popen(
            [str(python().parent / "granian"), "--interface", "wsgi", "--http", "1", "--no-ws",
             "--workers", "2", "--blocking-threads", str(_threads()), "--log-level", "warning",
             "--host", "127.0.0.1", "--port", str(port), "wsgi:application"],
            cwd=PROJECT, env=self._environment(cache),
        )  # fmt: skip


def _threads() -> int:
    """Of each of our workers; to import what says so would load the site into this process."""
    said = subprocess.run(
        [sys.executable, "-c", "from newsroom.management.web import THREADS; print(THREADS)"],
        cwd=ROOT, env={**os.environ, "NEWSROOM_ENV": "test"}, check=True, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    return int(said.stdout)
