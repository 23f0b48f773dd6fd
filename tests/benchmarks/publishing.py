"""From publishing to what readers see, while 64 connections read; starting; memory.

    make bench                 (or: python -m tests.benchmarks.publishing --articles 100000)

A paper is filled and served, its pages are read by wrk as fast as they come, and one story is
published again every two seconds. Every page that shows it is asked all the time for the new
headline. Writes to standard output and to var/bench-publishing.json. Needs wrk.
"""

import argparse
import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import memory
from tests.management.sites import MANAGE, ROOT, Paper, Serving

CONNECTIONS, EVERY = 64, 2.0
ASK_EVERY = 0.02
TOKEN = "only-for-this-benchmark"
IN_TURN = """
local paths, turn = { %s }, 0
request = function() turn = turn %% #paths + 1; return wrk.format("GET", paths[turn]) end
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=10, help="how often it is published")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("Install wrk first (apt install wrk).")
        return 1
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        paper = Paper(Path(folder), {"NEWSROOM_ENV": "demo", "METRICS_TOKEN": TOKEN})
        for command in (
            ["prepare", "--demo"],
            ["seed_archive", "--articles", str(options.articles), "--until", "2026-01-31"],
            ["db_worker", "--batch", "--queue-name", "*"],
        ):
            subprocess.run([*MANAGE, *command], env=paper.environment(), check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
        site, cold = started(paper)
        site.stop()
        site, warm = started(paper)
        stack.callback(site.stop)
        found: dict[str, Any] = {"articles": options.articles, "cold": cold, "warm": warm}
        found |= published(paper, site, options.times, Path(folder))
        found["megabytes"] = memory([site.process.pid])
    print(told(found))
    out = ROOT / "var" / "bench-publishing.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1))
    return 0


def started(paper: Paper) -> tuple[Serving, float]:
    """The site, and the seconds until it answered."""
    began = time.monotonic()
    site = paper.serve()
    while not site.answers():
        assert site.process.poll() is None, site.log.read_text()
        time.sleep(0.01)
    return site, time.monotonic() - began


def published(paper: Paper, site: Serving, times: int, folder: Path) -> dict[str, Any]:
    """How late each page was each time, in seconds; pages made; the slowest of all requests."""
    shown = shell(paper, "shown()").communicate()[0]
    paths = json.loads(shown.strip().splitlines()[-1])
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", site.ask(paths[0])[2], re.S)
    assert headline
    (folder / "turn.lua").write_text(IN_TURN % ", ".join(f'"{path}"' for path in paths))
    wrk = subprocess.Popen(
        ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{int(times * EVERY) + 8}s", "--latency",
         "-s", str(folder / "turn.lua"), "-H", "Accept-Encoding: br",
         f"http://127.0.0.1:{site.port}"], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(2)
    before, late, took = made(site), [], []
    publisher = shell(paper, f"again({times}, {EVERY})")
    assert publisher.stdout
    with ThreadPoolExecutor(len(paths)) as pool:
        for line in publisher.stdout:
            if not line.startswith("{"):
                continue
            entry = json.loads(line)
            words = f"Edition {entry['number']} of"
            seen = pool.map(lambda path: first_seen(site, path, words), paths)  # noqa: B023
            late.append([at and at - entry["at"] for at in seen])
            took.append(entry["took"])
    after = made(site)
    said = wrk.communicate()[0]
    [(rate)] = re.findall(r"Requests/sec: +([\d.]+)", said)
    [slowest] = re.findall(r"Latency +\S+ +\S+ +(\S+)", said)
    shows = {path for column in late for path, at in zip(paths, column, strict=True) if at}
    return {
        "pages": sorted(shows),
        "late": [[at for at in column if at] for column in late],
        "took": took,
        "made": after - before,
        "rate": float(rate),
        "slowest": slowest,
        "failed": "Non-2xx" in said or "Socket errors" in said,
    }


def shell(paper: Paper, call: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*MANAGE, "shell", "--no-imports", "-c",
         f"from tests.benchmarks import publisher; publisher.{call}"],
        env=paper.environment(), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def first_seen(site: Serving, path: str, words: str) -> float | None:
    """When the page first had the words; None if it never had within the round."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    deadline = time.time() + EVERY * 0.8
    while time.time() < deadline:
        connection.request("GET", path)
        if words in connection.getresponse().read().decode():
            return time.time()
        time.sleep(ASK_EVERY)
    return None


def made(site: Serving) -> int:
    """How many pages the web processes have made and stored so far."""
    text = site.ask("/metrics", Authorization=f"Bearer {TOKEN}")[2]
    [number] = re.findall(r"^newsroom_pages_made_total (\S+)", text, re.M)
    return int(float(number))


def told(found: dict[str, Any]) -> str:
    late = sorted(at for column in found["late"] for at in column)
    times, pages = len(found["late"]), len(found["pages"])
    return (
        f"\n{found['articles']:,} articles. First answer after {found['cold']:.1f} s "
        f"cold, {found['warm']:.1f} s with stored pages. All processes: "
        f"{found['megabytes']:.0f} MB.\n"
        f"{times} publications, {CONNECTIONS} connections, {found['rate']:,.0f} answers/s: "
        f"{len(late)} of {times * pages} looks at {pages} pages saw the new headline, half of them "
        f"within {late[len(late) // 2]:.2f} s, all within {late[-1]:.2f} s of the commit. "
        f"Publishing took {max(found['took']):.2f} s at most. {found['made']} pages were made. "
        f"Slowest request {found['slowest']}{', some failed' if found['failed'] else ''}."
    )


if __name__ == "__main__":
    sys.exit(main())
