"""A second run: nothing changes, staff's work stays, what changed there follows."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from articles.exchange.models import ImportedItem
from articles.models import Article, PublishedArticle, Revision
from articles.publishing import publish, unpublish
from articles.revisions import revise
from newsroom.addresses.models import Address
from newsroom.pages.models import Page
from tests.conftest import rounds
from tests.exchange.exports import item, write

Bring = Callable[..., str]


def state() -> list[object]:
    """Everything an import writes, without times of writing."""
    return [
        list(Article.objects.order_by("pk").values_list("headline", "body", "state", "slug")),
        list(PublishedArticle.objects.order_by("pk").values_list("slug", "published_at")),
        list(Page.objects.order_by("pk").values_list("title", "slug", "body", "updated_at")),
        sorted(Address.objects.values_list("path", "kind", "target")),
        list(ImportedItem.objects.order_by("pk").values_list("source_kind", "source_id", "mark")),
    ]


def test_the_real_export_twice_changes_nothing_the_second_time(
    bring: Bring, real_export: Path
) -> None:
    first = bring(real_export)
    before, revisions = state(), Revision.objects.count()
    second = bring(real_export)
    assert "No change" not in first
    assert "No change: everything was here already." in second
    assert (state(), Revision.objects.count()) == (before, revisions)
    assert Article.objects.count() == 51
    assert PublishedArticle.objects.count() == 44
    assert Page.objects.filter(is_public=True).count() == 21


@pytest.mark.once
def test_nothing_of_the_real_export_that_was_not_public_is_published(
    bring: Bring, real_export: Path
) -> None:
    bring(real_export)
    for headline in ("Scheduled", "Draft"):
        assert Article.objects.get(headline=headline).state == "draft"
    protected = Article.objects.get(headline__contains="Password Protected")
    assert protected.state == "draft"
    assert not PublishedArticle.objects.filter(pk=protected.pk).exists()
    assert Article.objects.get(headline="Scheduled").proposed_at is not None


def test_a_change_there_follows_while_nobody_has_edited_here(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(1), item(2, kind="page", title="About", name="about"))
    bring(path)
    write(path, item(1, title="Mended"), item(2, kind="page", title="About us", name="about"))
    assert "2 changes" in bring(path)
    assert PublishedArticle.objects.get().headline == "Mended"
    assert Page.objects.get().title == "About us"


def test_what_staff_have_edited_stays(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(1), item(2, kind="page", title="About", name="about"))
    bring(path)
    article, page = Article.objects.get(), Page.objects.get()
    article.headline = page.title = "By our desk"
    article.save()
    page.save()
    publish(article, by=None, revision=revise(article, by=None))
    write(path, item(1, title="Mended"), item(2, kind="page", title="Other", name="about"))
    printed = bring(path, verbose_items=True)
    assert printed.count("kept ") >= 2
    assert "No change" in printed
    assert PublishedArticle.objects.get().headline == "By our desk"
    assert Page.objects.get().title == "By our desk"


def test_what_staff_took_down_stays_down(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(1))
    bring(path)
    unpublish(Article.objects.get(), by=None)
    write(path, item(1, title="Mended"))
    bring(path)
    assert not PublishedArticle.objects.exists()


def test_what_staff_deleted_does_not_come_back(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(1, status="draft"), item(2, kind="page", name="about"))
    bring(path)
    Page.objects.get().delete()
    Article.objects.all().delete()
    write(path, item(1, title="New"), item(2, kind="page", name="about", title="New"))
    bring(path)
    assert (Article.objects.count(), Page.objects.count()) == (0, 0)


def test_what_is_made_private_there_is_taken_down_here(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(1))
    bring(path)
    write(path, item(1, status="private"))
    bring(path)
    assert Article.objects.get().state == "draft"
    assert not PublishedArticle.objects.exists()


def test_an_item_that_is_changed_twice_keeps_one_current_address(
    bring: Bring, tmp_path: Path
) -> None:
    path = write(tmp_path / "x.xml", item(1))
    for title in ("Two", "Three"):
        write(path, item(1, title=title))
        bring(path)
    assert PublishedArticle.objects.get().headline == "Three"
    assert Address.objects.filter(path="/?p=1").count() == 1


RUN = [sys.executable, "manage.py"]
KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.core.signals import request_finished
from django.db.models.signals import post_save
from articles.exchange.models import ImportedItem
seen = 0
def stop(sender, **kwargs):
    global seen
    seen += 1
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)  # inside an item's transaction
post_save.connect(stop, sender=ImportedItem)
call_command("import_articles", sys.argv[1], format="wxr")
"""


@pytest.mark.once
def test_an_import_killed_at_any_item_ends_up_the_same(tmp_path: Path) -> None:
    many = rounds(2, 40)
    items = [item(n, name=f"p{n}", title=f"Story {n}") for n in range(1, many + 1)]
    items.insert(3, item(500, kind="page", title="About", name="about"))
    path = write(tmp_path / "x.xml", *items)

    def run(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        there = {"NEWSROOM_DATA_DIR": str(tmp_path / folder), "NEWSROOM_ENV": "test"}
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        return subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, text=True, capture_output=True,
            env={**kept, **there, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}, check=False,
        )  # fmt: skip

    def summary(folder: str) -> str:
        script = (
            "import django; django.setup()\n"
            "from tests.exchange.test_again import state\n"
            "told = state(); print(told[:4]); print(len(told[4]))\n"
        )
        done = run(folder, "-W", "ignore", "-c", script)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("whole", "manage.py", "migrate", "-v0").returncode == 0
    (tmp_path / "broken").mkdir()
    for name in os.listdir(tmp_path / "whole"):
        if "sqlite3" in name:
            (tmp_path / "broken" / name).write_bytes((tmp_path / "whole" / name).read_bytes())
    command = ("manage.py", "import_articles", str(path), "--format", "wxr")
    assert "changes" in run("whole", *command).stdout
    for moment in ("2", "4") if many == 6 else ["2"] * (many // 2):
        done = run("broken", "-c", KILLED, str(path), moment)
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert "changes" in run("broken", *command).stdout
    assert "No change" in run("broken", *command).stdout
    assert summary("broken") == summary("whole")
