"""The name of a proof in an address: of these entries, for who did the act and nobody else.

Entries say of no object whose it is; so nobody is let in by a number that could be guessed.
"""

from typing import Any

from newsroom.lib.signing import BadToken, seal, unseal


def token(user: Any, first: int, last: int) -> str:
    return seal(f"proof.{user.pk}", first, last)


def entries(user: Any, key: str) -> tuple[int, int]:
    """The first and the last number. Raises BadToken."""
    first, last = unseal(f"proof.{user.pk}", key)
    return int(first), int(last)


__all__ = ["BadToken", "entries", "token"]
