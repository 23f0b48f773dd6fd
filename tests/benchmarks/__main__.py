"""All benchmarks, one after another, and one table of what they found beside what is wanted.

    make bench                        (or: python -m tests.benchmarks --articles 1000 1000000)
    python -m tests.benchmarks --last the table alone, of the numbers of the last run

Each benchmark prints its own tables and writes its numbers to var/bench-*.json; the table goes to
var/bench.json too. With `--articles` the pages are measured with archives of these sizes, and the
largest is held against the smallest. Run it on a machine that does nothing else.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.benchmarks.peers import WANTED
from tests.management.sites import ROOT

# With a larger archive a page may take so much longer: readers' pages, searches, the desk's.
PAGE, SEARCH, DESK = 1.2, 3.0, 1.5
# Lists all that there is of a month, so that it is as long as the archive is large.
WHOLE = {"sitemap of a month"}
FOUND = {name: ROOT / "var" / f"bench-{name}.json" for name in
         ("hits", "pages", "publishing", "peers")}  # fmt: skip


class Line(NamedTuple):
    """One figure; `most` says whether what is wanted is a ceiling or a floor."""

    what: str
    measured: float
    wanted: float
    most: bool = True

    @property
    def is_reached(self) -> bool:
        return self.measured <= self.wanted if self.most else self.measured >= self.wanted


def main() -> int:
    options = _options()
    if not options.last:
        for command in _commands(options):
            print(f"== {' '.join(command)}", flush=True)
            if code := subprocess.call([sys.executable, "-m", *command], cwd=ROOT):
                return code  # it has said why
    lines = [line for name, told in TOLD.items() if FOUND[name].exists()
             for line in told(json.loads(FOUND[name].read_text()))]  # fmt: skip
    print(table(lines))
    out = ROOT / "var" / "bench.json"
    out.write_text(json.dumps([line._asdict() for line in lines], indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", nargs="+", default=["1000", "100000"])
    parser.add_argument("--last", action="store_true", help="measure nothing")
    return parser.parse_args()


def _commands(options: argparse.Namespace) -> Iterator[list[str]]:
    yield ["pytest", "-q", "-s", "-p", "no:randomly", "tests/benchmarks"]
    yield ["tests.benchmarks.hits"]
    yield ["tests.benchmarks.pages", "--articles", *options.articles]
    yield ["tests.benchmarks.publishing"]
    yield ["tests.benchmarks.peers", "--articles", "100000"]


def of_hits(found: dict[str, Any]) -> Iterator[Line]:
    for many in (16, 64):
        at = f"{many} connections"
        ours, unchanged, behind = (
            found["figures"][f"{who}, {many}"]
            for who in ("newsroom", "newsroom, 304", "newsroom behind nginx")
        )
        yield Line(f"stored page, {at}: of a bare granian", ours["of bare granian"], 0.9, False)
        yield Line(f"the same behind nginx, {at}: of a bare granian", behind["of bare granian"],
                   0.95, False)  # fmt: skip
        yield Line(f"304, {at}: of a stored page", unchanged["rate"] / ours["rate"], 1.0, False)
        yield Line(f"stored page, {at}: processor, of nginx with a file", ours["cpu of nginx"], 3.0)


def of_pages(found: dict[str, Any]) -> Iterator[Line]:
    sizes = sorted(found, key=int)
    for size in sizes:
        if int(size) >= 20_000:  # below, the start is most of it
            rate = int(size) / found[size]["seconds to seed"]
            yield Line(f"seed_archive, {int(size):,} articles: a second", rate, 1000, most=False)
    small, large = found[sizes[0]]["pages"], found[sizes[-1]]["pages"]
    if small is large:
        return
    held = f"{int(sizes[-1]):,} articles of {int(sizes[0]):,}"
    for name, page in large.items():
        wanted = SEARCH if "search" in name else DESK if name.startswith("desk") else PAGE
        made = page["made, 1"]["of the smallest"]["p50"]
        if name in WHOLE:
            made *= small[name]["bytes"] / page["bytes"]
            yield Line(f"{name}, made anew, each byte of it: {held}", made, wanted)
        else:
            yield Line(f"{name}, made anew: {held}", made, wanted)
        if name.startswith("search"):
            yield Line(f"{name}, {int(sizes[-1]):,} articles: ms of the database",
                       page["database ms"], 100)  # fmt: skip
        if page["stored"]:
            stored = 1 / page["stored, 64"]["of the smallest"]["rate"]
            yield Line(f"{name}, stored: {held}", stored, PAGE)


def of_publishing(found: dict[str, Any]) -> Iterator[Line]:
    late = [at for column in found["late"] for at in column]
    pages = len(found["pages"]) * len(found["late"])
    yield Line("publish to visible, 64 connections, the latest page: s", max(late), 1.0)
    yield Line("pages made for a page that shows it", found["made"] / pages, 1.0)
    yield Line("slowest request meanwhile: ms", _milliseconds(found["slowest"]), 300)
    held = f"all processes, {found['articles']:,} articles: MB"
    yield Line(held, found["megabytes"], 450)


def _milliseconds(said: str) -> float:
    [(number, unit)] = re.findall(r"([\d.]+)(us|ms|s|m)$", said)
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def of_peers(found: dict[str, Any]) -> Iterator[Line]:
    for name, page in found["pages"].items():
        if wanted := WANTED[name]:
            cost = page["ours"]["cpu"] / page["theirs"]["cpu"]
            yield Line(f"{name}, {found['articles']:,} articles: processor, of Wagtail", cost,
                       wanted)  # fmt: skip


TOLD: dict[str, Callable[[dict[str, Any]], Iterator[Line]]] = {
    "hits": of_hits,
    "pages": of_pages,
    "publishing": of_publishing,
    "peers": of_peers,
}


def table(lines: list[Line]) -> str:
    rows = ["\n| figure | measured | wanted | |", "| --- | --- | --- | --- |"]
    for line in lines:
        bound = f"{'at most' if line.most else 'at least'} {line.wanted:,g}"
        reached = "reached" if line.is_reached else "missed"
        rows.append(f"| {line.what} | {_short(line.measured)} | {bound} | {reached} |")
    return "\n".join(rows)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


if __name__ == "__main__":
    sys.exit(main())
