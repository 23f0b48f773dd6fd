"""Counting what one address or person does in a window, shared by all processes."""

import hashlib
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allow(purpose: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one more; False when `limit` in this window of `seconds` is exceeded.

    The key is hashed: no address is stored. Three cache operations. With the database as cache,
    requests at the very same moment may be counted as one; Redis counts exactly.
    """
    digest = hashlib.blake2b(
        f"{purpose}\0{key}".encode(errors="replace"),
        key=settings.SECRET_KEY.encode()[:64],
        digest_size=16,
    ).hexdigest()
    name = f"limit:{purpose}:{int(time.time()) // seconds}:{digest}"
    if cache.add(name, 1, timeout=seconds):
        return limit >= 1
    try:
        count = int(cache.incr(name))
        # The database cache would forget the count after its own default of five minutes.
        cache.touch(name, timeout=seconds)
        return count <= limit
    except ValueError:  # it expired between the two operations: a new window
        cache.set(name, 1, timeout=seconds)
        return limit >= 1


def client_address(request: HttpRequest) -> str:
    """The reader's address; X-Forwarded-For is believed only from the proxies in the settings."""
    address = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    while address in settings.TRUSTED_PROXIES and hops and hops[-1]:
        address = hops.pop()
    return str(address)


def client_network(request: HttpRequest) -> str:
    """The network one reader controls: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
