"""robots.txt, security.txt and ads.txt: what staff wrote, with what the system adds, or the usual.

One module each: `problems(text)` says what may not stand in it, `served(text, ...)` what machines
get.
"""

from datetime import datetime

from newsroom.cache.generations import stored
from newsroom.cache.tags import seen
from newsroom.pages.models import RootFile
from newsroom.pages.root_files import ads, robots, security

Name = RootFile.Name
PATHS: dict[str, str] = {
    Name.ROBOTS: "/robots.txt",
    Name.SECURITY: security.PATH,
    Name.ADS: "/ads.txt",
}
_PROBLEMS = {
    Name.ROBOTS: robots.problems,
    Name.SECURITY: security.problems,
    Name.ADS: ads.problems,
}
# Sentences shown at once; a text of another kind would have one for every line.
SHOWN = 5


def problems(name: str, text: str) -> list[str]:
    """Sentences on what is wrong, empty for a text that may be saved."""
    return [str(sentence) for sentence in _PROBLEMS[Name(name)](text)[:SHOWN]]


def served(name: str, *, at: datetime) -> str | None:
    """The file as machines get it now; None for one that the paper does not have.

    No query while nothing has changed.
    """
    text = stored("root_files", _texts, of="paper").get(name, "")
    return content(name, text, at=at)


def content(name: str, text: str, *, at: datetime) -> str | None:
    """What would be served of this text."""
    if name == Name.ROBOTS:
        return robots.served(text)
    if name == Name.SECURITY:
        return security.served(text, at=at)
    return ads.served(text)


def _texts() -> dict[str, str]:
    seen("root-files")
    return dict(RootFile.objects.values_list("name", "text"))
