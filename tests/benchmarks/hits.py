"""Stored pages, side by side: our server, a bare granian, nginx with the same bytes.

Ours is asked alone, and behind nginx with the configuration in docs/operating.

    make bench                                  (or: python -m tests.benchmarks.hits)

Needs wrk and nginx. Writes the table to standard output and all numbers to
var/bench-hits.json.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.measuring import (
    NGINX,
    Measured,
    Server,
    held_against,
    is_listening,
    measured,
    memory,
    middle,
    running,
)
from tests.cache.fronting import an_nginx
from tests.management.sites import ROOT, Paper, eventually, free_port

CONNECTIONS, ROUNDS, SECONDS = (1, 16, 64), 21, 1


def main() -> int:
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        print(f"Install {' and '.join(missing)} first (apt install wrk nginx-light).")
        return 1
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        paper = Paper(folder / "site", {"NEWSROOM_ENV": "demo"})
        paper.data.mkdir()
        done = paper.manage("prepare", "--demo")
        assert done.returncode == 0, done.stderr
        # What the new paper has queued (crops, cards) would take the processor from all.
        worker = [sys.executable, str(ROOT / "manage.py"), "db_worker", "--batch"]
        subprocess.run([*worker, "--queue-name", "*"], env=paper.environment(), check=True,
                       capture_output=True)  # fmt: skip
        site = paper.serve().wait_until_announced()
        stack.callback(site.stop)
        home = site.ask("/politics/")[2]
        path = re.findall(r'href="(/politics/assembly[^"]+/)"', home)[0]
        page = subprocess.run(
            ["curl", "-s", "-H", "Accept-Encoding: br", "-D", str(folder / "head"),
             f"http://127.0.0.1:{site.port}{path}"], capture_output=True, check=True,
        ).stdout  # fmt: skip
        (folder / "page").write_bytes(page)
        tag = re.findall(r"(?im)^etag: (\S+)", (folder / "head").read_text())[0]
        ports = free_port(), free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=ports[0]))
        nginx = stack.enter_context(running("nginx", "-c", str(folder / "nginx.conf")))
        bare = stack.enter_context(
            running(
                sys.executable, "-m", "tests.benchmarks.bare", str(ports[1]),
                BARE_BODY=str(folder / "page"), NEWSROOM_ENV="test",
                BARE_HEADERS=(folder / "head").read_text().partition("\n")[2].strip(),
            )
        )  # fmt: skip
        for port in ports:
            eventually(lambda: is_listening(port), 20)  # noqa: B023  (called at once)
        proxy = stack.enter_context(an_nginx(folder / "proxy", site.port))
        url = f"http://127.0.0.1:{site.port}{path}"
        servers = [
            Server("nginx, file", f"http://127.0.0.1:{ports[0]}/page", (nginx,)),
            Server("bare granian", f"http://127.0.0.1:{ports[1]}{path}", (bare,)),
            Server("newsroom", url, (site.process.pid,)),
            Server("newsroom, 304", url, (site.process.pid,), (f"If-None-Match: {tag}",)),
            Server(
                "newsroom behind nginx",
                f"http://127.0.0.1:{proxy.port}{path}",
                (proxy.process.pid, site.process.pid),
                # Where the site's own name leads to nginx, it is asked by that.
                (f"Host: 127.0.0.1:{site.port}",),
            ),
        ]
        found = measured(servers, CONNECTIONS, rounds=ROUNDS, seconds=SECONDS)
        report(found, len(page), memory([site.process.pid]))
    return 0


def report(rounds: Measured, size: int, megabytes: float) -> None:
    print(f"\nA stored article of {size:,} bytes (brotli); all processes of the site: "
          f"{megabytes:.0f} MB.\n")  # fmt: skip
    print("| connections | server | answers/s | of bare granian | of nginx | CPU ms | of nginx "
          "| p99 ms |")  # fmt: skip
    print("| --- |" + " --- |" * 7)
    named = {}
    for (name, connections), each in sorted(rounds.items(), key=lambda item: item[0][1]):
        bare, nginx = (
            held_against(each, rounds[other, connections])
            for other in ("bare granian", "nginx, file")
        )
        found = middle(each)
        named[f"{name}, {connections}"] = {
            **found._asdict(), "of bare granian": bare.rate, "of nginx": nginx.rate,
            "cpu of nginx": nginx.cpu,
        }  # fmt: skip
        print(
            f"| {connections} | {name} | {found.rate:,.0f} | {bare.rate:.2f} | {nginx.rate:.2f} "
            f"| {found.cpu:.4f} | {nginx.cpu:.1f} | {found.p99:.1f} |"
        )
    out = ROOT / "var" / "bench-hits.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"bytes": size, "megabytes": megabytes, "figures": named}, indent=1))


if __name__ == "__main__":
    sys.exit(main())
