"""Worker and tick were dead for an hour: row F19 of what the site survives."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.management.conftest import empty_paper
from tests.management.readers import inside, opened_newsletter
from tests.management.sites import MANAGE, Paper, Serving, eventually
from tests.post_office import a_post_office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
TOKEN = "of-a-test"
STAGE = "from tests.management import halves; halves.stage(1)"
PLAN = "from tests.management import halves; halves.plan(2, 0)"
AN_HOUR_LATER = """
from datetime import timedelta
from django.db.models import F
from django_tasks_db.models import DBTaskResult
from articles.models import Article
from newsroom.models import JobRun
hour = timedelta(hours=1)
DBTaskResult.objects.update(enqueued_at=F("enqueued_at") - hour)
Article.objects.filter(publish_at__isnull=False).update(publish_at=F("publish_at") - hour)
JobRun.objects.update(started_at=F("started_at") - hour, done_at=F("done_at") - hour)
print("[]")
"""
UNHEARD_FOR_AN_HOUR = """
from datetime import timedelta
from django.db.models import F
from newsroom.models import Heartbeat
print(Heartbeat.objects.update(heard_at=F("heard_at") - timedelta(hours=1)))
"""
LOOK = """
import json
from articles.models import Article, History
from newsletter.models import Consent
print(json.dumps({
    "live": Article.objects.filter(state="live").count(),
    "published": History.objects.filter(verb="publish").count(),
    "consents": sorted(Consent.objects.values_list("email", flat=True)),
}))
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with empty_paper(tmp_path_factory.mktemp("unworked")) as made:
        assert made.manage("tick").returncode == 0  # it ran once
        yield made


def figures(site: Serving) -> dict[str, float]:
    text = site.ask("/metrics", Authorization=f"Bearer {TOKEN}", Host="10.0.0.1")[2]
    return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", text, re.M)}


def test_a_dead_worker_is_seen_on_the_desk_and_in_figures_and_what_was_due_is_done_once(
    paper: Paper,
) -> None:
    form, cookie = opened_newsletter(paper), inside(paper, STAGE)["cookie"]
    readers = sorted(f"reader{n}@post.example" for n in range(3))
    site = paper.serve("--web-only", METRICS_TOKEN=TOKEN).wait_until_announced()
    try:
        for reader in readers:
            assert site.send("/newsletter/", {**form, "email": reader})[0] == 303
        inside(paper, PLAN)
        inside(paper, AN_HOUR_LATER)
        desk = site.ask("/admin/", Cookie=cookie)[2]
        assert "The worker does nothing: 3 tasks" in desk
        assert "The clock that publishes has not run since" in desk
        found = figures(site)
        assert found["newsroom_task_oldest_waiting_seconds"] > 3500
        assert found["newsroom_publications_overdue"] == 2
        for path in ("/", "/opinion/", "/healthz", "/readyz"):
            assert site.ask(path)[0] == 200
    finally:
        site.stop()
    with a_post_office() as box:
        mail = f"smtp://127.0.0.1:{box.port}"
        site = paper.serve(METRICS_TOKEN=TOKEN, EMAIL_URL=mail).wait_until_announced()
        try:
            eventually(lambda: set(readers) <= set(box.readers), 60, f"no mail: {box.readers}")
            eventually(lambda: figures(site)["newsroom_publications_overdue"] == 0, 60)
            desk = eventually(lambda: _well(site, cookie), 60, "the desk still says it")
            assert "has not run since" not in desk
        finally:
            site.stop()
    assert box.readers == readers
    found = inside(paper, LOOK)
    assert (found["live"], found["published"], found["consents"]) == (2, 2, readers)


def _well(site: Serving, cookie: str) -> str:
    """The desk, when it no longer says that the worker does nothing; else nothing."""
    desk = site.ask("/admin/", Cookie=cookie)[2]
    return "" if "The worker does nothing" in desk or "has not run since" in desk else desk


@contextmanager
def a_worker(paper: Paper) -> Iterator["subprocess.Popen[bytes]"]:
    command = [*MANAGE, "db_worker", "--queue-name", "*"]
    with (paper.data / "worker.log").open("ab") as log:
        worker = subprocess.Popen(command, env=paper.environment(), stdout=log, stderr=log)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def unheard(site: Serving) -> float:
    """Seconds since a worker was heard of; infinity for never."""
    text = site.ask("/metrics", Authorization=f"Bearer {TOKEN}", Host="10.0.0.1")[2]
    found = re.search(r'^newsroom_last_heard_seconds\{kind="worker"\} (\S+)$', text, re.M)
    return float(found[1]) if found else float("inf")


def test_a_worker_that_hangs_or_died_is_noticed_while_nothing_waits_for_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    said = "The worker was last heard of at"
    with empty_paper(tmp_path_factory.mktemp("unheard")) as paper:
        cookie = inside(paper, STAGE)["cookie"]
        site = paper.serve("--web-only", METRICS_TOKEN=TOKEN).wait_until_announced()
        try:
            with a_worker(paper) as worker:
                eventually(lambda: unheard(site) < 60, 30, "no worker was heard of")
                assert said not in site.ask("/admin/", Cookie=cookie)[2]
                worker.send_signal(signal.SIGSTOP)
                assert inside(paper, UNHEARD_FOR_AN_HOUR) == 1
                assert unheard(site) > 3500
                assert said in site.ask("/admin/", Cookie=cookie)[2]
            assert said in site.ask("/admin/", Cookie=cookie)[2]
            with a_worker(paper):
                eventually(lambda: unheard(site) < 60, 30, "the new worker was not heard of")
                assert said not in site.ask("/admin/", Cookie=cookie)[2]
        finally:
            site.stop()
