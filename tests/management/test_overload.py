"""Too many readers at once, and writers who wait for SQLite's lock: rows F12 and F16 of what the
site survives. What a start from nothing makes is counted by the server itself."""

import re
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conftest import rounds
from tests.management.conftest import empty_paper
from tests.management.readers import crowd_at, inside, opened_newsletter
from tests.management.sites import Paper, Serving, eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
TOKEN = "of-a-test"
PEOPLE = """
import json
from newsletter.models import Consent, SignUp
rows = [*Consent.objects.all(), *SignUp.objects.all()]
print(json.dumps(sorted(row.email for row in rows)))
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with empty_paper(tmp_path_factory.mktemp("overloaded")) as made:
        yield made


def figure(site: Serving, name: str) -> float:
    text = site.ask("/metrics", Authorization=f"Bearer {TOKEN}", Host="10.0.0.1")[2]
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)
    assert found, text
    return float(found[1])


def test_forty_readers_of_a_page_that_nobody_has_are_shown_one_that_was_made_once(
    paper: Paper,
) -> None:
    for path in (paper.data / "pages").glob("*/??/*"):
        path.unlink()
    site = paper.serve("--web-only", METRICS_TOKEN=TOKEN).wait_until_announced()
    try:
        gate, got = threading.Barrier(40), []

        def read() -> None:
            gate.wait(30)
            got.append(site.ask("/opinion/")[0])

        threads = [threading.Thread(target=read) for _reader in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert Counter(got) == {200: 40}
        eventually(lambda: figure(site, "newsroom_pages_made_total") == 1, 5)
    finally:
        site.stop()


def test_in_a_rush_pages_are_shown_and_searches_are_put_off(paper: Paper) -> None:
    site = paper.serve("--web-only", COSTLY_AT_ONCE="1").wait_until_announced()
    try:
        eventually(lambda: all(site.ask(path)[0] == 200 for path in ("/", "/opinion/")), 20)
        waited: list[float] = []
        with (
            crowd_at(
                site, "/search/?q=water", "/search/suggest/?q=wa", readers=16, pause=0
            ) as searched,
            crowd_at(site, "/", "/opinion/", times=waited) as read,
        ):
            until = time.monotonic() + rounds(3, 30)
            while time.monotonic() < until or len(read) < 100 or 503 not in searched:
                assert time.monotonic() < until + 60, Counter(searched)
                time.sleep(0.1)
        assert Counter(read) == {200: len(read)}
        assert set(searched) == {200, 503}
        assert sorted(waited)[int(len(waited) * 0.95)] < 2  # of which the promise is a tenth
        eventually(lambda: site.ask("/search/?q=water")[0] == 200, 5)
    finally:
        site.stop()


def test_while_sqlite_s_lock_is_held_readers_read_on_and_no_writer_is_lost(paper: Paper) -> None:
    if paper.settings.get("DATABASE_URL"):
        pytest.skip("a run on PostgreSQL")
    form = opened_newsletter(paper)
    site = paper.serve().wait_until_announced()
    other = sqlite3.connect(paper.data / "newsroom.sqlite3", isolation_level=None, timeout=30)
    try:
        eventually(lambda: all(site.ask(path)[0] == 200 for path in ("/", "/opinion/")), 20)
        eventually(lambda: all(site.ask("/newsletter/")[0] == 200 for _n in range(12)), 20)
        answers: dict[str, tuple[int, dict[str, str]]] = {}

        def write(reader: str) -> None:
            peer = f"127.0.1.{len(reader)}"
            status, headers, _text = site.send("/newsletter/", {**form, "email": reader}, peer)
            answers[reader] = status, headers

        readers = [f"writer{n}@post.example" for n in range(20)]
        writers = [threading.Thread(target=write, args=(reader,)) for reader in readers]
        other.execute("BEGIN IMMEDIATE")
        with crowd_at(site, "/", "/opinion/", "/contact/") as read:
            for writer in writers:
                writer.start()
            time.sleep(rounds(3, 13))  # a writer waits for ten seconds
            other.execute("ROLLBACK")
            for writer in writers:
                writer.join(60)
        assert Counter(read) == {200: len(read)}
        assert len(answers) == 20
        assert {status for status, _headers in answers.values()} <= {202, 303, 503}
        assert all(h["retry-after"] for status, h in answers.values() if status == 503)
        taken = sorted(reader for reader, (status, _h) in answers.items() if status != 503)
        assert taken
        eventually(lambda: inside(paper, PEOPLE) == taken, 60, f"not all of {taken} are there")
    finally:
        other.close()
        site.stop()
