"""Who has been counted today, in memory of a fixed size, without anybody's address.

A reader and a story together are seven bits of a large field (a Bloom filter), found by a keyed
hash whose salt is random and lasts a day. What was counted is never counted again that day; when
the field fills up, a few are not counted at all (about 1 in 600 after ten million). The memory is a
plain buffer, so that it can be one that outlives the process, and has no name on any disk.
"""

import hashlib
import mmap
import secrets
import struct
from typing import Protocol

SALT = 32  # bytes
BITS = 27  # the field has 2 ** 27 bits, 16 MiB
SLOTS = 20  # stories of a reader are counted in 2 ** 20 bytes
HASHES = 7
# Stories that one address may add to the counts in a day; nobody reads more.
MOST_STORIES = 250
DAY = 24 * 3600  # seconds


class Buffer(Protocol):
    """Memory that can be read and written by byte."""

    def __len__(self) -> int: ...
    def __getitem__(self, key: int, /) -> int: ...
    def __setitem__(self, key: int, value: int, /) -> None: ...


def bits_of(salt: bytes, article_id: int, reader: str) -> tuple[int, ...]:
    """The bits that stand for this reader of this story."""
    digest = hashlib.blake2b(
        b"%d %s" % (article_id, reader.encode()), key=salt, digest_size=4 * HASHES
    ).digest()
    return tuple(bit >> (32 - BITS) for bit in struct.unpack(f">{HASHES}I", digest))


def slot_of(salt: bytes, reader: str) -> int:
    """Where this reader's stories are counted."""
    digest = hashlib.blake2b(reader.encode(), key=salt, digest_size=4).digest()
    return int.from_bytes(digest) >> (32 - SLOTS)


class Seen:
    """One day's readers. Not safe for several threads."""

    _DAY_AT, _SALT_AT = 0, 8
    _SLOTS_AT = _SALT_AT + SALT
    _BITS_AT = _SLOTS_AT + 2**SLOTS
    SIZE = _BITS_AT + 2 ** (BITS - 3)

    def __init__(self, memory: mmap.mmap | None = None) -> None:
        """`memory` of SIZE bytes may hold what another process saw today."""
        self.memory = memory if memory is not None else mmap.mmap(-1, self.SIZE)

    def turn(self, seconds: float) -> None:
        """Forget yesterday, its salt first, once the day (UTC) of this time has begun."""
        day = struct.pack(">Q", int(seconds) // DAY)
        if self.memory[self._DAY_AT : self._SALT_AT] == day:
            return
        self.memory[self._SALT_AT : self._SLOTS_AT] = secrets.token_bytes(SALT)
        for start in range(self._SLOTS_AT, self.SIZE, 2**20):
            stop = min(start + 2**20, self.SIZE)
            self.memory[start:stop] = bytes(stop - start)
        self.memory[self._DAY_AT : self._SALT_AT] = day

    def add(self, article_id: int, reader: str) -> bool:
        """Whether this reader reads this story for the first time today, and may be counted."""
        memory = self.memory
        salt = memory[self._SALT_AT : self._SLOTS_AT]
        bits = bits_of(salt, article_id, reader)
        if all(memory[self._BITS_AT + (bit >> 3)] >> (bit & 7) & 1 for bit in bits):
            return False
        slot = self._SLOTS_AT + slot_of(salt, reader)
        if memory[slot] >= MOST_STORIES:
            return False
        memory[slot] += 1
        for bit in bits:
            memory[self._BITS_AT + (bit >> 3)] |= 1 << (bit & 7)
        return True
