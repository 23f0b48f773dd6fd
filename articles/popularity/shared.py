"""Redis as the place where readers are counted: for a site on several machines.

The same field of bits as `articles.popularity.seen`, under a salt that the first process of the day
draws. Every key ends with its day; none of them is one of the cache's.
"""

import hashlib
import secrets
import time
from typing import Any

from django.conf import settings
from redis import ResponseError

from articles.popularity.seen import DAY, MOST_STORIES, SALT, bits_of, slot_of
from articles.popularity.tally import MOST
from newsroom.lib.redis_client import Away, Breaker, connect

KEPT = 2 * DAY  # seconds; a day's keys go by themselves
UNTAKEN = 3600  # seconds; counts that no tick takes are given up

# KEYS: salt, bits, slots, counts. ARGV: salt, story, slot, limit of stories, of counts, kept,
# untaken, the bits. -1: another salt, 0: not counted, 1: counted.
_ADD = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local new = false
for i = 8, #ARGV do
  if redis.call('GETBIT', KEYS[2], ARGV[i]) == 0 then new = true break end
end
if not new then return 0 end
local slot = '#' .. ARGV[3]
if redis.call('BITFIELD', KEYS[3], 'GET', 'u8', slot)[1] >= tonumber(ARGV[4]) then return 0 end
if redis.call('HLEN', KEYS[4]) >= tonumber(ARGV[5])
  and redis.call('HEXISTS', KEYS[4], ARGV[2]) == 0 then return 0 end
redis.call('BITFIELD', KEYS[3], 'INCRBY', 'u8', slot, 1)
for i = 8, #ARGV do redis.call('SETBIT', KEYS[2], ARGV[i], 1) end
redis.call('HINCRBY', KEYS[4], ARGV[2], 1)
for i = 2, 3 do redis.call('EXPIRE', KEYS[i], ARGV[6]) end
redis.call('EXPIRE', KEYS[4], ARGV[7])
return 1
"""


class Shared:
    """Both ends: web processes add, the tick takes. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        self._redis: Any = connect(url)
        self._breaker = Breaker("Most Read")
        self._add = self._redis.register_script(_ADD)
        site = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=6).hexdigest()
        self._prefix = f"newsroom-reads:{site}"
        self._salt: tuple[int, bytes] = (0, b"")

    def close(self) -> None:
        self._redis.close()

    def keeps_on_disk(self) -> bool | None:
        """Whether this Redis writes what it holds to a disk; None when it does not tell."""
        try:
            saves = self._redis.config_get("save", "appendonly")
        except ResponseError:
            return None
        return bool(saves.get("save", "") != "" or saves.get("appendonly", "no") != "no")

    def hand_over(self, article_id: int, reader: str) -> bool:
        """Whether Redis took it; hardly ever waits."""
        try:
            self._breaker.call(lambda: self._count(article_id, reader))
        except Away:
            return False
        return True

    def _count(self, article_id: int, reader: str) -> None:
        day = int(time.time()) // DAY
        keys = [f"{self._prefix}:{day}:{name}" for name in ("salt", "bits", "slots")]
        for _try in range(2):
            salt = self._todays_salt(day, keys[0])
            answer = self._add(
                keys=[*keys, f"{self._prefix}:counts"],
                args=[
                    salt, article_id, slot_of(salt, reader), MOST_STORIES, MOST, KEPT, UNTAKEN,
                    *bits_of(salt, article_id, reader),
                ],
            )  # fmt: skip
            if answer >= 0:
                return
            self._salt = (0, b"")  # Redis has forgotten it, and everything under it

    def _todays_salt(self, day: int, key: str) -> bytes:
        if self._salt[0] != day:
            self._redis.set(key, secrets.token_bytes(SALT), nx=True, ex=KEPT)
            self._salt = (day, self._redis.get(key) or b"")
        return self._salt[1]

    def take(self) -> dict[int, int]:
        """What was counted since the last call, given out once. Raises redis.RedisError."""
        pipe = self._redis.pipeline(transaction=True)
        counts, _gone = (
            pipe.hgetall(f"{self._prefix}:counts").delete(f"{self._prefix}:counts").execute()
        )
        return {int(story): int(reads) for story, reads in counts.items()}
