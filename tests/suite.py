"""Runs the whole suite for `make test`: on SQLite, on PostgreSQL when there is one, in the browser.

What is left out is said by tests/conftest.py just above pytest's own summary, which is the last
line. REQUIRE_ALL=1 makes each omission a failure; DRILL=1 asks for full counts.
"""

import os
import subprocess
import sys

PYTEST = [sys.executable, "-m", "pytest", "-q"]


def run(title: str, arguments: list[str], **environment: str) -> int:
    print(f"== {title}", flush=True)
    # The settings come from here alone; what a developer's shell holds stays out.
    kept = {key: value for key, value in os.environ.items() if key not in OWN_SETTINGS}
    return subprocess.call(
        [*PYTEST, *arguments], env={**kept, "NEWSROOM_ENV": "test", **environment}
    )


OWN_SETTINGS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS",
                "NEWSROOM_DATA_DIR", "DEBUG", "PORT"}  # fmt: skip


def main() -> int:
    """The exit code of the first run that failed, else of the last."""
    runs: list[tuple[str, list[str], dict[str, str]]] = []
    postgres = os.environ.get("TEST_POSTGRES_URL")
    redis = {"REDIS_URL": url} if (url := os.environ.get("TEST_REDIS_URL")) else {}
    if postgres:
        runs.append(
            ("PostgreSQL", ["-n", "2", "-m", "not e2e"], {"DATABASE_URL": postgres, **redis})
        )
    # Redis is tried once, beside PostgreSQL or here; what is `once` too, except in a drill.
    again = postgres and not os.environ.get("DRILL")
    chosen = "not e2e and not once" if again else "not e2e"
    runs.append(("SQLite", ["-n", "2", "-m", chosen], {} if postgres else redis))
    # By themselves: a browser that is open keeps Django from its database in the same process.
    runs.append(("In the browser", ["-n", "2", "-m", "e2e"], {}))
    if postgres and os.environ.get("DRILL"):
        own = {"JOURNEYS_POSTGRES_URL": postgres}
        runs.append(("In the browser, the site on PostgreSQL", ["-n", "2", "-m", "e2e"], own))
    for title, arguments, environment in runs:
        if code := run(title, arguments, **environment):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
