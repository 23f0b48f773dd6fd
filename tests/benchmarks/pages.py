"""Every type of page, stored and made anew, with archives of different sizes.

    make bench                     (or: python -m tests.benchmarks.pages --articles 1000 100000)

For each size a paper is made, filled by `seed_archive` and served twice: as it is, and with
`PAGE_CACHE_STORE=none`, where every request is rendered. Stored pages are put beside nginx with
the same bytes from a file. DATABASE_URL names an empty PostgreSQL database; without it, SQLite.
With `--keep` the papers stay in a folder, and are measured again without being filled again. Needs
wrk and nginx. Writes a table to standard output and all numbers to var/bench-pages.json.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import (
    NGINX,
    Figures,
    Server,
    is_listening,
    measure,
    memory,
    postgres,
    running,
)
from tests.management.sites import MANAGE, ROOT, Paper, eventually, free_port

# Of stored pages, and of pages made anew: there more connections only queue.
HITS, MADE = (1, 16, 64), (1, 16)
UNTIL = "2026-01-31"


def main() -> int:
    options = _options()
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        print(f"Install {' and '.join(missing)} first (apt install wrk nginx-light).")
        return 1
    found: dict[str, Any] = {}
    out = ROOT / "var" / "bench-pages.json"
    out.parent.mkdir(exist_ok=True)
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as passing:
            folder = options.keep.resolve() / str(articles) if options.keep else Path(passing)
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
            found[str(articles)] = of_size(articles, folder, options)
        out.write_text(json.dumps(found, indent=1))
    print(table(found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--keep", type=Path, help="a folder for the papers, to be used again")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=2, help="of each measurement")
    return parser.parse_args()


def of_size(articles: int, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything measured with one archive."""
    database = {key: os.environ[key] for key in ("DATABASE_URL",) if key in os.environ}
    paper = Paper(folder / "site", {"NEWSROOM_ENV": "demo", **database})
    if not (folder / "filled").exists():
        (folder / "filled").write_text(fill(paper, articles))
    told = paper.manage(
        "shell", "--no-imports", "-c", "from tests.benchmarks.addresses import told; told()"
    )
    assert told.returncode == 0, told.stderr
    asked = json.loads(told.stdout.strip().splitlines()[-1])
    with ExitStack() as stack:
        stored, made = _served(stack, paper), _served(stack, paper, PAGE_CACHE_STORE="none")
        nginx = _files(stack, folder, stored.port, asked["pages"])
        pages = {}
        for name, page in asked["pages"].items():
            cookie = asked["cookie"] if name.startswith("desk") else ""
            pages[name] = page | _of_page(name, page, cookie, stored, made, nginx, options)
            print(f"{articles:,}: {name}", file=sys.stderr)
        return {
            "database": "PostgreSQL" if database else "SQLite",
            "seconds to seed": float((folder / "filled").read_text()),
            "megabytes of all processes": round(memory([stored.process.pid])),
            "pages": pages,
        }


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


def _of_page(
    name: str, page: dict[str, Any], cookie: str, stored: Any, made: Any,
    nginx: tuple[int, int], options: argparse.Namespace,
) -> dict[str, Any]:  # fmt: skip
    """What a page's answers cost, from the store and made anew."""
    counts = {"rounds": options.rounds, "seconds": options.seconds}
    databases = postgres() if "DATABASE_URL" in os.environ else ()
    asked_with = (f"Cookie: {cookie}",) if cookie else ()
    url = f"http://127.0.0.1:{made.port}{page['path']}"
    fresh = Server("made", url, (made.process.pid, *databases), asked_with)
    figures = measure([fresh], MADE, **counts)
    if page["stored"]:
        url = f"http://127.0.0.1:{stored.port}{page['path']}"
        file = f"http://127.0.0.1:{nginx[0]}/{page['number']}"
        servers = [Server("stored", url, (stored.process.pid,)), Server("nginx", file, (nginx[1],))]
        figures |= measure(servers, HITS, **counts)
    return {f"{who}, {connections}": each._asdict() for (who, connections), each in figures.items()}


def table(found: dict[str, Any]) -> str:
    """One row for each page and size; a page made anew with 1 connection, a stored one with 64."""
    lines = []
    first = found[min(found, key=int)]["pages"]
    for size, of_size in found.items():
        lines += [
            f"\n{int(size):,} articles, {of_size['database']}; seeded in "
            f"{of_size['seconds to seed']} s; all web processes "
            f"{of_size['megabytes of all processes']} MB\n",
            "| page | kB | queries | made, CPU ms | of the smallest | p50 ms | p99 ms "
            "| stored/s | of nginx | CPU ms | p99 ms |",
            "| --- |" + " --- |" * 10,
        ]
        for name, page in of_size["pages"].items():
            made = Figures(**page["made, 1"])
            row = [
                name, f"{page['bytes'] / 1000:.0f}", f"{page['queries']}", f"{made.cpu:.1f}",
                f"{made.cpu / first[name]['made, 1']['cpu']:.2f}", f"{made.p50:.1f}",
                f"{made.p99:.1f}",
            ]  # fmt: skip
            if page["stored"]:
                stored, nginx = Figures(**page["stored, 64"]), Figures(**page["nginx, 64"])
                row += [f"{stored.rate:,.0f}", f"{stored.rate / nginx.rate:.2f}",
                        f"{stored.cpu:.4f}", f"{stored.p99:.1f}"]  # fmt: skip
            else:
                row += ["not stored", "", "", ""]
            lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
