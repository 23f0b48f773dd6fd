"""Ids of feeds and items: one name for ever, whatever is renamed and whichever host answers."""

from newsroom.pages.identity import identity


def tag_uri(key: str) -> str:
    """The key as a `tag:` address (RFC 4151), for formats that want an address; ASCII.

    The host and day in it are those under which the paper was set up (SiteSettings.tag_authority).
    """
    return f"tag:{identity().tag_authority}:{key}"
