"""What a process does without its database, besides showing stored pages.

An app whose page can do without one says so when it starts (`manages`), and what every process is
to know by heart for that (`remember`). All else is refused at once (front.py).
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.db import Error

from newsroom.cache.patience import NOT_AT_ALL, waiting

logger = logging.getLogger(__name__)

# Seconds between two readings of what is known by heart.
LEARN_EVERY = 60.0
# The front's mark on a request that is to be refused (middleware.py).
REFUSED = "newsroom.refused"
_paths: set[str] = set()
_readings: list[Callable[[], object]] = []
_language: list[Callable[[], str]] = []


def manages(*paths: str) -> None:
    """These addresses answer also without a database."""
    _paths.update(paths)


def is_managed(path: str) -> bool:
    """Whether this address does."""
    return path in _paths


def remember(read: Callable[[], object]) -> None:
    """Have each web process call this once a minute, while the database answers."""
    _readings.append(read)


def speak(language: Callable[[], str]) -> None:
    """What to ask for the paper's language; it asks nothing of the database."""
    _language[:] = [language]


def language() -> str:
    """The paper's language, as far as this process knows it."""
    return _language[0]() if _language else str(settings.LANGUAGE_CODE)


def learn() -> None:
    """Call all of them. Raises django.db.Error; what else goes wrong there is only logged."""
    for read in _readings:
        try:
            read()
        except Error:
            raise
        except Exception:
            logger.exception("what is to be known without a database cannot be read")


def without_database() -> AbstractContextManager[None]:
    """PostgreSQL is not even asked inside: each question fails at once."""
    return waiting(NOT_AT_ALL)
