"""Pages in Redis, shared by all machines of a paper. A Redis that is away costs nobody a page.

**What was taken stands and falls with the pages.** It lies under one key beside them, with a mark
that is drawn when the key is made. Every page carries the mark: once that key is lost (Redis was
emptied, or put it out for want of room), no page of before is known any more, and each process
writes again what it remembers under the new one. Each machine keeps what was taken in a file too.

**One makes a page** by the locks of its machine, and by a key that all machines see and that goes
by itself when its maker has died. While Redis is away each machine has a maker of its own.

Pages go by their time to live. How much memory they may take is Redis's to say (`maxmemory`).
"""

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from newsroom.cache.log import DAY, MOST
from newsroom.cache.pages import Key, Page
from newsroom.cache.stores.files import Files
from newsroom.lib.redis_client import Away, Breaker, connect

T = TypeVar("T")

# Seconds until a dead maker's lock goes, while those who wait for the page have still patience
# left: one of them makes it. A maker that is slower than this is joined by one more machine.
LOCK = 4.0
# Seconds that what was taken outlives the pages.
LONGER = 2 * int(DAY)
MARK = 16
# Tags of one command.
_SOME = 2_000

# KEYS: what was taken. ARGV: a mark if there is none, seconds to live, then tags and numbers.
_TAKE = """
redis.call('HSETNX', KEYS[1], '', ARGV[1])
for i = 3, #ARGV, 2 do
  local known = tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or '0')
  if known < tonumber(ARGV[i + 1]) then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('HGET', KEYS[1], '')
"""
# KEYS: a lock. ARGV: the token of who thinks that it is theirs.
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


class InRedis:
    """Pages of one release of one paper. Safe to share between threads and to carry over a fork."""

    keeps = True

    def __init__(self, url: str, folder: Path, *, paper: str, release: str) -> None:
        """`paper` keeps two of them apart in one Redis; `folder` is for what is this machine's."""
        self._machine = Files(folder, release)
        self._redis: Any = connect(url)
        self._breaker = Breaker("Stored pages")
        self._written = self._redis.register_script(_TAKE)
        self._released = self._redis.register_script(_RELEASE)
        self._taken_key = f"newsroom-pages:{paper}:taken"
        self._pages = f"newsroom-pages:{paper}:{release}"
        # What this process knows to be taken, and the mark under which all of it was written.
        self._known: dict[str, int] = {}
        self._mark = b""
        self._lock = threading.Lock()

    def _ask(self, deed: Callable[[], T]) -> T:
        return self._breaker.call(deed)

    def _name(self, key: Key) -> str:
        digest = hashlib.blake2b(repr(key).encode(), digest_size=16).hexdigest()
        return f"{self._pages}:{digest}"

    def get(self, key: Key) -> Page | None:
        with suppress(Away):
            mark, data = self._ask(lambda: self._read(key))
            if isinstance(mark, bytes) and mark != self._mark:
                mark = self._ask(self._meet)
            if isinstance(mark, bytes) and isinstance(data, bytes):
                return self._page(key, mark, data)
        return None

    def _read(self, key: Key) -> list[Any]:
        pipe = self._redis.pipeline(transaction=False)
        answers: list[Any] = pipe.hget(self._taken_key, "").get(self._name(key)).execute()
        return answers

    def _page(self, key: Key, mark: bytes, data: bytes) -> Page | None:
        """None for what is no page of ours, was stored before what was taken got lost, or was
        taken."""
        try:
            page = Page.from_bytes(data[MARK:]) if data[:MARK] == mark else None
        except ValueError:
            return None
        if page is None or page.key != key:
            return None
        taken = any(self._known.get(tag, 0) > page.as_of for tag in page.tags)
        return None if taken else page

    def put(self, page: Page) -> None:
        with suppress(Away):
            if not self._mark:
                self._ask(self._meet)
            if self._ask(lambda: self._write(page)) != self._mark:
                self._ask(self._meet)
                self._ask(lambda: self._write(page))

    def _write(self, page: Page) -> Any:
        """The mark that is Redis's now."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.set(self._name(page.key), self._mark + page.to_bytes(), ex=int(DAY))
        return pipe.hget(self._taken_key, "").execute()[1]

    def drop(self, key: Key) -> None:
        with suppress(Away):
            self._ask(lambda: self._redis.delete(self._name(key)))

    def take(self, tags: Mapping[str, int]) -> None:
        self._machine.take(tags)
        new = self._remember(tags)
        try:
            if new and self._ask(lambda: self._tell(new)) != self._mark:
                self._ask(self._meet)
        except Away:
            self._mark = b""  # all of it is written when Redis is met again

    def taken(self) -> dict[str, int]:
        self._remember(self._machine.taken())
        with suppress(Away):
            self._ask(self._meet)
        return dict(self._known)

    def _remember(self, tags: Mapping[str, int]) -> dict[str, int]:
        """Those of them that are news."""
        with self._lock:
            known = self._known
            new = {tag: number for tag, number in tags.items() if known.get(tag, 0) < number}
            self._known = {**known, **new} if new else known
        return new

    def _meet(self) -> bytes:
        """Write what this process remembers, and learn what others have written."""
        if len(self._known) > MOST:  # rather make every page anew
            self._redis.delete(self._taken_key)
            self._known = {}
        mark = self._tell(self._known)
        found = self._redis.hgetall(self._taken_key)
        self._remember({tag.decode(): int(number) for tag, number in found.items() if tag})
        self._mark = mark
        return mark

    def _tell(self, tags: Mapping[str, int]) -> bytes:
        """Written; the mark under which it is."""
        flat, mark = [part for pair in tags.items() for part in pair], secrets.token_bytes(MARK)
        for start in range(0, len(flat) or 1, 2 * _SOME):
            some = flat[start : start + 2 * _SOME]
            mark = self._written(keys=[self._taken_key], args=[mark, LONGER, *some])
        if not isinstance(mark, bytes) or len(mark) != MARK:
            raise ValueError("this is no answer of ours")
        return mark

    @contextmanager
    def alone(self, key: Key) -> Iterator[bool]:
        """On this machine by a lock of the kernel's, among machines by a key with a token."""
        with ExitStack() as held:
            mine = held.enter_context(self._machine.alone(key)) and self._hold(key, held)
            if not mine:  # who waits comes back, and holds nothing meanwhile
                held.close()
            yield mine

    def _hold(self, key: Key, held: ExitStack) -> bool:
        """Whether this machine may make it; also when Redis cannot say."""
        name, token = f"{self._name(key)}:lock", secrets.token_hex(8)
        try:
            expires = int(LOCK * 1000)
            got = self._ask(lambda: self._redis.set(name, token, nx=True, px=expires))
        except Away:
            return True
        if got:
            held.callback(self._let_go, name, token)
        return bool(got)

    def _let_go(self, name: str, token: str) -> None:
        with suppress(Away):
            self._ask(lambda: self._released(keys=[name], args=[token]))

    def prune(self, *, most: int, oldest: float) -> int:
        """Files of this machine; pages in Redis go by themselves."""
        with suppress(Away):
            self._ask(lambda: self._redis.expire(self._taken_key, LONGER))
        return self._machine.prune(most=most, oldest=oldest)

    def forget(self) -> None:
        """With what was taken, all pages are unknown at once; they go by their time to live."""
        self._machine.forget()
        self._known, self._mark = {}, b""
        with suppress(Away):
            self._ask(lambda: self._redis.delete(self._taken_key))
