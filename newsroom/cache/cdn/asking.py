"""One request to a cache. Whatever does not work is an OSError without a secret in its words."""

from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

# Seconds without a sign of the cache; bytes of its answer that are read.
TIMEOUT, ANSWER = 5, 300


class Refused(OSError):
    """The cache did not do what it was asked."""


class _Here(HTTPRedirectHandler):
    """Follows no redirect: nobody else is told the token."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def ask(
    method: str,
    url: str,
    headers: Mapping[str, str],
    *,
    body: bytes | None = None,
    secret: str = "",
) -> bytes:
    """The beginning of the answer. Raises Refused."""
    said = {"User-Agent": f"Newsroom ({settings.SITE_URL})", **headers}
    request = Request(url, data=body, headers=said, method=method)  # noqa: S310  (from the settings)
    try:
        with build_opener(_Here).open(request, timeout=TIMEOUT) as answer:
            beginning: bytes = answer.read(ANSWER)
            return beginning
    except HTTPError as error:
        with error:
            words = " ".join(error.read(ANSWER).decode("utf-8", "replace").split())
        told = f"{error.code} {error.reason} {words}".strip()
    except (OSError, HTTPException, ValueError) as error:
        told = f"{error}" or type(error).__name__
    raise Refused(told.replace(secret, "…") if secret else told)
