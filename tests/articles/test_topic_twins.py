"""Near-twins among the topics: what is reported and why, and what is done about it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, NotTwins, PublishedArticle, Topic, TopicAlias, TopicMerge
from articles.topics import find, find_or_make, near_twins
from articles.topics.likeness import Spelling, reason, rest_of
from articles.topics.merging import merge, split
from articles.topics.twins import COMMON, find_twins, report
from newsroom.accounts.models import User

pytestmark = pytest.mark.django_db
Live = Callable[..., PublishedArticle]
TWINS = reverse("admin:articles_topic_twins")


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Al-Quds", "al quds", "letters"),
        ("Cafés", "Cafes", "accents"),
        ("Istanbul", "İstanbul", "accents"),
        ("Election", "Elections", "plural"),
        ("Party", "Parties", "plural"),
        ("Netanyahu", "Netanyahou", "sound"),
        ("Netanyahu", "נתניהו", "script"),
        ("Netanyahu", "Нетаньяху", "script"),
        ("Vladimir Putin", "Владимир Путин", "script"),
        ("Vladimir Putin", "ולדימיר פוטין", "script"),
        ("Putin", "بوتين", "script"),
        ("Iran", "إيران", "script"),
        ("Iran", "איראן", "script"),
        ("Putin", "Рutin", "script"),  # a Cyrillic Р
        ("Putin Vladimir", "Vladimir Putin", "order"),
        ("Putin", "Vladimir Putin", "words"),
        ("פוטין", "Vladimir Putin", "words"),
        ("Putin", "Netanyahu Putin", "words"),
        ("Netanya", "נתניהו", None),
        ("Iran", "Iraq", None),
        ("Iran", "Oran", None),
        ("Elections 2026", "Elections 2028", None),
        ("Elections", "Elections 2026", None),
        ("Austria", "Australia", None),
        ("Bus", "Business", None),
    ],
)
def test_names_are_alike_for_a_reason_that_is_said(one: str, other: str, why: str | None) -> None:
    assert reason(Spelling(one), Spelling(other)) == why
    assert reason(Spelling(other), Spelling(one)) == why
    found = find_twins([(1, one), (2, other)])
    assert [pair.why for pair in found] == ([why] if why else [])


def test_putin_vladimir_putin_and_netanyahu_putin_are_reported() -> None:
    for name in ("Putin", "putin", "Iran", "iran", "Vladimir Putin", "Netanyahu Putin", "Trams"):
        find_or_make(name)
    assert Topic.objects.count() == 5
    assert {alias.name for alias in TopicAlias.objects.all()} == {"putin", "iran"}
    named = dict(Topic.objects.values_list("pk", "name"))
    found = {frozenset((named[pair.first], named[pair.second])) for pair in report()}
    assert found == {
        frozenset(("Putin", "Vladimir Putin")), frozenset(("Putin", "Netanyahu Putin")),
    }  # fmt: skip


def test_another_name_of_a_topic_is_compared_as_well() -> None:
    topic = find_or_make("Davor Selwyn")
    TopicAlias.objects.create(topic=topic, name="Selwyn")
    other = find_or_make("Selwyn Amarand")
    assert [{pair.first, pair.second} for pair in report()] == [{topic.pk, other.pk}]


def test_a_word_that_many_topics_have_makes_no_twins() -> None:
    names = [(number, f"Council of Place{number}") for number in range(COMMON + 1)]
    assert find_twins([(999, "Council"), *names]) == []
    assert len(find_twins([(999, "Council"), *names[:5]])) >= 5


def test_what_the_longer_name_says_besides_is_offered_for_splitting() -> None:
    assert rest_of(Spelling("Putin"), Spelling("Netanyahu Putin")) == "Netanyahu"
    assert rest_of(Spelling("Iran"), Spelling("Iran and Israel")) == "and Israel"


def test_pairs_said_to_be_no_twins_are_remembered_and_taken_back(desk: Client) -> None:
    one, other = find_or_make("Trams"), find_or_make("Trams of Lod")
    page = desk.get(TWINS).content.decode()
    assert "Trams of Lod" in page
    assert "one name is part of the other" in page
    sent = {"first": other.pk, "second": one.pk}
    assert desk.post(reverse("admin:articles_topic_apart"), sent).status_code == 302
    assert not desk.get(TWINS).context["rows"]
    assert "Trams of Lod" in desk.get(reverse("admin:articles_topic_apart")).content.decode()
    desk.post(reverse("admin:articles_topic_revoke_apart", args=[NotTwins.objects.get().pk]))
    assert len(desk.get(TWINS).context["rows"]) == 1


def links(page: str, words: str) -> list[str]:
    found = re.findall(r'<a class="button" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    return [href.replace("&amp;", "&") for href, text in found if text == words]


def test_a_merge_from_the_report_takes_three_clicks_and_its_undoing_one(
    desk: Client, live: Live, client: Client
) -> None:
    live("About him", topics=["Putin"])
    live("About him again", topics=["Vladimir Putin"])
    live("Once more", topics=["Vladimir Putin"])
    merging = links(desk.get(TWINS).content.decode(), "Merge…")[0]  # the first click
    page = desk.get(merging)
    assert "About him again" in page.content.decode()
    assert "/topic/putin/" in page.content.decode()
    way = next(way for way in page.context["ways"] if way["chosen"])
    assert (way["stays"].name, way["articles"]) == ("Vladimir Putin", 1)
    fields = {
        "one": page.context["one"].pk, "other": page.context["other"].pk, "back": "twins",
        "keep": way["stays"].pk,  # the second, unless it is chosen already
    }  # fmt: skip
    done = desk.post(reverse("admin:articles_topic_merge"), fields, follow=True)  # the third
    assert "“Putin” is part of “Vladimir Putin” now." in done.content.decode()
    assert client.get("/topic/putin/")["Location"] == "/topic/vladimir-putin/"
    undoing = re.search(r'action="([^"]+/undo/)"', done.content.decode())
    assert undoing
    back = desk.post(undoing[1], {"back": "twins"}, follow=True)
    assert "a topic of its own again" in back.content.decode()
    assert client.get("/topic/putin/").status_code == 200


def test_a_split_from_the_report_takes_three_clicks(desk: Client, live: Live) -> None:
    story = live("Two men meet", topics=["Netanyahu Putin"])
    find_or_make("Putin")
    splitting = links(desk.get(TWINS).content.decode(), "Split…")[0]
    page = desk.get(splitting)
    assert page.context["parts"][:2] == ["Netanyahu", "Putin"]
    done = desk.post(splitting.split("?")[0], {"part": page.context["parts"], "back": "twins"})
    assert done.status_code == 302
    places = story.topic_places.select_related("topic").order_by("order", "pk")
    assert [place.topic.name for place in places] == ["Netanyahu", "Putin"]


def test_the_list_of_merges_says_what_keeps_one_from_being_undone(desk: Client) -> None:
    a, b, c = (find_or_make(name) for name in ("Aa", "Bb", "Cc"))
    first = merge(a, b, by=None)
    merge(b, c, by=None)
    page = desk.get(reverse("admin:articles_topic_merges")).content.decode()
    assert "“Bb” was itself merged or split since" in page
    address = reverse("admin:articles_topic_undo_merge", args=[first.pk])
    assert "itself merged" in desk.post(address, follow=True).content.decode()
    assert TopicMerge.objects.filter(undone_at=None).count() == 2


@pytest.mark.parametrize(
    "sent",
    [
        {"one": "9" * 40}, {"one": "\x00"}, {"other": "1"}, {"one": "-1"}, {},
        {"one": "T", "other": "T", "keep": "T"}, {"one": "T", "name": "x" * 10_000},
        {"one": "T", "name": "Trams"}, {"one": "T", "other": "9" * 17, "keep": "T"},
        {"one": "T", "other": "O", "keep": "9"}, {"one": "T", "other": "O"},
    ],
)  # fmt: skip
def test_what_no_page_sends_merges_nothing_and_breaks_nothing(
    desk: Client, sent: dict[str, str]
) -> None:
    keys = {"T": str(find_or_make("Trams").pk), "O": str(find_or_make("Other").pk)}
    fields = {name: keys.get(value, value) for name, value in sent.items()}
    address = reverse("admin:articles_topic_merge")
    for answer in (desk.get(address, fields), desk.post(address, fields)):
        assert answer.status_code in {200, 404}
    split_at = reverse("admin:articles_topic_split", args=[keys["T"]])
    for parts in ([], ["Trams", "x"], ["\x00", "\u202e"], ["x" * 10_000] * 9, ["same", "SAME"]):
        assert desk.post(split_at, {"part": parts}).status_code == 200
    assert not TopicMerge.objects.exists()


def test_typing_offers_the_same_name_in_another_script_and_nothing_merged_or_retired(
    desk: Client,
) -> None:
    full = find_or_make("Benjamin Netanyahu")
    old, other = find_or_make("Netanyahou"), find_or_make("Netanyahu Putin")
    assert [topic.name for topic in near_twins("נתניהו")][:1] == ["Benjamin Netanyahu"]
    merge(old, full, by=None)
    split(other, ["Benjamin Netanyahu", "Putin"], by=None)
    Topic.objects.filter(name="Putin").update(is_retired=True)

    def typed(words: str) -> dict[str, object]:
        address = reverse("admin:articles_topic_suggest")
        return dict(desk.get(address, {"q": words}).json())

    assert typed("נתניהו")["near"] == ["Benjamin Netanyahu"]
    assert typed("Netanyahou")["exact"] == "Benjamin Netanyahu"
    assert typed("netan")["topics"] == []
    assert typed("puti")["topics"] == []
    assert typed("putin")["retired"] == ["Putin"]
    assert typed("NETANYAHU putin")["split"] == ["Benjamin Netanyahu", "Putin"]


def test_a_merged_topic_is_in_no_list_and_is_not_changed(
    desk: Client, chief: User, client_for: Callable[[User], Client]
) -> None:
    old, full = find_or_make("Netanyahou"), find_or_make("Netanyahu")
    merge(old, full, by=None)
    listed = reverse("admin:articles_topic_changelist")
    result = desk.get(listed).context["cl"].result_list
    assert [topic.name for topic in result] == ["Netanyahu"]
    assert [t.name for t in desk.get(f"{listed}?use=merged").context["cl"].result_list] == [
        "Netanyahou"
    ]
    address = reverse("admin:articles_topic_change", args=[old.pk])
    page = desk.get(address).content.decode()
    assert "Other topics stand for this one" in page
    assert desk.post(address, {"name": "Other"}).status_code == 403
    assert (
        client_for(chief)
        .post(reverse("admin:articles_topic_delete", args=[old.pk]), {"post": "yes"})
        .status_code
        == 403
    )
    form = {
        "name": "Netanyahou", "slug": full.slug, "description": "", "picture": "", "parent": "",
        "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0",
    }  # fmt: skip
    own = reverse("admin:articles_topic_change", args=[full.pk])
    assert "was merged or split" in desk.post(own, form).content.decode()
    assert find("netanyahou") == full
    assert not Article.objects.exists()
