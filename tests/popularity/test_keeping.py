"""Where readers are counted: Redis only if it forgets, else the tick; and when nobody counts."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import redis
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.popularity import keeping
from articles.popularity.shared import Shared
from newsroom.accounts.models import User
from tests.management.sites import eventually, free_port
from tests.redises import REDIS, own_redis


@pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")
@pytest.mark.parametrize(
    ("options", "used"),
    [
        (("--save", "60 1", "--appendonly", "no"), False),
        (("--save", "", "--appendonly", "yes"), False),
        (("--save", "", "--appendonly", "no", "--rename-command", "CONFIG", ""), False),
        (("--save", "", "--appendonly", "no"), True),
    ],
)
def test_a_redis_that_writes_to_a_disk_or_may_is_not_told_who_reads(
    options: tuple[str, ...], used: bool, settings: Settings, tmp_path: Path
) -> None:
    with own_redis(tmp_path, *options) as own:
        settings.REDIS_URL, settings.COUNT_READS_IN = own.url, "auto"
        settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"],
                                                          "LOCATION": own.url}}  # fmt: skip
        with keeping.counting():
            assert keeping.hand_over(7, "203.0.113.7")
            assert eventually(keeping.take) == {7: 1}
            assert keeping.writes_to_disk() is not used
            client = redis.Redis.from_url(own.url)
            assert bool(client.keys("newsroom-reads:*")) is used
            if used:  # emptied meanwhile: nothing breaks, and yesterday's salt is of no use
                client.flushall()
                assert keeping.hand_over(7, "203.0.113.7")
                assert keeping.take() == {7: 1}
                assert all(client.ttl(key) > 0 for key in client.keys("*"))
            client.close()


@pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")
def test_two_processes_agree_on_the_salt_after_redis_was_emptied(tmp_path: Path) -> None:
    with own_redis(tmp_path, "--save", "") as own:
        one, other = Shared(own.url), Shared(own.url)
        assert one.hand_over(7, "203.0.113.7")
        with redis.Redis.from_url(own.url) as client:
            client.flushall()
        assert other.hand_over(7, "203.0.113.7")
        assert one.hand_over(7, "203.0.113.7")  # it still had the salt of before
        assert one.take() == {7: 1}
        one.close()
        other.close()


@pytest.mark.django_db
def test_a_redis_that_is_away_costs_readers_nothing(
    settings: Settings, tell: Callable[..., HttpResponse]
) -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    settings.REDIS_URL, settings.COUNT_READS_IN = url, "redis"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"],
                                                      "LOCATION": url}}  # fmt: skip
    begun = time.monotonic()
    assert {tell(story).status_code for story in range(1, 50)} == {204}
    assert time.monotonic() - begun < 5
    with pytest.raises(redis.RedisError):  # the desk is told that the job fails
        keeping.take()


@pytest.mark.usefixtures("db")
def test_the_desk_is_told_while_readers_come_and_nobody_counts(
    tell: Callable[..., HttpResponse], chief: User, reporter: User, settings: Settings,
    client_for: Callable[[User], Client],
) -> None:  # fmt: skip
    settings.COUNT_READS_IN = "tick"
    words = "Readers are not counted since"

    def desk(user: User = chief) -> str:
        return client_for(user).get("/admin/").content.decode()

    assert tell(7).status_code == 204
    assert words not in desk()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        tell(7)
        assert words in desk()
        assert words not in desk(reporter)
        with keeping.counting():
            tell(7)
            assert words not in desk()
