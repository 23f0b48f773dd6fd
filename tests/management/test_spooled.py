"""Readers sign up while a real PostgreSQL is stopped or frozen: nobody is lost, each gets one mail.

Row F8 and F9 of what the site survives, as far as sign-ups go; the pages are in
test_database_down.py.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import cases, rounds
from tests.management.postgres import Cluster, a_postgres, programs
from tests.management.readers import inside, opened_newsletter
from tests.management.sites import Paper, Serving, eventually
from tests.post_office import Box, a_post_office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

LOOK = """
import json
from newsletter.models import Consent, SignUp, Subscription
print(json.dumps({
    "consents": sorted(Consent.objects.values_list("email", flat=True)),
    "waiting": SignUp.objects.count(),
    "states": sorted(Subscription.objects.values_list("state", flat=True)),
}))
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    where = programs()
    if where is None:
        pytest.skip("no server of PostgreSQL is installed")
    with a_postgres(where) as made:
        yield made


@pytest.fixture(scope="module")
def paper(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    made = Paper(tmp_path_factory.mktemp("paper"), {"DATABASE_URL": cluster.url})
    done = made.manage("prepare")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def form(paper: Paper) -> dict[str, str]:
    return opened_newsletter(paper)


def files(paper: Paper) -> list[Path]:
    return [path for path in (paper.data / "sign-ups").rglob("*") if path.is_file()]


def know_what_is_on_offer(site: Serving) -> None:
    """Each web process has read it: a reader's connection goes to any of them."""
    eventually(lambda: all(site.ask("/newsletter/")[0] == 200 for _n in range(12)), 20)


def is_away(site: Serving) -> bool:
    """To every web process."""
    return all(site.ask("/search/")[0] == 503 for _reader in range(12))


@pytest.mark.parametrize("fault", cases("frozen", drill=["stopped"]))
def test_who_signs_up_without_a_database_gets_one_mail_when_it_is_back(
    paper: Paper, cluster: Cluster, form: dict[str, str], fault: str
) -> None:
    with a_post_office() as box:
        site = paper.serve(EMAIL_URL=f"smtp://127.0.0.1:{box.port}").wait_until_announced()
        try:
            know_what_is_on_offer(site)
            (cluster.stop if fault == "stopped" else cluster.freeze)()
            eventually(lambda: is_away(site), 20)
            readers = _sign_up(site, form, fault)
            assert len(files(paper)) == len(readers) + 1  # one of them did it twice
            (cluster.start if fault == "stopped" else cluster.thaw)()
            _back_with_killed_ticks(paper, site, box, readers)
        finally:
            if fault == "frozen":
                cluster.thaw()
            site.stop()


def _sign_up(site: Serving, form: dict[str, str], fault: str) -> list[str]:
    """So many readers, who are told that it is noted; a mistake and another form are answered."""
    readers = sorted(f"{fault}{n}@post.example" for n in range(rounds(5, 25)))
    for reader in [*readers, readers[0]]:
        status, _headers, text = site.send("/newsletter/", {**form, "email": reader})
        assert (status, "We have noted your sign-up" in text) == (202, True)
    assert site.send("/newsletter/", {**form, "email": "nobody"})[0] == 422
    status, headers, _text = site.send("/contact/", {"email": "a@post.example", "body": "Hello"})
    assert (status, headers["retry-after"]) == (503, "30")
    assert site.ask("/newsletter/check-mail/")[0] == 200
    return readers


def _back_with_killed_ticks(paper: Paper, site: Serving, box: Box, readers: list[str]) -> None:
    """The tick is killed while it takes them in; then each reader has one mail and one consent."""
    eventually(lambda: site.ask("/search/")[0] == 200, 20)
    for _round in range(rounds(1, 5)):
        eventually(lambda: len(files(paper)) < len(readers) + 1 or site.pids("tick"), 20)
        for pid in site.pids("tick"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    eventually(lambda: not files(paper), 60, "they were not taken in")
    eventually(lambda: set(readers) <= set(box.readers), 60, f"no mail: {box.readers}")
    found = inside(paper, LOOK)
    assert [email for email in found["consents"] if email in readers] == readers
    assert (found["waiting"], set(found["states"])) == (0, {"pending"})
    assert [to for to in box.readers if to in readers] == readers
    assert {letter["subject"] for _to, letter in box.mails} == {"Please confirm: The Morning Post"}


def test_a_machine_with_web_processes_alone_takes_in_what_waits_on_its_disk(
    paper: Paper, cluster: Cluster, form: dict[str, str]
) -> None:
    site = paper.serve("--web-only").wait_until_announced()
    try:
        know_what_is_on_offer(site)
        cluster.freeze()
        eventually(lambda: is_away(site), 20)
        assert site.send("/newsletter/", {**form, "email": "web-only@post.example"})[0] == 202
        assert len(files(paper)) == 1
        cluster.thaw()
        eventually(lambda: not files(paper), 60, "it was not taken in")
        assert inside(paper, LOOK)["waiting"] == 1  # for the worker of another machine
    finally:
        cluster.thaw()
        site.stop()
