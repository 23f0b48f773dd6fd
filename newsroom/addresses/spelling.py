"""A path as it was asked for and as it was meant: nothing here asks the database."""

import html
import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode

from newsroom.addresses.models import MAX_PATH
from newsroom.addresses.reserved import is_reserved
from newsroom.lib.text import tidy

MOST_WORDS, LONGEST_WORDS = 10, 120
NO_LETTER = "\ufffd"  # stands for bytes that are no text
# Keys that say where a reader came from, and nothing of what was asked for.
_TRACKING = re.compile(r"utm_\w+|[gf]bclid|mc_[ce]id|gclid")
# What earlier systems and search engines put behind the address of a page.
_BEHIND = {"index.html", "index.htm", "index", "amp", "amp.html"}
_PAGE = re.compile(r"\.html?$")
# A file of any other kind, and places that only programs ask for.
_FILE = re.compile(r"\.[a-z0-9~]{1,8}/?$")
_MACHINES = re.compile(
    r"^/(?:static|media|cgi-bin|vendor|phpmyadmin|wp-(?:admin|content|includes|json)|actuator)(?:/|$)"
)
_FEED = re.compile(r"/feed(?:/[a-z]+)?/?$")


def mended(path: str) -> str:
    """The path with its spelling put right: what is left names the same thing or nothing.

    Capitals, doubled slashes, a missing one at the end, quotation marks and brackets that came
    along when it was copied, invisible characters, percent signs escaped twice, `.html`,
    `/index.html`, `/amp/`. Every slug of ours is lower case and begins and ends with a letter,
    mark or digit.
    """
    written = html.unescape(unquote(path[: 3 * MAX_PATH], errors="replace"))
    if any(c == NO_LETTER or unicodedata.category(c) == "Cc" for c in written):
        return path  # nobody copied this from anywhere
    written = unicodedata.normalize("NFC", tidy(written)).lower()
    segments = [segment for segment in written.split("/") if segment]
    # What came along stands at the end; signs before a name are no slip.
    while segments and not _bare(segments[-1]):
        segments.pop()
    segments = [_bare(segment) or segment for segment in segments]
    while segments and segments[-1] in _BEHIND:
        segments.pop()
    if segments:
        segments[-1] = _PAGE.sub("", segments[-1])
    return f"/{'/'.join(segments)}/" if segments else "/"


def _bare(segment: str) -> str:
    """Without what is neither letter, mark nor digit at both ends."""
    kept = [at for at, c in enumerate(segment) if unicodedata.category(c)[0] in "LNM"]
    return segment[kept[0] : kept[-1] + 1] if kept else ""


def query_written(query: str) -> str:
    """A query in the one form in which the table holds it, tracking left out; "" for a long one."""
    if len(query) > MAX_PATH:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)])


def names(path: str) -> list[str]:
    """The segments that may name something, the last first: dates, numbers, prefixes left out."""
    found = []
    for segment in reversed(mended(path).strip("/").split("/")):
        segment = re.sub(r"-\d{1,18}$", "", tidy(segment))
        if any(c.isalpha() for c in segment) and not is_reserved(segment):
            found.append(segment[:MAX_PATH])
    return found


def words_of(path: str) -> str:
    """The words of the address for a search: those of its last name, at most ten."""
    name = next(iter(names(path)), "")
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in name).split()
    line = ""
    for word in kept[:MOST_WORDS]:
        if len(line) + len(word) > LONGEST_WORDS:
            break
        line = f"{line} {word}".lstrip()
    return line


def is_for_machines(path: str) -> bool:
    """Whether no reader would look at the answer: pictures, feeds, scripts, what scanners try."""
    path = path.lower()
    if _MACHINES.match(path) or "/." in path or _FEED.search(path):
        return True
    return bool(_FILE.search(path)) and not _PAGE.search(path.rstrip("/"))
