"""An article is taken from the readers for a reason of one kind or another, and comes back."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Article, Byline, CheckLevel, History, PublishedArticle, Tombstone
from articles.models.kinds import WithdrawalKind
from articles.publishing import CannotPublish, publish, restore, withdraw
from articles.revisions import revise
from newsroom.accounts.models import User

Live = Callable[..., PublishedArticle]
Log = Callable[[User], Client]

LISTS = ("/", "/city/", "/topic/court/", "/author/rami-reporter/", "/feed/", "/city/feed/",
         "/opinion/", "/sitemap.xml")  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (WithdrawalKind.ERROR, 410, "has been withdrawn"),
        (WithdrawalKind.LEGAL, 451, "for legal reasons"),
        (WithdrawalKind.RETRACTION, 410, "has been retracted"),
        (WithdrawalKind.EXPIRED, 410, "no longer available"),
    ],
)
def test_the_address_answers_410_or_451_with_the_reason_and_a_restore_undoes_it(
    client: Client, live: Live, chief: User, kind: WithdrawalKind, status: int, words: str
) -> None:
    row = live("Wrongly accused", topics=["Court"])
    address = row.get_absolute_url()
    listed = [path for path in LISTS if "ccused" in client.get(path).content.decode()]
    assert len(listed) >= 5
    withdraw(row.article, by=chief, reason="First line.\nSecond <b>line</b>.", kind=kind)
    gone = client.get(address)
    assert (gone.status_code, gone["Cache-Control"]) == (status, "no-cache")
    page = gone.content.decode()
    assert words in page
    assert str(status) in page
    assert "First line.<br>Second &lt;b&gt;line&lt;/b&gt;." in page
    assert "ccused" not in page
    versions = client.get(f"{address}versions/")
    assert (versions.status_code, versions["Cache-Control"]) == (status, "no-cache")
    assert versions.content.decode() == page
    for path in LISTS:
        assert "ccused" not in client.get(path).content.decode(), path
    restore(row.article, by=chief)
    assert client.get(address).status_code == 200
    assert client.get(f"{address}versions/").status_code == 200
    assert [path for path in LISTS if "ccused" in client.get(path).content.decode()] == listed
    taken, back = History.objects.filter(verb__in=["withdraw", "restore"]).order_by("pk")
    assert (taken.by, taken.details["kind"]) == (chief, kind.value)
    assert taken.note.startswith("First line.")
    assert (back.verb, back.by) == ("restore", chief)


def test_the_desk_chooses_the_kind_and_sees_it_again_before_restoring(
    client_for: Log, client: Client, live: Live, editor: User
) -> None:
    row = live()
    base, desk = f"/admin/articles/article/{row.pk}", client_for(editor)
    asked = desk.get(f"{base}/withdraw/").content.decode()
    for word in ("Published in error", "Legal reasons", "Retraction", "Expired", "451"):
        assert word in asked, word
    desk.post(f"{base}/withdraw/", {"kind": "legal", "reason": "A court forbids it."})
    assert Tombstone.objects.get().kind == "legal"
    before = desk.get(f"{base}/restore/").content.decode()
    assert "Legal reasons" in before
    assert "A court forbids it." in before
    desk.post(f"{base}/restore/")
    assert client.get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"kind": "legal", "reason": " "}, "readers will see it"),
        ({"kind": "nonsense", "reason": "x"}, "Select a valid choice"),
        ({"kind": "legal", "reason": "x\x00"}, "Null characters"),
        ({"kind": "legal", "reason": "x" * 100_000}, "at most 2000"),
    ],
)
def test_what_cannot_be_a_withdrawal_changes_nothing_and_keeps_what_was_typed(
    client_for: Log, live: Live, editor: User, typed: dict[str, str], problem: str
) -> None:
    row = live()
    page = client_for(editor).post(f"/admin/articles/article/{row.pk}/withdraw/", typed)
    assert page.status_code == 200
    assert problem in page.content.decode()
    assert PublishedArticle.objects.exists()


def test_a_withdrawal_keeps_dates_and_version_for_the_way_back(live: Live, chief: User) -> None:
    row = live()
    published, version = row.published_at, row.revision_id
    withdraw(row.article, by=chief, reason="To be checked.", kind=WithdrawalKind.RETRACTION)
    restore(row.article, by=chief)
    back = PublishedArticle.objects.get()
    assert (back.published_at, back.revision_id, back.updated_at) == (published, version, None)
    assert row.article.changes.count() == 1


def test_a_check_made_stricter_since_keeps_no_withdrawn_article_from_coming_back(
    live: Live, chief: User
) -> None:
    row = live("Wrongly accused", lead_picture=None)
    Byline.objects.filter(article=row.article).delete()
    without = publish(row.article, by=chief, revision=revise(row.article, by=chief))
    withdraw(row.article, by=chief, reason="By mistake.")
    CheckLevel.objects.create(check_name="byline", level=CheckLevel.Level.BLOCK)
    assert restore(row.article, by=chief).revision_id == without.revision_id
    Article.objects.filter(pk=row.pk).update(headline="Another")
    again = revise(Article.objects.get(pk=row.pk), by=chief)
    with pytest.raises(CannotPublish):
        publish(row.article, by=chief, revision=again)


def test_what_readers_never_saw_is_not_withdrawn_and_no_notice_tells_of_it(
    client: Client, write: Callable[..., Article], chief: User
) -> None:
    article = write("Never seen")
    with pytest.raises(ValueError, match="never saw"):
        withdraw(article, by=chief, reason="By mistake.")
    assert not Tombstone.objects.exists()
    assert client.get(f"/city/never-seen-{article.pk}/").status_code == 404
