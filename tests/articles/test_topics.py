"""One topic for one thing, however it is spelt."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Topic, TopicAlias
from articles.topics import find, find_or_make, for_names, near_twins
from newsroom.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Putin", "putin"),
        ("STRASSE", "Straße"),
        ("Iran", "  IRAN "),
        ("Café", "Cafe\u0301"),
        ("ﬁnance", "Finance"),
        ("פוטין", "\u200fפוטין"),
    ],
)
def test_another_spelling_is_the_same_topic_and_becomes_an_alias(first: str, second: str) -> None:
    topic = find_or_make(first)
    assert find_or_make(second) == topic
    assert Topic.objects.count() == 1


def test_the_other_spelling_is_on_record_at_once() -> None:
    topic = find_or_make("Putin")
    find_or_make("putin")
    assert [alias.name for alias in TopicAlias.objects.filter(topic=topic)] == ["putin"]


def test_a_synonym_finds_its_topic() -> None:
    topic = find_or_make("Vladimir Putin")
    TopicAlias.objects.create(topic=topic, name="Wladimir Putin")
    assert find("WLADIMIR PUTIN") == topic
    assert for_names(["Wladimir Putin", "Vladimir Putin"]) == [topic]


def test_near_twins_are_named_and_strangers_are_not() -> None:
    for name in ("Vladimir Putin", "Netanyahu Putin", "Elections", "Harbour"):
        find_or_make(name)
    assert {topic.name for topic in near_twins("Putin")} == {"Vladimir Putin", "Netanyahu Putin"}
    assert [topic.name for topic in near_twins("Election")] == ["Elections"]
    assert near_twins("Zebra") == []


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        find_or_make("\u200b \u202e")
    assert for_names(["", "  ", "\u200b"]) == []


def test_topics_of_any_script_get_an_address() -> None:
    assert find_or_make("ירושלים").get_absolute_url() == "/topic/ירושלים/"
    assert find_or_make("C++").slug != find_or_make("C").slug


def test_a_name_whose_address_still_leads_elsewhere_gets_another_address(
    client: Client, live: Callable[..., object]
) -> None:
    live(topics=["Assembly"])
    topic = find_or_make("Assembly")
    topic.name, topic.slug = "National Assembly", "national-assembly"
    topic.save()
    assert find_or_make("Assembly").get_absolute_url() == "/topic/assembly-2/"
    assert client.get("/topic/assembly/").headers["Location"] == "/topic/national-assembly/"


def test_another_name_that_is_on_record_is_said_beside_its_field(
    chief: User, client_for: Callable[[User], Client]
) -> None:
    topic = find_or_make("Vladimir Putin")
    TopicAlias.objects.create(topic=topic, name="Wladimir Putin")
    data = {
        "name": topic.name, "slug": topic.slug, "description": "", "picture": "",
        "aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0",
        "aliases-0-name": "Wladimir\u200b Putin",
    }  # fmt: skip
    address = reverse("admin:articles_topic_change", args=[topic.pk])
    page = client_for(chief).post(address, data).content.decode()
    assert "already exists" in page
