"""Two editors, one article: nothing is overwritten, nothing is lost, and nobody is alarmed."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.admin.typed import as_form
from articles.models import Article, Author, Autosave, PublishedArticle, Revision, Section, Topic
from articles.publishing import publish, schedule
from articles.revisions import apply, revise, snapshot
from newsroom.accounts import roles
from newsroom.accounts.models import User
from tests.articles.test_admin_saving import change
from tests.conftest import person, rounds

Write = Callable[..., Article]
FIELDS = (
    "headline", "standfirst", "body", "lead_picture", "lead_caption", "section", "tags", "kicker",
    "kind", "column", "further_sections", "dateline", "language", "slug", "seo_title",
    "seo_description", "share_title", "share_text",
)  # fmt: skip
BODY = "<p>One.</p><p>Two.</p><p>Three.</p>"


def opened(article: Article, **fields: Any) -> dict[str, Any]:
    """What a browser sends that opened the article as it is now; keywords are what was typed."""
    article = Article.objects.get(pk=article.pk)
    sent: dict[str, Any] = as_form(snapshot(article), FIELDS)
    for n, line in enumerate(article.bylines.all()):
        sent[f"bylines-{n}-id"], sent[f"bylines-{n}-article"] = [str(line.pk)], [str(article.pk)]
    sent["bylines-INITIAL_FORMS"] = sent["bylines-TOTAL_FORMS"]
    return {**sent, "base_revision": str(article.latest_revision_id), "_continue": "Save", **fields}


def named(response: HttpResponse) -> dict[str, Any]:
    """The hidden fields of a page of conflicts, as a browser would send them back."""
    assert response.status_code == 409
    sent: dict[str, Any] = {"_continue": "Save the result"}
    for name, value in response.context["hidden"]:
        sent.setdefault(name, []).append(value)
    return sent


@pytest.fixture
def edith(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


@pytest.fixture
def carl(chief: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(chief)


@pytest.fixture
def story(write: Write) -> Article:
    return write("Tram line opens", body=BODY, standfirst="Early.", topics=["Trams"])


def test_fields_only_one_side_changed_are_taken_and_the_message_says_whose(
    edith: Client, carl: Client, story: Article
) -> None:
    mine = opened(story, headline="Chiara's headline", body=BODY.replace("One", "One, by Chiara"))
    edith.post(
        change(story), opened(story, standfirst="Edith's", body=BODY.replace("Two", "Two, by E"))
    )
    page = carl.post(change(story), mine, follow=True).content.decode()
    story.refresh_from_db()
    assert (story.headline, story.standfirst) == ("Chiara's headline", "Edith's")
    assert story.body == "<p>One, by Chiara.</p><p>Two, by E.</p><p>Three.</p>"
    assert "Edith Editor" in page
    assert "merged with version 2" in page
    assert "From you: headline, text." in page
    assert story.latest_revision
    assert story.latest_revision.snapshot == snapshot(story)
    assert story.latest_revision.number == 3


def test_a_paragraph_both_changed_is_asked_and_the_choice_is_saved(
    edith: Client, carl: Client, story: Article
) -> None:
    mine = opened(story, body=BODY.replace("Two", "Two by Chiara"), standfirst="Chiara's")
    edith.post(
        change(story), opened(story, body=BODY.replace("Two", "Two by Edith"), kicker="Edith's")
    )
    page = carl.post(change(story), mine)
    text = page.content.decode()
    assert "Two by Edith" in text.replace("<ins>", "").replace("</ins>", "")
    story.refresh_from_db()
    assert "Chiara" not in story.body
    sent = named(page)
    again = carl.post(change(story), sent)
    assert again.status_code == 409
    assert "Choose one." in again.content.decode()
    assert carl.post(change(story), {**sent, "choice-body-1": "both"}).status_code == 302
    story.refresh_from_db()
    assert story.body == "<p>One.</p><p>Two by Edith.</p><p>Two by Chiara.</p><p>Three.</p>"
    assert (story.standfirst, story.kicker) == ("Chiara's", "Edith's")


@pytest.mark.parametrize(
    ("choice", "headline"),
    [("mine", "Chiara's"), ("theirs", "Edith's"), ("own", "Words of both")],
)
def test_of_two_headlines_one_is_chosen_or_written_anew(
    edith: Client, carl: Client, story: Article, choice: str, headline: str
) -> None:
    mine = opened(story, headline="Chiara's")
    edith.post(change(story), opened(story, headline="Edith's"))
    page = carl.post(change(story), mine)
    assert b"own-headline" in page.content
    picked = {"choice-headline": choice, "own-headline": "Words\n of both"}
    assert carl.post(change(story), {**named(page), **picked}).status_code == 302
    story.refresh_from_db()
    assert story.headline == headline


def test_words_written_anew_are_checked_as_in_the_form(
    edith: Client, carl: Client, story: Article
) -> None:
    mine = opened(story, headline="Chiara's", body=BODY.replace("Two", "Two by Chiara"))
    edith.post(
        change(story), opened(story, headline="Edith's", body=BODY.replace("Two", "Two by Edith"))
    )
    sent = named(carl.post(change(story), mine))
    picked = {
        "choice-headline": "own", "own-headline": "x" * 201, "choice-body-1": "own",
        "own-body-1": "<p onclick='x()'>Anew<script>x()</script></p>",
    }  # fmt: skip
    page = carl.post(change(story), {**sent, **picked})
    assert page.status_code == 409
    assert "at most 200 characters" in page.content.decode()
    carl.post(change(story), {**named(page), **picked, "own-headline": "Short"})
    story.refresh_from_db()
    assert (story.headline, story.body) == ("Short", "<p>One.</p><p>Anew</p><p>Three.</p>")


def test_a_third_save_while_choosing_is_merged_with_the_choice(
    edith: Client, carl: Client, story: Article
) -> None:
    mine = opened(story, headline="Chiara's")
    edith.post(change(story), opened(story, headline="Edith's"))
    sent = named(carl.post(change(story), mine))
    edith.post(change(story), opened(story, kicker="Third"))
    assert carl.post(change(story), {**sent, "choice-headline": "mine"}).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.kicker) == ("Chiara's", "Third")
    # And one that touches the same again is asked about again.
    mine = opened(story, headline="Chiara's second")
    edith.post(change(story), opened(story, headline="Edith's second"))
    sent = named(carl.post(change(story), mine))
    edith.post(change(story), opened(story, headline="Edith's third"))
    page = carl.post(change(story), {**sent, "choice-headline": "mine"})
    assert page.status_code == 409
    carl.post(change(story), {**named(page), "choice-headline": "theirs"})
    story.refresh_from_db()
    assert story.headline == "Edith's third"


def test_words_written_while_choosing_stay_at_their_passage_when_a_third_save_comes(
    edith: Client, carl: Client, story: Article
) -> None:
    mine = opened(story, headline="Chiara's", body=BODY.replace("Three", "Mine"))
    theirs = {"headline": "Edith's", "body": BODY.replace("Three", "Theirs")}
    edith.post(change(story), opened(story, **theirs))
    sent = named(carl.post(change(story), mine))
    body = theirs["body"].replace("One", "First")
    edith.post(change(story), opened(story, body=body))
    chosen = {"choice-body-1": "own", "own-body-1": "<p>Of both.</p>"}
    page = carl.post(change(story), {**sent, **chosen})  # the headline was forgotten
    assert "Of both." in page.content.decode()
    carl.post(change(story), {**named(page), **chosen, "choice-headline": "mine"})
    story.refresh_from_db()
    assert story.headline == "Chiara's"
    assert story.body == "<p>First.</p><p>Two.</p><p>Of both.</p>"


def test_what_met_a_conflict_is_kept_when_the_window_is_closed(
    edith: Client, carl: Client, chief: User, story: Article
) -> None:
    mine = opened(story, headline="Chiara's", revision_note="A note")
    edith.post(change(story), opened(story, headline="Edith's"))
    sent = named(carl.post(change(story), mine))
    kept = Autosave.objects.get(user=chief, key=str(story.pk))
    assert (kept.data["headline"], kept.data["revision_note"]) == (["Chiara's"], ["A note"])
    assert kept.base_revision == Revision.objects.get(article=story, number=1)
    carl.post(change(story), {**sent, "choice-headline": "mine"})
    assert not Autosave.objects.filter(user=chief).exists()
    story.refresh_from_db()
    assert story.latest_revision
    assert story.latest_revision.note == "A note"


def test_publishing_and_a_schedule_in_between_alarm_nobody(
    edith: Client, story: Article, chief: User
) -> None:
    before = opened(story, headline="After all that")
    publish(story, by=chief)
    schedule(story, by=chief, publish_at=timezone.now() + timedelta(hours=1))
    assert edith.post(change(story), before).status_code == 302
    story.refresh_from_db()
    assert story.headline == "After all that"
    assert story.revisions.count() == 2


@pytest.mark.parametrize("base", ["", "0", "x", "9" * 30, "1\x00", None])
def test_a_form_that_does_not_say_its_version_overwrites_nothing(
    edith: Client, story: Article, base: str | None
) -> None:
    sent = opened(story, headline="By an old tab", base_revision=base)
    if base is None:
        del sent["base_revision"]
    page = edith.post(change(story), sent)
    story.refresh_from_db()
    assert story.headline == "Tram line opens"
    edith.post(change(story), {**named(page), "choice-headline": "mine"})
    story.refresh_from_db()
    assert story.headline == "By an old tab"


def test_a_version_of_another_article_is_no_version_of_this_one(
    edith: Client, story: Article, write: Write
) -> None:
    other = write("Another")
    sent = opened(story, headline="Mine", base_revision=str(other.latest_revision_id))
    assert edith.post(change(story), sent).status_code == 409
    sent["theirs_revision"] = str(other.latest_revision_id)
    sent["choice-headline"] = "mine"
    assert edith.post(change(story), sent).status_code == 409


def test_bylines_that_were_replaced_meanwhile_are_merged_by_who_they_name(
    edith: Client, carl: Client, story: Article, author: Author
) -> None:
    mine = opened(story, **{
        "bylines-TOTAL_FORMS": "2", "bylines-1-text": "Agencies", "bylines-1-order": "1",
    })  # fmt: skip
    taken = snapshot(story)
    taken["bylines"].append({"author_id": None, "text": "Staff", "role": ""})
    apply(story, taken)
    revise(story, by=None)
    assert carl.post(change(story), mine).status_code == 302
    lines = [line.text or line.author for line in story.bylines.all()]
    assert lines == [author, "Staff", "Agencies"]


def test_bylines_with_new_numbers_and_no_new_version_are_saved(
    edith: Client, story: Article, author: Author
) -> None:
    mine = opened(story, headline="Mine")
    apply(story, snapshot(story))
    assert edith.post(change(story), mine).status_code == 302
    story.refresh_from_db()
    assert story.headline == "Mine"
    assert [line.author for line in story.bylines.all()] == [author]


def test_new_tags_of_a_conflict_are_made_only_when_it_is_saved(
    edith: Client, carl: Client, story: Article
) -> None:
    mine = opened(story, headline="Chiara's", tags="Trams, Steel wheels")
    edith.post(change(story), opened(story, headline="Edith's", tags="Trams, Rails"))
    sent = named(carl.post(change(story), mine))
    assert not Topic.objects.filter(name="Steel wheels").exists()
    carl.post(change(story), {**sent, "choice-headline": "mine"})
    names = [place.tag.name for place in story.topic_places.order_by("pk")]
    assert names == ["Trams", "Rails", "Steel wheels"]


def test_a_stale_form_with_errors_stays_stale(edith: Client, carl: Client, story: Article) -> None:
    mine = opened(story, headline="", standfirst="Chiara's")
    edith.post(change(story), opened(story, standfirst="Edith's"))
    page = carl.post(change(story), mine)
    assert page.status_code == 200
    assert f'name="base_revision" value="{mine["base_revision"]}"' in page.content.decode()
    story.refresh_from_db()
    assert story.standfirst == "Edith's"
    assert carl.post(change(story), {**mine, "headline": "Now"}).status_code == 409


@pytest.mark.parametrize("button", ["_publish", "_release", "_schedule", "_approve"])
def test_a_merged_text_goes_nowhere_before_somebody_has_read_it(
    edith: Client, carl: Client, story: Article, button: str
) -> None:
    mine = opened(story, headline="Chiara's", **{button: "Go"})
    edith.post(change(story), opened(story, standfirst="Edith's"))
    response = carl.post(change(story), mine, follow=True)
    assert "read the merged text first" in response.content.decode()
    story.refresh_from_db()
    assert (story.headline, story.state, story.workflow) == ("Chiara's", "draft", "writing")
    assert not PublishedArticle.objects.exists()


def test_who_may_not_change_it_gets_no_page_of_conflicts(
    reporter: User, client_for: Callable[[User], Client], story: Article
) -> None:
    sent = opened(story, headline="Foreign", base_revision="")
    assert client_for(reporter).post(change(story), sent).status_code == 403


def test_hostile_words_in_a_conflict_are_shown_harmlessly(
    edith: Client, carl: Client, story: Article
) -> None:
    vector = '<script>alert(1)</script>\u202e\u200b"onload="x"'
    mine = opened(story, headline=vector[:150], body=f"<p>{'W' * 1_000_000}</p>")
    edith.post(change(story), opened(story, headline=f"E{vector}"[:150], body="<p>Edith</p>"))
    page = carl.post(change(story), mine).content.decode()
    assert "<script>alert" not in page
    assert 'value="&lt;script&gt;' in page


def test_merging_costs_no_more_queries_with_many_revisions(
    edith: Client, carl: Client, story: Article, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        story.kicker = f"K{n}"
        story.save()
        revise(story, by=None)
    mine = opened(story, headline="Mine")
    edith.post(change(story), opened(story, standfirst="Edith's"))
    with django_assert_max_num_queries(95):
        carl.post(change(story), mine)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_both_texts_are_kept(
    crowd: Callable[..., list[Any]],
) -> None:
    """100 of 100 in the drill; every other race is over the same paragraph."""

    def stage() -> tuple[int, list[Client]]:
        section = Section.objects.create(name="City", slug="city")
        article = Article.objects.create(headline="Race", body=BODY, section=section)
        revise(article, by=None)
        clients = []
        for name in ("Edith Editor", "Chiara Chief"):
            clients.append(Client())
            clients[-1].force_login(person(roles.CHIEF, name))
        return article.pk, clients

    ((pk, clients),) = crowd(stage, 1)
    for race in range(rounds(5, 100)):
        same = bool(race % 2)
        paragraphs = ("Two", "Two") if same else ("One", "Three")

        def prepare() -> list[dict[str, Any]]:
            article = Article.objects.get(pk=pk)
            Article.objects.filter(pk=pk).update(body=BODY)
            revise(article, by=None)
            Autosave.objects.all().delete()
            return [
                opened(article, body=BODY.replace(word, f"{word} by {n} in {race}"))  # noqa: B023
                for n, word in enumerate(paragraphs)  # noqa: B023
            ]

        (forms,) = crowd(prepare, 1)
        turns = itertools.count()

        def save() -> int:
            n = next(turns)  # noqa: B023
            return clients[n].post(f"/admin/articles/article/{pk}/change/", forms[n]).status_code  # noqa: B023

        answers = crowd(save, 2)
        ((body, kept),) = crowd(
            lambda: (
                Article.objects.get(pk=pk).body,
                [row.data["body"][0] for row in Autosave.objects.all()],
            ),
            1,
        )
        assert sorted(answers) == ([302, 409] if same else [302, 302])
        for n, word in enumerate(paragraphs):
            assert f"<p>{word} by {n} in {race}.</p>" in body + "".join(kept)
        if not same:
            assert kept == []
