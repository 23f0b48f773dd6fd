"""The cache that all processes share, in Redis: while it is away, in each process's own memory.

What counts there (rate limits, log-in throttles) is then counted anew, and by each process for
itself: nobody is kept out by it, and a limit may be passed as often as there are processes.
"""

from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from newsroom.lib.redis_client import Away, Breaker, options

# Of this process's memory, while it stands in.
ENTRIES = 20_000
# A cache object is a thread's own; whether Redis answers is known to all of them.
_breaker = Breaker("Shared cache", refusing_is_failing=True)


class PatientCache(BaseCache):
    """Django's alone would raise at every call, or wait for ever for a Redis that hangs."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._redis = RedisCache(server, {**params, "OPTIONS": options()})
        own = {**params, "OPTIONS": {"MAX_ENTRIES": ENTRIES}}
        self._memory = LocMemCache("while Redis is away", own)

    def _ask(self, name: str, *args: Any) -> Any:
        try:
            return _breaker.call(lambda: getattr(self._redis, name)(*args))
        except Away:
            return getattr(self._memory, name)(*args)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._ask("add", key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask("get", key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._ask("set", key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._ask("touch", key, timeout, version)

    def delete(self, key: Any, version: Any = None) -> Any:
        return self._ask("delete", key, version)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Raises ValueError when there is no such number. What was begun in memory goes on there:
        it is never this that finds out whether Redis is back."""
        if not _breaker.is_open:
            with suppress(Away):
                found = _breaker.call(lambda: self._incremented(key, delta, version))
                if found is None:
                    raise ValueError(f"there is no {key}")
                return found
        return self._memory.incr(key, delta, version)

    def _incremented(self, key: Any, delta: int, version: Any) -> int | None:
        try:
            return int(self._redis.incr(key, delta, version))
        except ValueError:
            return None

    def clear(self) -> None:
        self._ask("clear")
