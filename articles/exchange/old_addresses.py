"""Addresses that things had elsewhere, answered here once the things are public."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from articles.exchange.ledger import source_name
from newsroom.addresses.redirects import redirect


def path_of(address: str, *, source: str) -> str | None:
    """The path of an address on the other site as our address book writes it, else None.

    Decoded, in one Unicode form, with single slashes and one at the end; the root and addresses
    with a query are none.
    """
    try:
        parts = urlsplit(address.strip())
        host = source.partition("/")[0]
        if parts.query or source_name(f"https://{parts.netloc}") != host:
            return None
    except ValueError:
        return None
    path = unicodedata.normalize("NFC", unquote(parts.path))
    segments = [segment for segment in path.split("/") if segment]
    return f"/{'/'.join(segments)}/" if segments else None


def lead(paths: Iterable[str], target: str) -> list[str]:
    """Make the old paths lead to `target`; those that are in use for something else come back."""
    return [path for path in paths if path != target and not redirect(path, target)]
