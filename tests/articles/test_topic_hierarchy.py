"""Topics under topics, on their pages and in the form; topics that are no longer offered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import PublishedArticle, Topic
from articles.topics import find_or_make
from newsroom.accounts.models import User

pytestmark = pytest.mark.django_db
Live = Callable[..., PublishedArticle]


def under(*names: str) -> list[Topic]:
    """Topics one under the other, the broadest first."""
    made: list[Topic] = []
    for name in names:
        topic = find_or_make(name)
        topic.parent = made[-1] if made else None
        topic.save()
        made.append(topic)
    return made


@pytest.fixture
def save(editor: User, client_for: Callable[[User], Client]) -> Callable[..., str]:
    """Set a topic's parent in the form; the error beside it, or empty."""
    desk = client_for(editor)

    def put(topic: Topic, parent: Topic, **more: Any) -> str:
        form = {
            "name": topic.name, "slug": topic.slug, "description": "", "picture": "",
            "parent": parent.pk, "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0", **more,
        }  # fmt: skip
        answer = desk.post(reverse("admin:articles_topic_change", args=[topic.pk]), form)
        if answer.status_code == 302:
            return ""
        return str(answer.context["adminform"].form.errors)

    return put


def test_no_topic_stands_under_itself_or_more_than_five_deep(save: Callable[..., str]) -> None:
    way = under("World", "Europe", "Corvala", "Halimar")
    port, quay = under("Port", "Quay")
    assert "cannot stand under itself" in save(way[0], way[0])
    assert "stands under it" in save(way[0], way[3])
    assert "more than 5 levels" in save(port, way[3])
    assert save(port, way[2]) == ""
    quay.refresh_from_db()
    assert "more than 5 levels" in save(way[0], find_or_make("Universe"))


def test_a_topic_s_page_shows_what_stands_above_and_below_it_and_is_live(
    live: Live, client: Client
) -> None:
    world, corvala, _halimar = under("World", "Corvala", "Halimar")
    for name in ("Secret", "Ports"):
        topic = find_or_make(name)
        topic.parent = corvala
        topic.save()
    for name in ("World", "Corvala", "Halimar", "Ports"):
        live(f"About {name}", topics=[name])
    around = client.get("/topic/corvala/").context["around"]
    assert [place.label for place in around.above] == ["World"]
    assert [place.label for place in around.narrower] == ["Halimar", "Ports"]
    page = client.get("/topic/halimar/").content.decode()
    assert page.index("/topic/world/") < page.index("/topic/corvala/")
    assert "Secret" not in client.get("/topic/corvala/").content.decode()
    assert "About Halimar" not in client.get("/topic/corvala/").content.decode()
    world.parent = corvala  # a circle that no form would make
    world.save()
    assert client.get("/topic/halimar/").status_code == 200


def test_a_retired_topic_keeps_its_page_and_looks_like_any_other(
    live: Live, client: Client
) -> None:
    live("About trams", topics=["Trams"])
    before = client.get("/topic/trams/").content
    Topic.objects.update(is_retired=True)
    assert client.get("/topic/trams/").content == before


def test_a_topic_s_page_costs_the_same_however_many_stand_around_it(
    live: Live, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    way = under("World", "Europe", "Corvala", "Halimar")
    for topic in way:
        live(topic.name, topics=[topic.name])
    client.get("/topic/halimar/")
    with django_assert_max_num_queries(8):
        client.get("/topic/halimar/")
