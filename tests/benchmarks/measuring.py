"""How the benchmarks measure: wrk against servers side by side, processor and memory by /proc.

In rounds, so that the machine's mood falls on all alike. The processor's time is user and system of
all processes of a server, its PostgreSQL included, divided by the answers.
"""

import os
import re
import socket
import statistics
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.management.sites import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
NGINX = """
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port}; root {folder};
    location / {{ default_type text/html; add_header Content-Encoding br;
                  add_header Vary Accept-Encoding; }}
  }}
}}
"""


class Server(NamedTuple):
    """Where it is asked, and the processes to which all of its processes belong."""

    name: str
    url: str
    pids: tuple[int, ...]
    asked_with: tuple[str, ...] = ()


class Figures(NamedTuple):
    """Answers a second; milliseconds of the processor an answer, of the middle one, of the slowest
    hundredth."""

    rate: float
    cpu: float
    p50: float
    p99: float


def family(pids: Iterable[int]) -> set[int]:
    """The processes and their descendants."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.parent.name, stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(number)] = int(rest[1])
    found = set(pids)
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def spent(pids: Iterable[int]) -> float:
    """Seconds of user and system of whole families, children that have gone included."""
    total = 0
    for each in family(pids):
        try:
            parts = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, parts[11:15]))
    return total / TICKS


def memory(pids: Iterable[int]) -> float:
    """Megabytes of families; what processes share counts once (Pss)."""
    total = 0
    for each in family(pids):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss: +(\d+)", text, re.M)[1])  # type: ignore[index]
    return total / 1000


def postgres() -> tuple[int, ...]:
    """The database's own process, under which all of its others are."""
    found = subprocess.run(["pgrep", "-o", "-x", "postgres"], capture_output=True, text=True,
                           check=True)  # fmt: skip
    return (int(found.stdout),)


def load(server: Server, connections: int, seconds: float) -> Figures:
    """So many seconds of as many requests as the server answers. wrk counts whole seconds."""
    headers = ("Accept-Encoding: gzip, deflate, br", *server.asked_with)
    before = spent(server.pids)
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s",
         "--timeout", "30s",
         "--latency", *(part for header in headers for part in ("-H", header)), server.url],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    used = spent(server.pids) - before
    _settle(server)
    assert "Non-2xx" not in done or "If-None-Match" in "".join(server.asked_with), done
    [answers] = re.findall(r"(\d+) requests in", done)
    [rate] = re.findall(r"Requests/sec: +([\d.]+)", done)
    return Figures(
        float(rate),
        used / max(1, int(answers)) * 1000,
        _percentile(done, 50),
        _percentile(done, 99),
    )


def _settle(server: Server, seconds: float = 20) -> None:
    """Wait until it has done what wrk no longer waits for: another would be measured beside it."""
    deadline, before = time.monotonic() + seconds, spent(server.pids)
    while time.monotonic() < deadline:
        time.sleep(0.1)
        now = spent(server.pids)
        if now - before < 0.03:
            return
        before = now


def _percentile(said: str, which: int) -> float:
    """In milliseconds."""
    [(number, unit)] = re.findall(rf"{which}% +([\d.]+)(us|ms|s|m)", said)
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


Measured = dict[tuple[str, int], list[Figures]]


def measured(
    servers: list[Server], connections: Iterable[int], *, rounds: int, seconds: float
) -> Measured:
    """Each round's figures, by the server's name and connections."""
    found: Measured = {}
    for _round in range(rounds):
        for count in connections:
            for server in servers:
                found.setdefault((server.name, count), []).append(load(server, count, seconds))
    return found


def measure(
    servers: list[Server], connections: Iterable[int], *, rounds: int, seconds: float
) -> dict[tuple[str, int], Figures]:
    """The median of the rounds, each figure for itself; by the server's name and connections."""
    found = measured(servers, connections, rounds=rounds, seconds=seconds)
    return {key: middle(each) for key, each in found.items()}


def middle(rounds: list[Figures]) -> Figures:
    return Figures(*(statistics.median(column) for column in zip(*rounds, strict=True)))


def held_against(one: list[Figures], other: list[Figures]) -> Figures:
    """The median of the ratios within each round, in which the machine was the same for both."""
    ratios = [
        Figures(*(a / (b or 0.001) for a, b in zip(here, there, strict=True)))
        for here, there in zip(one, other, strict=True)
    ]
    return middle(ratios)


@contextmanager
def running(*command: str, **environment: str) -> Iterator[int]:
    """In a session of its own, as `serve` gives its children and init a service: Linux divides the
    processor among sessions first (autogroups), and wrk's would share its part with the others."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, cwd=ROOT, start_new_session=True
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def is_listening(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
