"""robots.txt (RFC 9309): which robots may read what, and where the sitemaps are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.lib.json_ld import absolute

# Search results without end, and pages that are for one person.
USUAL = """\
User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /preview/
Disallow: /search/"""
# Who is shut out of everything makes the paper disappear from the searches of most readers.
ENGINES = ("Googlebot", "Bingbot")
# What no engine may be kept from altogether: the front page, and any story.
NEEDED = ("/", "/section/story-1/")
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]*)\s*:\s*(.*)\Z")
_RULES = ("allow", "disallow")
# Robots pass over fields they do not know: of one that is nearly one of these nobody would hear.
_KNOWN = (*_RULES, "user-agent", "sitemap", "crawl-delay")


@dataclass
class _Group:
    """Rules for the robots that are named above them."""

    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)


def served(text: str) -> str:
    """The rules, and the sitemaps, which are there whatever staff write."""
    sitemaps = [f"Sitemap: {absolute(reverse(n))}" for n in ("sitemap", "news_sitemap")]
    return "\n".join([text or USUAL, "", *sitemaps, ""])


def problems(text: str) -> list[str]:
    """What robots would not understand, and what would hide the whole paper."""
    found = []
    named = False
    for number, line in _lines(text):
        match = _FIELD.match(line)
        name, value = (match[1].lower(), match[2]) if match else ("", "")
        if not match:
            found.append(
                _("Line %(line)s is no rule. Write “Disallow: /path/”, or # before a remark.")
                % {"line": number}
            )
        elif name == "user-agent":
            named = True
            if not value:
                found.append(
                    _("Line %(line)s names no robot; * is every robot.") % {"line": number}
                )
        elif name in _RULES and not named:
            found.append(
                _("Line %(line)s stands above every “User-agent:” line and would be for no robot.")
                % {"line": number}
            )
        elif name in _RULES and value and value[0] not in "/*":
            found.append(_("Line %(line)s: a path begins with /.") % {"line": number})
        elif name not in _KNOWN and (meant := get_close_matches(name, _KNOWN, 1)):
            found.append(
                _("Line %(line)s: “%(name)s” is no rule. Is “%(meant)s” meant?")
                % {"line": number, "name": match[1], "meant": meant[0].capitalize()}
            )
        elif name == "sitemap" and not value.startswith(("https://", "http://")):
            found.append(_("Line %(line)s: a sitemap has a whole address.") % {"line": number})
    if not found:
        groups = _groups(text)
        found += [
            _("These lines keep %(robot)s out of the whole paper: nobody would find it any more.")
            % {"robot": engine}
            for engine in ENGINES
            if not all(_allowed(groups, engine, path) for path in NEEDED)
        ]
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, without their remarks, numbered from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if said := line.partition("#")[0].strip():
            yield number, said


def _groups(text: str) -> list[_Group]:
    groups = [_Group()]
    for _number, line in _lines(text):
        name, _colon, value = (part.strip() for part in line.partition(":"))
        if name.lower() == "user-agent":
            if groups[-1].rules:
                groups.append(_Group())
            groups[-1].agents.append(value.lower())
        elif name.lower() in _RULES:
            groups[-1].rules.append((name.lower(), value))
    return groups


def _allowed(groups: list[_Group], robot: str, path: str) -> bool:
    """Of the rules that match the longest one decides, of equal ones that which allows."""
    own = [group for group in groups if robot.lower() in group.agents]
    chosen = own or [group for group in groups if "*" in group.agents]
    matching = [
        (len(pattern), verb == "allow")
        for group in chosen
        for verb, pattern in group.rules
        if pattern and _matches(pattern, path)
    ]
    return max(matching)[1] if matching else True


def _matches(pattern: str, path: str) -> bool:
    """Whether the rule is about the path: its parts between stars, one after another."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at == len(path) or not whole or (bool(rest) and path.endswith(rest[-1]))
