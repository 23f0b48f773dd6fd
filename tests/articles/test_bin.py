"""The bin: what is put there is nowhere else, and comes back with every word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, History, PublishedArticle
from articles.publishing import CannotPublish, publish, withdraw
from articles.publishing.bin import CannotBin, bin_article, unbin
from articles.publishing.schedule import schedule
from articles.revisions import snapshot
from newsroom.accounts.models import User

Log = Callable[[User], Client]
Write = Callable[..., Article]


def test_it_comes_back_from_the_bin_as_it_was(editor: User, write: Write) -> None:
    article = write("Thrown away", topics=["Trams"])
    before, modified = snapshot(article), article.modified_at
    assert bin_article(article, by=editor)
    assert article.is_binned
    assert not bin_article(article, by=editor)  # it is there already: no second act
    assert unbin(article, by=editor)
    again = Article.objects.get()
    assert (again.is_binned, snapshot(again), again.modified_at) == (False, before, modified)
    assert [*History.objects.order_by("pk").values_list("verb", flat=True)] == [
        "save", "bin", "unbin",
    ]  # fmt: skip


def test_what_readers_see_or_are_told_of_is_refused(
    editor: User, live: Callable[..., PublishedArticle]
) -> None:
    article = live().article
    with pytest.raises(CannotBin, match="Readers see"):
        bin_article(article, by=editor)
    withdraw(article, by=editor, reason="A mistake")
    with pytest.raises(CannotBin, match="notice"):
        bin_article(article, by=editor)
    assert not Article.objects.get().is_binned


def test_what_would_go_live_by_itself_is_refused(editor: User, write: Write) -> None:
    article = write()
    schedule(article, by=editor, publish_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(CannotBin, match="schedule"):
        bin_article(article, by=editor)


def test_nothing_in_the_bin_goes_live(editor: User, write: Write) -> None:
    article = write()
    bin_article(article, by=editor)
    with pytest.raises(CannotPublish):
        publish(article, by=editor)
    with pytest.raises(CannotPublish):
        schedule(article, by=editor, publish_at=timezone.now() + timedelta(hours=1))
    assert not PublishedArticle.objects.exists()


BINNED = "Zzyzx in the bin"
PLACES = (
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/?status=draft",
    "/admin/articles/article/?q=Zzyzx",
    "/admin/articles/article/?whose=mine&stage=in_edit",
    "/admin/articles/article/?_popup=1&q=Zzyzx",
    "/admin/articles/article/day/",
)


def test_it_is_in_no_list_count_chooser_or_panel_but_the_bin(
    chief: User, client_for: Log, write: Write
) -> None:
    desk, now = client_for(chief), timezone.now()
    article = write(
        BINNED, created_by=chief, assigned_to=chief, workflow="in_edit", due_at=now,
        proposed_at=now,
    )  # fmt: skip
    headlines = f"/admin/articles/article/headlines/?ids={article.pk}"
    shown = {place for place in PLACES if f">{BINNED}<" in desk.get(place).content.decode()}
    assert shown == {*PLACES}  # before
    assert BINNED in desk.get(headlines).content.decode()
    bin_article(article, by=chief)
    assert not [p for p in PLACES if f">{BINNED}<" in desk.get(p).content.decode()]
    assert desk.get(headlines).json() == {}
    bin_list = desk.get("/admin/articles/article/?status=bin").content.decode()
    assert BINNED in bin_list
    assert "unbin_selected" in bin_list
    assert "publish_selected" not in bin_list


def test_in_the_bin_it_can_be_read_and_put_back_and_not_changed(
    editor: User, client_for: Log, write: Write
) -> None:
    article, desk = write(), client_for(editor)
    base = f"/admin/articles/article/{article.pk}/"
    assert "Put into the bin…" in desk.get(f"{base}change/").content.decode()
    assert desk.get(f"{base}bin/").status_code == 200
    assert not Article.objects.get().is_binned  # asking is not doing
    assert "Put it back…" in desk.post(f"{base}bin/", follow=True).content.decode()
    page = desk.get(f"{base}change/").content.decode()
    assert "In the bin since" in page
    assert "Put back from the bin…" in page
    assert 'name="headline"' not in page
    assert desk.post(f"{base}change/", {"headline": "x"}).status_code == 403
    assert desk.post(f"{base}unbin/", follow=True).status_code == 200
    assert not Article.objects.get().is_binned


def test_a_reporter_bins_what_they_began_and_nothing_else(
    reporter: User, client_for: Log, write: Write
) -> None:
    own, given = write("Own", created_by=reporter), write("Given", assigned_to=reporter)
    desk = client_for(reporter)
    assert desk.post(f"/admin/articles/article/{own.pk}/bin/").status_code == 302
    assert desk.post(f"/admin/articles/article/{given.pk}/bin/").status_code == 403
    assert [*Article.objects.exclude(binned_at=None)] == [own]
