"""Broken and hostile files end in the first pass, with the line, and write nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from articles.exchange.models import ImportedItem
from articles.models import Article, PublishedArticle
from newsroom.lib.html import TAGS
from tests.exchange.exports import HEAD, TAIL, export, item, write

Bring = Callable[..., str]
GOOD = export([item(1), item(2)])
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FILES = {
    "cut off": GOOD[: len(GOOD) - 700],
    "cut inside a character": GOOD.replace("ferry", "fähre").encode()[:1900],
    "empty": "",
    "no xml": "PK\x03\x04",
    "html": "<html><body>no</body></html>",
    "a feed": "<rss><channel><item><title>x</title></item></channel></rss>",
    "a dtd": GOOD.replace("<rss", "<!DOCTYPE rss>\n<rss"),
    "laughs": GOOD.replace("<rss", f"{LAUGHS}\n<rss").replace("ran late", "&i;"),
    "a stranger's file": GOOD.replace(
        "<rss", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<rss'
    ).replace("ran late", "&e;"),
    "a stranger's server": GOOD.replace("<rss", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">\n<rss'),
    "an unknown entity": GOOD.replace("<title>A", "<title>&nbsp;A"),
    "a control character": GOOD.replace("<title>A", "<title>\x08A"),
    "an unknown encoding": GOOD.replace("UTF-8", "EBCDIC-7"),
    "unclosed elements": HEAD.format(language="en") + "<a>" * 50_000,
    "crossed elements": GOOD.replace("</title>", "</link>"),
    "one endless item": HEAD.format(language="en") + f"<item><title>{'x' * 21_000_000}</title>",
}


@pytest.mark.parametrize("name", FILES)
def test_a_broken_or_hostile_file_ends_in_the_first_pass(
    bring: Bring, tmp_path: Path, name: str
) -> None:
    content = FILES[name]
    path = tmp_path / "x.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    began = time.monotonic()
    with pytest.raises(CommandError, match=r"line \d+: .+ Nothing was written"):
        bring(path)
    assert time.monotonic() - began < 10
    assert not ImportedItem.objects.exists()
    assert not Article.objects.exists()


def test_a_file_over_the_size_option_is_refused(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(1, content="x" * 50_000))
    with pytest.raises(CommandError, match=r"larger than 0\.04 MB"):
        bring(path, max_size=0.04)
    assert "changes" in bring(path, max_size=0.06)


@pytest.mark.parametrize("path", ["/dev/zero", "/", "/no/such/file"])
def test_what_is_no_file_is_refused(bring: Bring, path: str) -> None:
    with pytest.raises(CommandError, match="is no file"):
        bring(Path(path))


def test_one_impossible_text_does_not_stop_the_others(bring: Bring, tmp_path: Path) -> None:
    deep, endless = item(1, content="<div>" * 5_000), item(2, content="x " * 600_000)
    printed = bring(write(tmp_path / "x.xml", deep, endless, item(3)))
    assert Article.objects.count() == 1
    assert "Could not be kept (2)" in printed
    assert "nested more than" in printed
    assert "1,000,000 characters" in printed


VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    '[caption caption="<script>alert(1)</script>"]<img src=x>[/caption]',
    '[video src="javascript:alert(1)"]',
    '[embed]https://x.example/"onmouseover="alert(1)[/embed]',
    '[audio https://x.example/"><script>alert(1)</script>]',
    '[gallery ids="1&quot;><script>alert(1)</script>"]',
    '<!-- wp:cover {"url":"x\\" onerror=\\"alert(1)","id":1} --><div></div><!-- /wp:cover -->',
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<figure data-picture="1" onclick="alert(1)"><script>alert(1)</script></figure>',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "https://x.example/<script>alert(1)</script>",
]


class Live(HTMLParser):
    """What a browser would act on; words about scripts are only words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize("vector", VECTORS)
def test_script_in_any_field_comes_in_harmless(bring: Bring, tmp_path: Path, vector: str) -> None:
    content = f"Words.\n\n{vector}\n\nWords."
    bring(write(tmp_path / "x.xml", item(1, title=f"T {vector}", excerpt=vector, content=content)))
    article = Article.objects.get()
    assert PublishedArticle.objects.exists()
    seen = Live()
    seen.feed(article.body)
    assert seen.tags <= TAGS
    assert seen.attributes <= {"href", "class", "data-picture"}
    assert all(href.startswith(("https://x.example/", "x")) for href in seen.hrefs)


MEMORY = """
import resource, sys, time
import django
django.setup()
from articles.exchange.wxr.survey import survey
began, base = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as file:
    found = survey(file, max_bytes=100_000_000)
print(found.items, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)
"""


def test_the_first_pass_of_50_mb_needs_no_more_memory_than_one_item(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    one = item(7, content="Words and words again.\n" * 2_000, name="p")
    with path.open("w") as file:
        file.write(HEAD.format(language="en"))
        for number in range(1_100):
            file.write(one.replace(">7<", f">{number}<"))
        file.write(TAIL)
    assert path.stat().st_size > 50_000_000
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], cwd=settings.BASE_DIR, text=True,
        capture_output=True, timeout=60, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings",
             "NEWSROOM_DATA_DIR": str(tmp_path), "NEWSROOM_ENV": "test"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    items, kilobytes = map(int, done.stdout.split())
    assert items == 1_100
    assert kilobytes < 8_000
