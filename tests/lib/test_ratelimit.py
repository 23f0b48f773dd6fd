"""Counting holds for the whole window, whichever cache counts."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from newsroom.lib.ratelimit import allow

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def asked(key: str = "192.0.2.7") -> bool:
    return allow("test", key, limit=3, seconds=3600)


def test_the_limit_is_the_last_that_is_allowed_and_each_key_has_its_own() -> None:
    with time_machine.travel(NOON, tick=False):
        assert [asked() for _ in range(5)] == [True, True, True, False, False]
        assert asked("192.0.2.8")


def test_who_waits_a_while_within_the_window_has_not_a_fresh_count() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [asked() for _ in range(4)] == [True, True, True, False]
        clock.shift(timedelta(minutes=20))
        assert not asked()
        clock.shift(timedelta(minutes=45))
        assert asked()
