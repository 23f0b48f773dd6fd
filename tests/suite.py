"""Runs the suite for `make test`: on SQLite, on PostgreSQL when there is one, in the browser.

With the word `quick`: on SQLite, without what is slow.

What is left out is said by tests/conftest.py just above pytest's own summary, which is the last
line. REQUIRE_ALL=1 makes each omission a failure; DRILL=1 asks for full counts.
"""

import os
import subprocess
import sys
from collections.abc import Iterable

from tests.division import BOTH, JOURNEYS, SERVER, SLOW

PYTEST = [sys.executable, "-m", "pytest", "-q"]


def run(title: str, arguments: list[str], **environment: str) -> int:
    print(f"== {title}", flush=True)
    # The settings come from here alone; what a developer's shell holds stays out. And what one
    # process has compiled, the next hundred need not compile again.
    kept = {key: value for key, value in os.environ.items() if key not in OWN_SETTINGS}
    return subprocess.call(
        [*PYTEST, *arguments], env={**kept, "NEWSROOM_ENV": "test", **environment}
    )


OWN_SETTINGS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS",
                "NEWSROOM_DATA_DIR", "DEBUG", "PORT", "PYTHONDONTWRITEBYTECODE"}  # fmt: skip


def without(paths: Iterable[str]) -> list[str]:
    """Not even imported: that takes a tenth of a second a file."""
    return [f"--ignore={path}" for path in paths]


def quick() -> int:
    chosen = ["tests", *without([*JOURNEYS, *SLOW]), "-m", "not slow"]
    return run("What is quick", ["-n", "auto", *chosen])


def main() -> int:
    """The exit code of the first run that failed, else of the last."""
    runs: list[tuple[str, list[str], dict[str, str]]] = []
    postgres, drill = os.environ.get("TEST_POSTGRES_URL"), os.environ.get("DRILL")
    redis = {"REDIS_URL": url} if (url := os.environ.get("TEST_REDIS_URL")) else {}
    all_but_journeys = ["tests", *without(JOURNEYS)]
    if postgres:
        # Redis is tried once, beside PostgreSQL or below.
        chosen = all_but_journeys if drill else [*BOTH, *SERVER, "-m", "not once"]
        runs.append(("PostgreSQL", chosen, {"DATABASE_URL": postgres, **redis}))
    elsewhere = SERVER if postgres and not drill else ()
    runs.append(("SQLite", [*all_but_journeys, *without(elsewhere)], {} if postgres else redis))
    runs.append(("In the browser", [*JOURNEYS], {}))
    if postgres and drill:
        own = {"JOURNEYS_POSTGRES_URL": postgres}
        runs.append(("In the browser, the site on PostgreSQL", [*JOURNEYS], own))
    for title, arguments, environment in runs:
        if code := run(title, ["-n", "2", *arguments], **environment):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(quick() if sys.argv[1:] == ["quick"] else main())
