"""The part of a reader's network address that a consent keeps."""

import ipaddress


def truncated(network: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: a hint where, not who."""
    try:
        address = ipaddress.ip_network(network, strict=False).network_address
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
