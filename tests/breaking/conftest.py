"""The small paper of tests/articles, and a way to announce in one line."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.breaking.announcing import announce
from articles.breaking.models import BreakingItem
from tests.articles.conftest import author, live, section, write

__all__ = ["author", "live", "section", "write"]


@pytest.fixture
def broke(db: None) -> Callable[..., BreakingItem]:
    """A line that began `ago` minutes before now and stands for `minutes`."""

    def make(
        text: str = "Bridge closed to all traffic", *, ago: float = 5, minutes: float = 60,
        **fields: Any,
    ) -> BreakingItem:  # fmt: skip
        at: datetime = timezone.now() - timedelta(minutes=ago)
        return announce(
            text, at=at, **{"by": None, "ends_at": at + timedelta(minutes=minutes), **fields}
        )

    return make
