"""The caches in front of this site, and what each can be told."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.conf import settings

from newsroom.cache.cdn.cloudflare import Cloudflare
from newsroom.cache.cdn.fastly import Fastly
from newsroom.cache.cdn.nginx import Nginx
from newsroom.cache.cdn.varnish import Varnish


class Outer(Protocol):
    """One cache."""

    @property
    def name(self) -> str:
        """For the desk, the log, and the row that says how far it has been told."""
        ...

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        """Forget pages with one of these keys. Soft: what still serves when the site is away may
        stay for that. Safe to repeat. Raises OSError, and then nothing counts as done."""
        ...


def caches() -> list[Outer]:
    """Those of the settings, the inner ones first: an outer one fetches through them."""
    return [*ours(), *_of_others()]


def ours() -> list[Outer]:
    """Those on machines of the paper."""
    return [*map(Varnish, settings.VARNISH_URLS), *map(Nginx, settings.NGINX_URLS)]


def _of_others() -> Iterator[Outer]:
    if settings.FASTLY_SERVICE:
        yield Fastly(settings.FASTLY_SERVICE, settings.FASTLY_TOKEN)
    if settings.CLOUDFLARE_ZONE:
        yield Cloudflare(settings.CLOUDFLARE_ZONE, settings.CLOUDFLARE_TOKEN)
