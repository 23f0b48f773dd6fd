"""The admin's list of articles searches the desk's copies through an index of its own."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Article, Author, DeskEntry, PublishedArticle, SearchEntry, Section
from articles.models.kinds import Kind
from articles.publishing.bin import bin_article
from articles.revisions import revise
from articles.search import desk as searching
from articles.topics import find
from newsroom.accounts.models import User

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
Write = Callable[..., Article]


@pytest.fixture
def desk(chief: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(chief)


def listed(desk: Client, **asked: str) -> list[str]:
    page = desk.get(LIST, asked)
    assert page.status_code == 200
    return sorted(article.headline for article in page.context["cl"].result_list)


def test_a_draft_is_found_by_its_headline_standfirst_text_address_byline_and_tags(
    desk: Client, write: Write
) -> None:
    write(
        "Tunnels audited", standfirst="Eleven months", body="<p>Nobody was <em>in</em> charge.</p>",
        slug="the-missing-year", topics=["Harbour board"], kicker="Exclusive",
    )  # fmt: skip
    write("Ferry")
    for asked in ("tunnel", "months", "charged", '"in charge"', "missing-year", "reporter", "board",
                  "exclusive", "tunnel rami", "tunnel -ferry"):  # fmt: skip
        found = [name for name in listed(desk, q=asked) if name == "Tunnels audited"]
        assert found, asked
    assert listed(desk, q="tunnel ferry") == []
    assert SearchEntry.objects.count() == 0


def test_a_headline_is_found_before_its_words_are_typed_out(desk: Client, write: Write) -> None:
    write("Tunnels audited")
    for asked in ("t", "tun", "tunnels au", "Audit"):
        assert listed(desk, q=asked) == ["Tunnels audited"]
    assert listed(desk, q="unnels") == []


def test_the_desk_finds_what_was_saved_and_readers_what_was_published(
    desk: Client, client: Client, live: Callable[..., PublishedArticle]
) -> None:
    article = live("Tram opens").article
    article.headline = "Ferry opens"
    article.save()
    revise(article, by=None)
    assert (listed(desk, q="tram"), listed(desk, q="ferry")) == ([], ["Ferry opens"])
    assert len(client.get("/search/?q=tram").context["found"].stories) == 1


def test_a_search_keeps_to_the_filters_of_the_list(
    desk: Client, write: Write, live: Callable[..., PublishedArticle]
) -> None:
    sport = Section.objects.create(name="Sport", slug="sport")
    write("Tram draft")
    write("Tram derby", section=sport, kind=Kind.ANALYSIS)
    live("Tram opens")
    bin_article(write("Tram in the bin"), by=None)
    assert listed(desk, q="tram") == ["Tram derby", "Tram draft", "Tram opens"]
    assert listed(desk, q="tram", status="live") == ["Tram opens"]
    assert listed(desk, q="tram", status="bin") == ["Tram in the bin"]
    assert listed(desk, q="tram", section__id__exact=str(sport.pk)) == ["Tram derby"]
    assert listed(desk, q="tram", kind__exact="analysis") == ["Tram derby"]


def test_an_author_and_a_topic_are_found_under_their_new_names(
    desk: Client, write: Write, author: Author
) -> None:
    write("Tram opens", topics=["Trams"])
    author.name = "Rami Émile"
    author.save()
    topic = find("Trams")
    assert topic is not None
    topic.name = "Street railways"
    topic.save()
    assert listed(desk, q="Émile") == listed(desk, q="railways") == ["Tram opens"]
    assert listed(desk, q="reporter") == []


def test_choosers_find_stories_as_they_are_typed(desk: Client, write: Write) -> None:
    write("Tram opens")
    bin_article(write("Tram in the bin"), by=None)
    asked = {"app_label": "breaking", "model_name": "breakingitem", "field_name": "article"}
    answer = desk.get("/admin/autocomplete/", {**asked, "term": "tra"}).json()
    assert [each["text"] for each in answer["results"]] == ["Tram opens"]
    assert len(desk.get("/admin/autocomplete/", {**asked, "term": ""}).json()["results"]) == 1


def test_of_a_very_common_word_those_changed_last_are_listed_and_it_is_said(
    desk: Client, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        write(f"Tram {number}", kind=Kind.OPINION if number == 0 else Kind.NEWS)
    for name, value in (("MOST", 2), ("BATCH", 2), ("LOOKED_AT", 4)):
        monkeypatch.setattr(searching, name, value)

    def said(**asked: str) -> bool:
        return "only those changed last are listed" in desk.get(LIST, asked).content.decode()

    assert listed(desk, q="tram") == ["Tram 4", "Tram 5"]
    assert said(q="tram")
    assert listed(desk, q="tram", kind__exact="opinion") == []  # looked at were the last four
    assert said(q="tram", kind__exact="opinion")
    assert not said(q="0")


def test_the_list_costs_no_query_more_when_a_search_finds_more(
    desk: Client, write: Write, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(8):
        write(f"Tram {number}", topics=[f"Topic {number}"])
    desk.get(LIST)
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        assert len(listed(desk, q="tram")) == 8


def test_a_deleted_article_leaves_the_index(chief: User, write: Write) -> None:
    article = write("Tram opens")
    assert DeskEntry.objects.count() == 1
    article.revisions.all().delete()
    Article.objects.filter(pk=article.pk).delete()
    assert DeskEntry.objects.count() == 0
