"""What one process knows of the purges."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from newsroom.cache.log import Log
from newsroom.cache.models import Purge
from newsroom.cache.pages import Page as StoredPage
from newsroom.cache.stores.nothing import Nothing


def test_a_turn_that_waits_for_the_disk_does_not_say_that_the_database_is_away(db: None) -> None:
    said: list[bool] = []

    def turn() -> None:
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=3)):
            said.append(log.is_away)
        raise SystemExit

    log = Log(Nothing(), each_turn=turn)
    with pytest.raises(SystemExit):
        log._go_on()
    assert said == [False]


def test_a_process_that_starts_after_an_import_reads_the_newest_entries_alone(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tags = [f"changed:author:{number}" for number in range(2000)]
    Purge.objects.bulk_create(Purge(tags=tags) for _batch in range(300))
    log, newest = Log(Nothing()), Purge.objects.latest("pk").pk
    with django_assert_num_queries(1):
        log.catch_up()
    assert (log.number, newest - log.first) == (newest, 99)

    def made(entries_ago: int) -> StoredPage:
        return StoredPage.of(
            ("paper.test", "/", ""), status="200 OK", headers=[], body=b"", tags=["article:1"],
            as_of=newest - entries_ago, made=0, until=None, lifetime=600, cache_control="",
            carried=[],
        )  # fmt: skip

    assert log.stale_since(made(200)) == -1
    assert log.stale_since(made(50)) == 0
