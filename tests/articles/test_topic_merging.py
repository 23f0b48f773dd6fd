"""Merging and splitting topics, and undoing it: what moves, what comes back, what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Article,
    ArticleTopic,
    NotTwins,
    PublishedArticle,
    PublishedTopic,
    Revision,
    Topic,
    TopicAlias,
    TopicMerge,
)
from articles.publishing import publish, unpublish
from articles.revisions import apply, revise
from articles.topics import find, find_all, find_or_make, for_names, put
from articles.topics.merging import CannotMerge, merge, split
from articles.topics.undoing import undo
from newsroom.addresses.models import Address
from newsroom.pages.menus import read_menus
from newsroom.pages.models import Menu, MenuEntry

pytestmark = pytest.mark.django_db
Live = Callable[..., PublishedArticle]
Write = Callable[..., Article]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = (Topic, TopicAlias, ArticleTopic, PublishedTopic, Address, MenuEntry, Revision, NotTwins)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that a merge may touch, dates of writing apart."""
    return {
        model.__name__: [*model._default_manager.order_by("pk").values()]  # type: ignore[attr-defined]
        for model in TABLES
    }


def tags(article: Article | PublishedArticle) -> list[str]:
    places = ArticleTopic.objects.filter(content_object_id=article.pk)
    return [place.tag.name for place in places.select_related("tag")]


def seen(article: Article | PublishedArticle) -> list[str]:
    """The topics readers see on it, in order."""
    places = PublishedTopic.objects.filter(article_id=article.pk)
    return [place.topic.name for place in places.select_related("topic")]


@pytest.fixture
def paper(live: Live, write: Write) -> dict[str, Any]:
    """Articles with one of the two or both, in either order, drafts and live; all that hangs on."""
    made: dict[str, Any] = {
        "source": live("Only the source", topics=["Trams", "Putin", "Ferries"], at=NOON),
        "both": live("Both", topics=["Vladimir Putin", "Trams", "Putin"], at=NOON),
        "target": live("Only the target", topics=["Vladimir Putin"], at=NOON),
        "draft": write("A draft", topics=["Putin"]),
        "none": live("Neither", topics=["Trams"], at=NOON),
    }
    putin, full = find_or_make("Putin"), find_or_make("Vladimir Putin")
    TopicAlias.objects.create(topic=putin, name="President Putin")
    child = find_or_make("Putin visits")
    child.parent = putin
    child.save()
    full.parent = putin
    full.save()
    menu = Menu.objects.create(place=Menu.Place.SECOND, title="Second")
    MenuEntry.objects.create(menu=menu, kind="topic", object_id=putin.pk)
    return {**made, "putin": putin, "full": full, "child": child}


def test_the_articles_names_and_menu_entries_of_a_merged_topic_are_the_target_s(
    paper: dict[str, Any], client: Client
) -> None:
    old = client.get("/topic/putin/")
    assert old.status_code == 200
    merge(paper["putin"], paper["full"], by=None)
    assert tags(paper["source"]) == seen(paper["source"]) == ["Trams", "Vladimir Putin", "Ferries"]
    assert tags(paper["both"]) == seen(paper["both"]) == ["Vladimir Putin", "Trams"]
    assert tags(paper["draft"]) == ["Vladimir Putin"]
    assert find("PUTIN") == find("president putin") == paper["full"]
    assert [topic.name for topic in for_names(["Putin", "Vladimir Putin"])] == ["Vladimir Putin"]
    answer = client.get("/topic/putin/")
    assert (answer.status_code, answer["Location"]) == (301, "/topic/vladimir-putin/")
    assert "no-cache" in answer["Cache-Control"]
    shown = client.get("/topic/vladimir-putin/").context["cards"]
    assert [card.headline for card in shown] == ["Only the target", "Both", "Only the source"]
    assert [link.href for group in read_menus() for link in group.entries] == [
        "/topic/vladimir-putin/"
    ]
    paper["child"].refresh_from_db()
    assert paper["child"].parent == paper["full"]


@pytest.mark.parametrize("kind", ["merge", "back", "split", "split into known"])
def test_a_merge_and_its_undoing_leave_every_row_as_it_was(
    paper: dict[str, Any], kind: str
) -> None:
    before = everything()
    if kind == "merge":
        done = merge(paper["putin"], paper["full"], by=None)
    elif kind == "back":
        done = merge(paper["full"], paper["putin"], by=None)
    elif kind == "split":
        done = split(paper["putin"], ["Kremlin", "Russia"], by=None)
    else:
        done = split(paper["putin"], ["Vladimir Putin", "Trams", "Russia"], by=None)
    assert everything() != before
    undo(done, by=None)
    assert everything() == before


def test_a_split_topic_is_all_its_parts(paper: dict[str, Any], live: Live, client: Client) -> None:
    story = live("A meeting", topics=["Trams", "Netanyahu Putin", "Ferries"], at=NOON)
    split(find_or_make("Netanyahu Putin"), ["Netanyahu", "Putin"], by=None)
    assert tags(story) == seen(story) == ["Trams", "Netanyahu", "Putin", "Ferries"]
    assert [topic.name for topic in find_all("netanyahu PUTIN")] == ["Netanyahu", "Putin"]
    assert find("Netanyahu Putin") == find("Netanyahu")
    assert [t.name for t in for_names(["Netanyahu  Putin", "Iran"])] == [
        "Netanyahu", "Putin", "Iran",
    ]  # fmt: skip
    assert client.get("/topic/netanyahu-putin/")["Location"] == "/topic/netanyahu/"
    assert not TopicAlias.objects.filter(topic=find("Netanyahu")).exists()


def test_a_redirect_never_goes_through_a_second_one(paper: dict[str, Any], client: Client) -> None:
    """A into B into C, and an older address of A."""
    first = paper["putin"]
    first.slug = "mr-putin"
    first.save()
    last = find_or_make("Presidents")
    merge(first, paper["full"], by=None)
    merge(paper["full"], last, by=None)
    for address in ("/topic/putin/", "/topic/mr-putin/", "/topic/vladimir-putin/"):
        assert client.get(address)["Location"] == "/topic/presidents/"
    assert find("Putin") == find("Vladimir Putin") == last
    assert tags(paper["both"]) == ["Presidents", "Trams"]


def test_merges_one_behind_the_other_are_undone_from_the_last(paper: dict[str, Any]) -> None:
    before = everything()
    one = merge(paper["putin"], paper["full"], by=None)
    two = merge(paper["full"], find_or_make("Trams"), by=None)
    with pytest.raises(CannotMerge, match="“Vladimir Putin” was itself merged"):
        undo(one, by=None)
    undo(two, by=None)
    undo(one, by=None)
    assert everything() == before
    with pytest.raises(CannotMerge, match="undone already"):
        undo(one, by=None)


@pytest.fixture
def crossed(live: Live, write: Write) -> list[Article | PublishedArticle]:
    """Articles with each choice of three topics, live ones and a draft."""
    choices = ("A", "B", "C", "AB", "BA", "AC", "CB", "CBA", "BDA", "ADBC")
    made = [live(names, topics=[*names, "Trams"], at=NOON) for names in choices]
    find_or_make("D")
    return [*made, write("A draft", topics=["B", "A"])]


def both(articles: list[Article | PublishedArticle]) -> list[tuple[list[str], list[str]]]:
    return [(tags(article), seen(article)) for article in articles]


def as_if(name: str, parts: list[str], had: list[str]) -> set[str]:
    """The names with the parts in place of one."""
    return {part for each in had for part in (parts if each == name else [each])}


WAYS: dict[str, list[tuple[str, list[str]]]] = {
    "two merges": [("A", ["C"]), ("B", ["C"])],
    "a split, a merge": [("A", ["C", "D"]), ("B", ["C"])],
    "a split, a merge into its second": [("A", ["C", "D"]), ("B", ["D"])],
    "a merge, a split": [("A", ["C"]), ("B", ["C", "D"])],
    "a merge, a split that names it second": [("A", ["C"]), ("B", ["D", "C"])],
    "two splits": [("A", ["C", "D"]), ("B", ["D", "C"])],
}


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("way", WAYS)
def test_of_two_merges_into_one_topic_either_is_undone_first_and_no_tag_is_lost(
    way: str, first: int, crossed: list[Article | PublishedArticle]
) -> None:
    before = both(crossed)
    done = [
        merge(find(name), find(parts[0]), by=None)  # type: ignore[arg-type]
        if len(parts) == 1 else split(find(name), parts, by=None)  # type: ignore[arg-type]
        for name, parts in WAYS[way]
    ]  # fmt: skip
    undo(done[first], by=None)
    wanted = [tuple(as_if(*WAYS[way][1 - first], had) for had in pair) for pair in before]
    assert [tuple(map(set, pair)) for pair in both(crossed)] == wanted
    undo(done[1 - first], by=None)
    assert [[sorted(had) for had in pair] for pair in both(crossed)] == [
        [sorted(had) for had in pair] for pair in before
    ]


def test_of_three_merges_into_one_topic_any_order_of_undoing_loses_no_tag(
    live: Live, write: Write
) -> None:
    for names in permutations((0, 1, 2)):
        article = live("All", topics=["A", "B", "D"], at=NOON)
        find_or_make("C")
        done = [merge(find(name), find("C"), by=None) for name in "ABD"]  # type: ignore[arg-type]
        assert (tags(article), seen(article)) == (["C"], ["C"])
        for number in names:
            undo(done[number], by=None)
        assert set(tags(article)) == set(seen(article)) == {"A", "B", "D"}


def test_a_version_saved_under_two_merges_says_both_again_whichever_is_undone_first(
    live: Live, write: Write
) -> None:
    draft = write("A draft", topics=["A", "B", "Trams"])
    find_or_make("C")
    done = [merge(find(name), find("C"), by=None) for name in "AB"]  # type: ignore[arg-type]
    put(draft, for_names(["Trams", "C"]))
    version = revise(draft, by=None)
    for one in done:
        undo(one, by=None)
    version.refresh_from_db()
    named = Topic.objects.in_bulk(version.snapshot["topics"])
    assert sorted(topic.name for topic in named.values()) == ["A", "B", "Trams"]


def test_what_leads_round_or_nowhere_is_refused_and_changes_nothing(paper: dict[str, Any]) -> None:
    putin, full = paper["putin"], paper["full"]
    with pytest.raises(CannotMerge, match="cannot become itself"):
        merge(putin, putin, by=None)
    merge(putin, full, by=None)
    before = everything()
    with pytest.raises(CannotMerge, match="merged into “Vladimir Putin”"):
        merge(full, putin, by=None)
    with pytest.raises(CannotMerge, match="merged already"):
        merge(putin, find_or_make("Trams"), by=None)
    with pytest.raises(CannotMerge, match="two different topics"):
        split(full, ["Kremlin", " KREMLIN "], by=None)
    with pytest.raises(CannotMerge, match="cannot become itself"):
        split(full, ["Kremlin", "Putin"], by=None)
    with pytest.raises(CannotMerge, match="100 characters"):
        split(full, ["x" * 10_000, "Putin"], by=None)
    with pytest.raises(CannotMerge, match="no longer there"):
        merge(Topic(pk=999_999_999), full, by=None)
    assert everything() == before
    assert TopicMerge.objects.count() == 1


def test_what_was_done_since_the_merge_is_respected_when_it_is_undone(
    paper: dict[str, Any], live: Live, write: Write
) -> None:
    plain, gone, anew = (write(name, topics=["Putin"]) for name in ("Plain", "Gone", "Anew"))
    more = write("More", topics=["Putin"])
    done = merge(paper["putin"], paper["full"], by=None)
    put(gone, for_names(["Trams"]))
    put(anew, [])
    put(anew, for_names(["Vladimir Putin"]))
    put(more, for_names(["Trams", "Putin", "Ferries"]))
    put(paper["both"].article, for_names(["Trams"]))
    later = live("Later", topics=["Putin"])
    undo(done, by=None)
    assert tags(plain) == ["Putin"]
    assert tags(gone) == ["Trams"]
    assert tags(anew) == ["Vladimir Putin"]
    assert tags(more) == ["Trams", "Putin", "Ferries"]
    assert tags(paper["both"]) == ["Trams"]
    assert tags(later) == seen(later) == ["Vladimir Putin"]
    assert find("putin") == paper["putin"]


def test_old_versions_that_name_a_merged_topic_publish_and_restore_as_the_target(
    paper: dict[str, Any],
) -> None:
    article = paper["source"].article
    old = article.latest_revision
    done = merge(paper["putin"], paper["full"], by=None)
    assert revise(article, by=None) == old  # nothing was changed by hand
    unpublish(article, by=None)
    publish(article, by=None, revision=old)
    assert seen(article) == ["Trams", "Vladimir Putin", "Ferries"]
    put(article, [])
    assert apply(article, old.snapshot) == []
    assert tags(article) == ["Trams", "Vladimir Putin", "Ferries"]
    undo(done, by=None)
    assert seen(article) == ["Trams", "Putin", "Ferries"]


def test_a_version_saved_while_the_merge_stood_says_the_source_again(
    paper: dict[str, Any],
) -> None:
    article, both = paper["source"].article, paper["both"].article
    done = merge(paper["putin"], paper["full"], by=None)
    for each in (article, both):
        each.refresh_from_db()
        each.headline = "Another headline"
        each.save()
        publish(each, by=None, revision=revise(each, by=None))
    undo(done, by=None)
    for each, wanted in (
        (article, ["Trams", "Putin", "Ferries"]),
        (both, ["Vladimir Putin", "Trams", "Putin"]),
    ):
        assert sorted(tags(each)) == sorted(seen(each)) == sorted(wanted)
        each.refresh_from_db()
        publish(each, by=None)
        assert sorted(seen(each)) == sorted(wanted)
        assert revise(each, by=None).number == 2 or each is both


def test_a_merge_costs_the_same_for_two_articles_and_for_forty(
    write: Write, paper: dict[str, Any]
) -> None:
    def cost(name: str, count: int) -> int:
        for number in range(count):
            publish(write(f"{name} {number}", topics=[name]), by=None)
        source = find_or_make(name)
        with CaptureQueriesContext(connection) as done:
            made = merge(source, paper["full"], by=None)
        with CaptureQueriesContext(connection) as undone:
            undo(made, by=None)
        return len(done) + len(undone)

    assert cost("Few", 2) == cost("Many", 40)


def test_a_topic_of_drafts_alone_does_not_tell_its_name_when_it_is_merged(
    write: Write, client: Client
) -> None:
    write("Secret", topics=["Secret plan"])
    merge(find_or_make("Secret plan"), find_or_make("Plans"), by=None)
    assert client.get("/topic/secret-plan/").status_code == 404
