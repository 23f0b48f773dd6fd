"""Newsroom and Wagtail with wagtail-cache, side by side, with the same articles.

    python -m tests.benchmarks.peers --articles 100000

A paper is filled by `seed_archive`, its articles are put into a small newspaper on Wagtail
(tests/benchmarks/wagtail_paper), and both are served in the same way and asked for the same pages:
with nothing stored, then a stored article. Pictures are left out of both. DATABASE_URL and
PEER_DATABASE_URL name two empty PostgreSQL databases; without them, SQLite. Needs wrk. Writes the
tables to standard output and all numbers to var/bench-peers.json. docs/decisions/benchmarks.md
says whom which choice favours.
"""

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.measuring import (
    Figures,
    Server,
    is_listening,
    load,
    measure,
    memory,
    middle,
    postgres,
    spent,
)
from tests.benchmarks.pages import UNTIL
from tests.benchmarks.wagtail_peer import WagtailPaper
from tests.management.sites import MANAGE, ROOT, Paper, eventually, free_port

# What our page may cost of the processor, as a part of what theirs costs.
WANTED = {
    "home": 0.2,
    "article": 0.25,
    "section": 0.15,
    "section, 500th step": 0.08,
    "topic": 0.08,
    "search, a rare word": None,
    "search, a common word": 0.02,
}
STORED = (1, 16, 64)
# An answer that takes longer is asked for by us, one after another: wrk would stop in the middle of
# one that it does not count. In seconds, and how often in each round.
SLOW, SLOW_TIMES = 0.2, 3


def main() -> int:
    options = _options()
    if not shutil.which("wrk"):
        print("Install wrk first (apt install wrk).")
        return 1
    if ("DATABASE_URL" in os.environ) != ("PEER_DATABASE_URL" in os.environ):
        print("Name two empty databases: DATABASE_URL and PEER_DATABASE_URL.")
        return 1
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = folder.resolve()
        ours, theirs = papers(folder)
        found = filled(folder, options.articles)
        compare(ours, theirs, found["pages"], options)
        found["stored"] = stored(ours, theirs, found["pages"]["article"], options)
    print(table(found))
    out = ROOT / "var" / "bench-peers.json"
    out.write_text(json.dumps(found, indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="a folder for both papers, to be used again")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    return parser.parse_args()


def papers(folder: Path) -> tuple[Paper, WagtailPaper]:
    database = {key: os.environ[key] for key in ("DATABASE_URL",) if key in os.environ}
    ours = Paper(folder / "ours", {"NEWSROOM_ENV": "demo", **database})
    return ours, WagtailPaper(folder / "theirs", os.environ.get("PEER_DATABASE_URL", ""))


def filled(folder: Path, articles: int) -> dict[str, Any]:
    """Both with the same articles; their pages with addresses, queries and bytes.

    Nothing waits for our worker, for pictures are left out.
    """
    note, file = folder / "filled.json", folder / "articles"
    if note.exists():
        kept: dict[str, Any] = json.loads(note.read_text())
        assert kept["articles"] == articles, f"{folder} has {kept['articles']} articles"
        return kept
    ours, theirs = papers(folder)
    ours.data.mkdir(parents=True)
    _manage(ours, "prepare", "--demo")
    _manage(ours, "seed_archive", "--articles", str(articles), "--until", UNTIL)
    told = _manage(
        ours, "shell", "--no-imports", "-c",
        "from tests.benchmarks import exporting; exporting.leave_out_pictures(); "
        f"exporting.write({str(file)!r}); exporting.addresses({list(WANTED)!r})",
    )  # fmt: skip
    pages = json.loads(told.splitlines()[-1])
    theirs.filled_from(file)
    paths = [page["theirs"]["path"] for page in pages.values()]
    asked = json.loads(theirs.manage("count_queries", *paths))
    for page in pages.values():
        page["theirs"] |= asked[page["theirs"]["path"]]
    database = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
    found = {"articles": articles, "database": database, "pages": pages}
    note.write_text(json.dumps(found))
    return found


def _manage(paper: Paper, *arguments: str) -> str:
    """What a command printed, however long it took."""
    return subprocess.run(
        [*MANAGE, *arguments], env=paper.environment(), check=True, stdout=subprocess.PIPE,
        text=True,
    ).stdout  # fmt: skip


def compare(
    ours: Paper, theirs: WagtailPaper, pages: dict[str, Any], options: argparse.Namespace
) -> None:
    """Adds what each page costs both where no page is stored, one reader asking."""
    databases = postgres() if "DATABASE_URL" in os.environ else ()
    with ExitStack() as stack:
        own, own_pid = _ours(stack, ours, PAGE_CACHE_STORE="none")
        there, their_pid = _theirs(stack, theirs)
        for name, page in pages.items():
            print(name, file=sys.stderr)
            servers = [
                Server("ours", own + page["ours"]["path"], (own_pid, *databases)),
                Server("theirs", there + page["theirs"]["path"], (their_pid, *databases)),
            ]
            for server, figures in zip(servers, _of_page(servers, options), strict=True):
                cards = _ask(server)[1].count(b"<article")
                page[server.name] |= {"cards": cards, **figures._asdict()}
        pages["home"]["ours"]["megabytes"] = round(memory([own_pid]))
        pages["home"]["theirs"]["megabytes"] = round(memory([their_pid]))


def _of_page(servers: list[Server], options: argparse.Namespace) -> list[Figures]:
    """By wrk where both are quick enough; in rounds in any case."""
    ways: list[Callable[[], Figures]] = []
    for server in servers:
        for _process in range(4):  # both workers of each have made it once
            seconds = _ask(server)[0]
        if seconds > SLOW:
            ways.append(lambda server=server: one_by_one(server, SLOW_TIMES))
        else:
            ways.append(lambda server=server: load(server, 1, options.seconds))
    rounds = [[way() for way in ways] for _round in range(options.rounds)]
    return [middle(list(column)) for column in zip(*rounds, strict=True)]


def one_by_one(server: Server, times: int) -> Figures:
    """So many whole answers."""
    before = spent(server.pids)
    took = [_ask(server)[0] * 1000 for _time in range(times)]
    used = spent(server.pids) - before
    return Figures(1000 / statistics.mean(took), used / times * 1000, statistics.median(took),
                   max(took))  # fmt: skip


def _ask(server: Server) -> tuple[float, bytes]:
    """Seconds to the last byte, on a connection of its own; the page."""
    host = urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(host, timeout=120)
    began = time.monotonic()
    connection.request("GET", server.url.partition(host)[2])
    answer = connection.getresponse()
    body = answer.read()
    took = time.monotonic() - began
    connection.close()
    assert answer.status == 200, (server.url, answer.status)
    return took, body


def stored(
    ours: Paper, theirs: WagtailPaper, article: dict[str, Any], options: argparse.Namespace
) -> dict[str, Any]:
    """The stored article of both: wagtail-cache in files, as its guide has it, and in memory."""
    with ExitStack() as stack:
        own, own_pid = _ours(stack, ours)
        servers = [Server("newsroom", own + article["ours"]["path"], (own_pid,))]
        for cache in ("files", "locmem"):
            there, pid = _theirs(stack, theirs, cache)
            url = there + article["theirs"]["path"]
            servers.append(Server(f"wagtail-cache, {cache}", url, (pid,)))
        for server in servers * 8:
            _ask(server)
        figures = measure(servers, STORED, rounds=options.rounds, seconds=options.seconds)
    return {f"{who}, {count}": each._asdict() for (who, count), each in figures.items()}


def _ours(stack: ExitStack, paper: Paper, **settings: str) -> tuple[str, int]:
    """Its address and process."""
    site = paper.serve("--web-only", **settings).wait_until_announced()
    stack.callback(site.stop)
    return f"http://127.0.0.1:{site.port}", site.process.pid


def _theirs(stack: ExitStack, paper: WagtailPaper, cache: str = "") -> tuple[str, int]:
    port = free_port()
    process = paper.serve(port, cache=cache)
    stack.callback(process.wait, 20)
    stack.callback(process.terminate)
    eventually(lambda: is_listening(port), 30)
    return f"http://127.0.0.1:{port}", process.pid


def table(found: dict[str, Any]) -> str:
    """Milliseconds of the processor for one page; then the stored article."""
    home = found["pages"]["home"]
    lines = [
        f"\n{found['articles']:,} articles, {found['database']}; all web processes: ours "
        f"{home['ours']['megabytes']} MB, Wagtail {home['theirs']['megabytes']} MB\n",
        "| page | ours, CPU ms | Wagtail | ratio | wanted | queries | kB | stories | p50, ms |",
        "| --- |" + " --- |" * 8,
    ]
    for name, page in found["pages"].items():
        own, there = page["ours"], page["theirs"]
        wanted = WANTED[name]
        lines.append(
            f"| {name} | {own['cpu']:.1f} | {there['cpu']:.1f} | {own['cpu'] / there['cpu']:.3f} "
            f"| {wanted or ''} | {own['queries']}, {there['queries']} "
            f"| {own['bytes'] / 1000:.0f}, {there['bytes'] / 1000:.0f} "
            f"| {own['cards']}, {there['cards']} | {own['p50']:.1f}, {there['p50']:.1f} |"
        )
    lines += ["\n| stored article, connections | answers/s | of ours | CPU ms | p99 ms |",
              "| --- |" + " --- |" * 4]  # fmt: skip
    for name, each in found["stored"].items():
        own = found["stored"][f"newsroom, {name.rpartition(', ')[2]}"]
        lines.append(
            f"| {name} | {each['rate']:,.0f} | {each['rate'] / own['rate']:.3f} "
            f"| {each['cpu']:.4f} | {each['p99']:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
