"""Tokens in links: signed for one purpose, useless for every other."""

from django.core import signing


class BadToken(ValueError):
    """The token is forged, of another purpose, or too old; say no more than that to anyone."""


def sign(purpose: str, *parts: str | int) -> str:
    """A URL-safe token over the parts, bound to the purpose (HMAC of the site's secret key)."""
    return signing.dumps([str(part) for part in parts], salt=f"newsroom.{purpose}", compress=False)


def unsign(purpose: str, token: str, *, max_age: int | None = None) -> list[str]:
    """The parts that were signed; `max_age` in seconds. Raises BadToken."""
    try:
        parts = signing.loads(token, salt=f"newsroom.{purpose}", max_age=max_age)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    return _texts(parts)


def seal(purpose: str, *parts: str | int) -> str:
    """As `sign` without the moment: the same parts give the same token; a row says how long."""
    signer = signing.Signer(salt=f"newsroom.{purpose}")
    return signer.sign_object([str(part) for part in parts])


def unseal(purpose: str, token: str) -> list[str]:
    """The parts that were sealed. Raises BadToken."""
    try:
        parts = signing.Signer(salt=f"newsroom.{purpose}").unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    return _texts(parts)


def _texts(parts: object) -> list[str]:
    if not isinstance(parts, list):
        raise BadToken
    return [str(part) for part in parts]
