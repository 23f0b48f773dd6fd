"""The parts of a page that are somebody's own; each app registers its part in `ready()`.

The page itself is one for all. Its parts come in one private fragment (me.py), for people who are
logged in alone.
"""

from collections.abc import Callable

from django.http import HttpRequest

# Of who asks, and the path of the page: HTML, or "" where there is nothing to say. What is no
# SafeString is escaped.
Part = Callable[[HttpRequest, str], str]

parts: dict[str, Part] = {}


def register_part(name: str, part: Part) -> None:
    """Make a part known; they stand in the order of the apps. The same name again replaces it."""
    parts[name] = part
