"""Every type of page, stored and made anew, with archives of different sizes side by side.

    make bench                     (or: python -m tests.benchmarks.pages --articles 1000 1000000)

For each size a paper is made, filled by `seed_archive` and served twice: as it is, and with
`PAGE_CACHE_STORE=none`, where every request is rendered. All of them are served at once and asked
in turn, page by page and round by round, so that the machine's mood falls on all alike; a paper is
held against the smallest within each round. Stored pages are put beside nginx with the same bytes
from a file. DATABASE_URL names a PostgreSQL server,
where each paper gets a database of its own; without it, SQLite. With `--keep` the papers stay, and
are measured again without being filled again. Needs wrk and nginx. Writes a table to standard
output and all numbers to var/bench-pages.json.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from tests.benchmarks.measuring import (
    NGINX,
    Measured,
    Server,
    held_against,
    is_listening,
    measured,
    memory,
    middle,
    postgres,
    running,
)
from tests.management.sites import MANAGE, ROOT, Paper, Serving, eventually, free_port

# Of stored pages, and of pages made anew: there more connections only queue.
HITS, MADE = (1, 16), (1, 16)
# Stored pages with so many connections are held against each other, in more rounds: a look-up that
# takes microseconds differs from one second to the next.
MANY, OFTENER = 64, 4
UNTIL = "2026-01-31"


@dataclass
class Site:
    """A paper of one size, served with stored pages and without, and nginx with their bytes."""

    stored: Serving
    made: Serving
    nginx: tuple[int, int]
    pages: dict[str, dict[str, Any]]
    cookie: str
    seconds_to_seed: float


def main() -> int:
    options = _options()
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        print(f"Install {' and '.join(missing)} first (apt install wrk nginx-light).")
        return 1
    with ExitStack() as stack:
        keep = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keep.mkdir(parents=True, exist_ok=True)
        keep.chmod(0o755)  # nginx reads the pages as nobody
        sites = {
            articles: opened(stack, articles, keep.resolve() / str(articles), bool(options.keep))
            for articles in options.articles
        }
        found = side_by_side(sites, options)
    print(table(found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--keep", type=Path, help="a folder for the papers, to be used again")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=1, help="of each measurement")
    return parser.parse_args()


def opened(stack: ExitStack, articles: int, folder: Path, kept: bool) -> Site:
    """A paper with so many articles, filled if it is not, and served."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    settings = {"NEWSROOM_ENV": "demo"}
    if server := os.environ.get("DATABASE_URL"):
        settings["DATABASE_URL"] = _database(stack, server, f"bench_pages_{articles}", kept)
    paper = Paper(folder / "site", settings)
    if not (folder / "filled").exists():
        (folder / "filled").write_text(fill(paper, articles))
    told = paper.manage(
        "shell", "--no-imports", "-c", "from tests.benchmarks.addresses import told; told()"
    )
    assert told.returncode == 0, told.stderr
    asked = json.loads(told.stdout.strip().splitlines()[-1])
    stored, made = _served(stack, paper), _served(stack, paper, PAGE_CACHE_STORE="none")
    nginx = _files(stack, folder, stored.port, asked["pages"])
    seconds = float((folder / "filled").read_text())
    return Site(stored, made, nginx, asked["pages"], asked["cookie"], seconds)


def _database(stack: ExitStack, server: str, name: str, kept: bool) -> str:
    """The address of a database of this name, made if missing, dropped if not kept."""
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {name}")
    if not kept:
        stack.callback(_drop, server, name)
    return f"{server.rpartition('/')[0]}/{name}"


def _drop(server: str, name: str) -> None:
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def side_by_side(sites: dict[int, Site], options: argparse.Namespace) -> dict[str, Any]:
    """Every page of all sizes; written to the file of numbers as it goes."""
    out = ROOT / "var" / "bench-pages.json"
    out.parent.mkdir(exist_ok=True)
    found: dict[str, Any] = {
        str(articles): {
            "database": "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite",
            "seconds to seed": site.seconds_to_seed,
            "pages": site.pages,
        }
        for articles, site in sites.items()
    }
    for name in next(iter(sites.values())).pages:
        rounds = _of_page(name, sites, options)
        for (who, connections), each in rounds.items():
            size, _, what = who.partition(" ")
            least = rounds[f"{min(sites)} {what}", connections]
            found[size]["pages"][name][f"{what}, {connections}"] = {
                **middle(each)._asdict(),
                "of the smallest": held_against(each, least)._asdict(),
            }
        out.write_text(json.dumps(found, indent=1))
        print(name, file=sys.stderr)
    for articles, site in sites.items():
        used = round(memory([site.stored.process.pid]))
        found[str(articles)]["megabytes of all processes"] = used
    out.write_text(json.dumps(found, indent=1))
    return found


def fill(paper: Paper, articles: int) -> str:
    """The demo paper with an archive; how many seconds the archive took."""
    paper.data.mkdir(exist_ok=True)
    archive = ["seed_archive", "--articles", str(articles), "--until", UNTIL]
    # What the new paper has queued (crops, cards) would take the processor from all.
    queued = ["db_worker", "--batch", "--queue-name", "*"]
    took = 0.0
    for command in (["prepare", "--demo"], archive, queued):
        began = time.monotonic()
        subprocess.run([*MANAGE, *command], env=paper.environment(), check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        took = time.monotonic() - began if command is archive else took
    return f"{took:.1f}"


def _served(stack: ExitStack, paper: Paper, **settings: str) -> Any:
    """The site, without the paper's tick: what it does now and then is not the pages' cost. No
    search is put off: how long each takes is what is asked."""
    site = paper.serve("--web-only", COSTLY_AT_ONCE="100", **settings).wait_until_announced()
    stack.callback(site.stop)
    return site


def _files(stack: ExitStack, folder: Path, port: int, pages: dict[str, Any]) -> tuple[int, int]:
    """The stored pages' own bytes, compressed, as files of an nginx; its port and process.

    A page that is not stored is marked so, and has no file.
    """
    for number, page in enumerate(pages.values()):
        done = subprocess.run(
            ["curl", "-s", "-H", "Accept-Encoding: br", "-D", "-", "-o", str(folder / str(number)),
             f"http://127.0.0.1:{port}{page['path']}"], capture_output=True, check=True, text=True,
        )  # fmt: skip
        page["number"], page["stored"] = number, "stale-while-revalidate" in done.stdout
    own = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=own))
    pid = stack.enter_context(running("nginx", "-c", str(folder / "nginx.conf")))
    eventually(lambda: is_listening(own), 20)
    return own, pid


def _of_page(name: str, sites: dict[int, Site], options: argparse.Namespace) -> Measured:
    """What a page's answers cost in each size, made anew and from the store."""
    databases = postgres() if "DATABASE_URL" in os.environ else ()
    fresh, kept = [], []
    for size, site in sites.items():
        page = site.pages[name]
        cookie = (f"Cookie: {site.cookie}",) if name.startswith("desk") else ()
        url = f"http://127.0.0.1:{site.made.port}{page['path']}"
        fresh.append(Server(f"{size} made", url, (site.made.process.pid, *databases), cookie))
        if page["stored"]:
            url = f"http://127.0.0.1:{site.stored.port}{page['path']}"
            kept.append(Server(f"{size} stored", url, (site.stored.process.pid,)))
            url = f"http://127.0.0.1:{site.nginx[0]}/{page['number']}"
            kept.append(Server(f"{size} nginx", url, (site.nginx[1],)))
    few, many = options.rounds, options.rounds + OFTENER
    return {
        **measured(fresh, MADE, rounds=few, seconds=options.seconds),
        **measured(kept, HITS, rounds=few, seconds=options.seconds),
        **measured(kept, (MANY,), rounds=many, seconds=options.seconds),
    }


def table(found: dict[str, Any]) -> str:
    """One row for each page and size; a page made anew with 1 connection, a stored one with 64."""
    lines = []
    for size, of_size in found.items():
        lines += [
            f"\n{int(size):,} articles, {of_size['database']}; seeded in "
            f"{of_size['seconds to seed']} s; all web processes "
            f"{of_size['megabytes of all processes']} MB\n",
            "| page | kB | queries | of the database, ms | made, CPU ms | of the smallest "
            "| p50 ms | of the smallest | p99 ms | stored/s | of the smallest | of nginx "
            "| CPU ms | p99 ms |",
            "| --- |" + " --- |" * 13,
        ]
        for name, page in of_size["pages"].items():
            made = page["made, 1"]
            least = made["of the smallest"]
            row = [
                name, f"{page['bytes'] / 1000:.0f}", f"{page['queries']}",
                f"{page['database ms']:.1f}", f"{made['cpu']:.1f}", f"{least['cpu']:.2f}",
                f"{made['p50']:.1f}", f"{least['p50']:.2f}", f"{made['p99']:.1f}",
            ]  # fmt: skip
            if page["stored"]:
                stored, nginx = page[f"stored, {MANY}"], page[f"nginx, {MANY}"]
                row += [f"{stored['rate']:,.0f}", f"{stored['of the smallest']['rate']:.2f}",
                        f"{stored['rate'] / nginx['rate']:.2f}", f"{stored['cpu']:.4f}",
                        f"{stored['p99']:.1f}"]  # fmt: skip
            else:
                row += ["not stored", "", "", "", ""]
            lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
