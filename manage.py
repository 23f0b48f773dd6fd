#!/usr/bin/env python
"""Runs Newsroom's commands; `manage.py help` lists them."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (said before anything else fails)
    sys.exit(
        "Newsroom needs Python 3.11 or newer; this is "
        f"{sys.version_info.major}.{sys.version_info.minor}. "
        "Install a newer one, or name it: make run PYTHON=python3.12"
    )

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("Django is not installed here. `make run` sets everything up in .venv.")
    execute_from_command_line(sys.argv)
