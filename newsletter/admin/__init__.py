"""Newsletters on the desk, and the readers' side of them to look at."""

from newsletter.admin import newsletter, subscriber  # noqa: F401  (registers)
