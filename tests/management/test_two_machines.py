"""Two machines, each with a data folder of its own, over one database and one media folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.management.conftest import own_database
from tests.management.replicas import Desk
from tests.management.sites import Paper, Serving, eventually
from tests.management.stories import MENDED, PUBLISHED, WITHDRAWN

pytestmark = pytest.mark.xdist_group("two machines")

LOG_IN = """
from django.conf import settings
from django.test import Client
from tests.management.halves import _chief
client = Client()
client.force_login(_chief())
answer = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
"""
PICTURE = """
from newsroom.media.uploads import accept
from tests.management.copies import _picture
from tests.management.halves import _chief
answer = accept(_picture(1), by=_chief()).master_name
"""
COUNT = """
from newsroom.lib.ratelimit import allow
answer = allow("doors", "one reader", limit=1, seconds=3600)
"""
KEY = "one-key-for-both-machines-" + "x" * 32


@dataclass
class Machine:
    """What runs there, and somebody at work there."""

    site: Serving
    desk: Desk


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Machine]]:
    with own_database() as database:
        if not database:
            pytest.skip("a run on SQLite")
        media = tmp_path_factory.mktemp("media")
        papers = [_machine(tmp_path_factory.mktemp(name), media, database) for name in "ab"]
        assert papers[0].manage("migrate", "--verbosity=0").returncode == 0
        assert papers[0].manage("createcachetable").returncode == 0
        found = [
            Machine(paper.serve(*options), Desk(paper))
            for paper, options in zip(papers, ([], ["--web-only"]), strict=True)
        ]
        try:
            for machine in found:
                machine.site.wait_until_announced()
            yield found
        finally:
            for machine in found:
                machine.desk.go()
                machine.site.stop()


def _machine(folder: Path, media: Path, database: str) -> Paper:
    (folder / "media").symlink_to(media)
    return Paper(folder, {"DATABASE_URL": database, "SECRET_KEY": KEY})


def test_what_is_done_on_one_machine_is_seen_on_both(machines: list[Machine]) -> None:
    here, there = machines
    pk, path = here.desk.do(PUBLISHED.format(headline="Tram line opens"))  # type: ignore[misc]
    for machine in machines:
        eventually(lambda: "Tram line opens" in machine.site.ask(path)[2], 10)  # noqa: B023
        eventually(lambda: "Tram line opens" in machine.site.ask("/")[2], 10)  # noqa: B023
    there.desk.do(MENDED.format(pk=pk, headline="Tram line delayed"))
    for machine in machines:
        eventually(lambda: "delayed" in machine.site.ask("/city/")[2], 10)  # noqa: B023
        eventually(lambda: "delayed" in machine.site.ask("/")[2], 10)  # noqa: B023
    there.desk.do(WITHDRAWN.format(pk=pk))
    for machine in machines:
        eventually(lambda: machine.site.ask(path)[0] == 410, 10)  # noqa: B023
        eventually(lambda: "delayed" not in machine.site.ask("/")[2], 10)  # noqa: B023


def test_who_is_logged_in_on_one_machine_is_logged_in_on_both(machines: list[Machine]) -> None:
    cookie = str(machines[0].desk.do(LOG_IN))
    for machine in machines:
        assert machine.site.ask("/admin/", Cookie=cookie)[0] == 200
        assert machine.site.ask("/admin/")[0] == 302


def test_pictures_and_counts_of_readers_are_those_of_all_machines(machines: list[Machine]) -> None:
    here, there = machines
    name = here.desk.do(PICTURE)
    for machine in machines:
        with urlopen(f"http://127.0.0.1:{machine.site.port}/media/{name}") as picture:
            assert picture.read(2) == b"\xff\xd8"
    assert [here.desk.do(COUNT), there.desk.do(COUNT)] == [True, False]
