"""What is stored between requests is never out of date, whoever changes what at the same time."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import cycle

import pytest
from django.core.cache import caches
from django.db import transaction

from newsroom.cache.generations import begin_request, end_request, stored, touch


class CutShort(Exception):
    pass


@pytest.mark.django_db
def test_a_value_is_built_once_and_again_after_every_change() -> None:
    built = iter(range(10))
    assert [stored("x", lambda: next(built), of="chrome") for _ in range(3)] == [0, 0, 0]
    touch("chrome")
    assert stored("x", lambda: next(built), of="chrome") == 1
    touch("articles")
    assert stored("x", lambda: next(built), of="chrome") == 1


@pytest.mark.django_db
def test_of_a_value_the_newest_generation_alone_is_kept_in_memory() -> None:
    for number in range(5):
        touch("chrome")
        stored("large", partial(str, number), of="chrome")
    # A cache tells nobody which keys it has.
    held = [key for key in caches["local"]._cache if "large" in key]  # type: ignore[attr-defined]
    assert len(held) == 1


@pytest.mark.django_db
def test_a_request_that_changes_something_sees_the_change() -> None:
    begin_request()
    try:
        assert stored("x", lambda: "before", of="chrome") == "before"
        touch("articles", "chrome")
        assert stored("x", lambda: "after", of="chrome") == "after"
    finally:
        end_request()


@pytest.mark.django_db
def test_what_was_built_during_a_change_that_failed_is_never_shown() -> None:
    touch("chrome")
    with suppress(CutShort), transaction.atomic():
        touch("chrome")
        assert stored("x", lambda: "never came to be", of="chrome") == "never came to be"
        raise CutShort
    touch("chrome")
    assert stored("x", lambda: "is so", of="chrome") == "is so"


@pytest.mark.django_db(transaction=True)
def test_changes_at_once_wait_for_each_other_in_whatever_order_they_touch(crowd: Callable) -> None:
    orders = cycle((("articles", "chrome"), ("chrome", "articles")))
    crowd(lambda: touch("articles", "chrome"), 1)

    def change() -> None:
        with transaction.atomic():
            for name in next(orders):
                touch(name)
                time.sleep(0.1)

    crowd(change, 2)
