"""What readers see is what was published, all of it or nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Column, History, PublishedArticle, Revision, Section, Topic
from articles.models.kinds import ChangeKind
from articles.publishing import CannotPublish, publish, restore, rows, unpublish, withdraw
from articles.revisions import revise
from newsroom.accounts.models import User

Write = Callable[..., Article]
Live = Callable[..., PublishedArticle]


def test_a_draft_is_nowhere(client: Client, write: Write) -> None:
    article = write("Secret merger", topics=["Merger"])
    for address in ("/", "/city/", "/feed/", "/city/feed/", "/author/rami-reporter/", "/opinion/"):
        assert "Secret merger" not in client.get(address).content.decode()
    assert client.get("/topic/merger/").status_code == 404
    assert client.get(f"/city/secret-merger-{article.pk}/").status_code == 404


def test_saving_changes_nothing_readers_see_until_it_is_published(
    client: Client, live: Live
) -> None:
    row = live("First version")
    article = row.article
    article.headline = "Second version"
    article.save()
    revise(article, by=None)
    address = row.get_absolute_url()
    assert "First version" in client.get(address).content.decode()
    assert "Second version" not in client.get("/").content.decode()
    article.refresh_from_db()
    assert article.has_unpublished_changes
    publish(article, by=None)
    response = client.get(address, follow=True)
    assert response.redirect_chain == [(f"/city/second-version-{article.pk}/", 301)]
    assert "Second version" in response.content.decode()


def test_a_published_article_stands_in_every_list(client: Client, live: Live) -> None:
    row = live("Tram line opens", topics=["Trams"])
    for address in ("/", "/city/", "/topic/trams/", "/author/rami-reporter/", "/feed/"):
        assert "Tram line opens" in client.get(address).content.decode(), address
    assert client.get(row.get_absolute_url()).status_code == 200


def test_an_article_without_section_headline_or_text_is_refused_and_stays_a_draft(
    write: Write,
) -> None:
    article = write("No home", section=None, body="<p>  </p>")
    with pytest.raises(CannotPublish) as refusal:
        publish(article, by=None)
    assert set(refusal.value.problems) == {"section", "body"}
    article.refresh_from_db()
    assert article.state == "draft"
    assert article.first_published_at is None
    assert not History.objects.exclude(verb="save").exists()


def test_publishing_is_all_or_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    article = write("Half done", topics=["Halves"])

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(rows, "refresh_topics", fail)
    with pytest.raises(RuntimeError):
        publish(article, by=None)
    article.refresh_from_db()
    assert article.state == "draft"
    assert not PublishedArticle.objects.exists()


def test_only_a_told_update_moves_the_date_readers_see(live: Live) -> None:
    row = live(at=datetime(2026, 1, 5, 8, tzinfo=UTC))
    article = row.article
    article.body = "<p>It opened. A comma, mended.</p>"
    article.save()
    revise(article, by=None)
    assert publish(article, by=None).updated_at is None
    later = datetime(2026, 1, 6, 9, 30, 15, 999, tzinfo=UTC)
    updated = publish(article, by=None, change=ChangeKind.UPDATE, at=later)
    assert updated.updated_at == later.replace(microsecond=0)
    assert updated.published_at == datetime(2026, 1, 5, 8, tzinfo=UTC)


def test_any_other_slug_or_section_redirects_once_to_the_present_address(
    client: Client, live: Live
) -> None:
    row = live("Tram line opens")
    for asked in (f"/city/tram-lin-opens-{row.pk}/", f"/politics/tram-line-opens-{row.pk}/"):
        response = client.get(asked)
        assert response.status_code == 301
        assert response["Location"] == row.get_absolute_url()
        assert "no-cache" in response["Cache-Control"]
        assert client.get(response["Location"]).status_code == 200


def test_a_withdrawn_article_leaves_every_list_and_gives_its_reason(
    client: Client, live: Live, chief: User
) -> None:
    row = live("Wrongly accused", topics=["Court"])
    address = row.get_absolute_url()
    withdraw(row.article, by=chief, reason="A court has forbidden it.")
    gone = client.get(address)
    assert gone.status_code == 410
    assert gone["Cache-Control"] == "no-cache"  # else browsers never see it restored
    assert "A court has forbidden it." in gone.content.decode()
    assert "Wrongly accused" not in gone.content.decode()
    for listed in ("/", "/city/", "/feed/", "/author/rami-reporter/"):
        assert "Wrongly accused" not in client.get(listed).content.decode()
    assert client.get("/topic/court/").status_code == 404
    restore(row.article, by=chief)
    assert client.get(address).status_code == 200
    assert [act.verb for act in History.objects.order_by("pk")] == [
        "save", "publish", "withdraw", "restore",
    ]  # fmt: skip


def test_a_withdrawal_without_a_reason_is_refused(live: Live) -> None:
    row = live()
    with pytest.raises(ValueError, match="Say why"):
        withdraw(row.article, by=None, reason="  ")
    assert PublishedArticle.objects.filter(pk=row.pk).exists()


def test_an_unpublished_article_answers_as_if_it_had_never_been(client: Client, live: Live) -> None:
    row = live()
    unpublish(row.article, by=None)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert Article.objects.get(pk=row.pk).state == "draft"


def test_a_save_without_a_change_makes_no_revision(write: Write) -> None:
    article = write()
    revise(article, by=None)
    assert Revision.objects.filter(article=article).count() == 1
    article.kicker = "Transport"
    article.save()
    assert revise(article, by=None).number == 2


def test_an_article_stands_in_its_further_sections_too(client: Client, write: Write) -> None:
    culture = Section.objects.create(name="Culture", slug="culture")
    article = write("Opera on the tram")
    article.further_sections.add(culture)
    revise(article, by=None)
    row = publish(article, by=None)
    assert "Opera on the tram" in client.get("/culture/").content.decode()
    assert row.get_absolute_url().startswith("/city/")


def test_a_renamed_author_is_renamed_on_every_card(client: Client, live: Live, author: Any) -> None:
    live("Signed story")
    author.name = "Rami Al-Reporter"
    author.slug = "rami-al-reporter"
    author.save()
    assert "Rami Al-Reporter" in client.get("/city/").content.decode()
    moved = client.get("/author/rami-reporter/")
    assert (moved.status_code, moved["Location"]) == (301, "/author/rami-al-reporter/")


def test_removing_an_account_never_touches_a_byline(
    client: Client, live: Live, author: Any, reporter: User
) -> None:
    author.user = reporter
    author.save()
    row = live()
    reporter.delete()
    assert "Rami Reporter" in client.get(row.get_absolute_url()).content.decode()


def test_two_articles_of_one_second_are_both_listed_across_pages(
    client: Client, live: Live
) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for number in range(45):
        live(f"Story number {number:02}", at=at - timedelta(seconds=number // 3))
    seen: list[str] = []
    address: str | None = "/city/"
    while address:
        context = client.get(address).context
        if "shown" in context:  # the first page: what stands on the front, then the list
            placed = [slot for block in context["shown"].blocks for slot in block.cards]
            seen += [slot.card.headline for slot in placed]
        seen += [card.headline for card in context["cards"]]
        older = context["pager"].older
        address = f"/city/{older}" if older else None
    assert len(seen) == 45
    assert len(set(seen)) == 45


def test_a_topic_is_linked_from_menus_only_while_it_has_a_live_article(live: Live) -> None:
    from newsroom.addresses.book import places_of

    row = live(topics=["Trams"])
    topic = Topic.objects.get(name="Trams")
    assert places_of([("topic", topic.pk)])
    unpublish(row.article, by=None)
    assert not places_of([("topic", topic.pk)])


def test_who_unpublishes_what_was_just_withdrawn_leaves_no_notice(
    client: Client, live: Live
) -> None:
    row = live()
    address = row.get_absolute_url()
    withdraw(row.article, by=None, reason="It was not true.")
    unpublish(row.article, by=None)
    assert client.get(address).status_code == 404


def test_a_withdrawn_article_comes_back_without_what_was_deleted_meanwhile(live: Live) -> None:
    gone = Section.objects.create(name="Fair", slug="fair")
    column = Column.objects.create(name="Asides", slug="asides")
    article = live(column=column).article
    article.further_sections.set([gone])
    publish(article, by=None, revision=revise(article, by=None))
    withdraw(article, by=None, reason="To be checked.")
    article.further_sections.clear()
    Article.objects.update(column=None)
    gone.delete()
    column.delete()
    restore(Article.objects.get(), by=None)
    row = PublishedArticle.objects.get()
    assert row.column is None
    assert [place.section.slug for place in row.section_places.all()] == ["city"]


def test_a_withdrawn_article_whose_section_was_deleted_is_not_restored(live: Live) -> None:
    article = live().article
    withdraw(article, by=None, reason="To be checked.")
    old = article.section
    Article.objects.update(section=Section.objects.create(name="Fair", slug="fair"))
    assert old is not None
    old.delete()
    with pytest.raises(CannotPublish, match="section"):
        restore(Article.objects.get(), by=None)
    assert Article.objects.get().state == "withdrawn"


def test_a_restore_publishes_only_what_readers_saw_and_only_once(
    write: Callable[..., Article], live: Live
) -> None:
    draft = write("Never released")
    # As a withdrawal left it when it took drafts too.
    Article.objects.filter(pk=draft.pk).update(state="withdrawn")
    with pytest.raises(CannotPublish):
        restore(draft, by=None)
    article = live("First words").article
    withdraw(article, by=None, reason="To be checked.")
    late = Article.objects.get(pk=article.pk)  # somebody else's page, opened now
    restore(article, by=None)
    article.headline = "Newer words"
    article.save()
    publish(article, by=None, revision=revise(article, by=None))
    with pytest.raises(CannotPublish, match="already"):
        restore(late, by=None)
    assert [row.headline for row in PublishedArticle.objects.all()] == ["Newer words"]
