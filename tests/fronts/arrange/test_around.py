"""Beside the slots of the arrange page: the list of stories, the alarm, who has it open."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

from django.utils import timezone

from articles.fronts.models import Front
from articles.models import Article
from articles.models.kinds import State
from newsroom.accounts.models import User
from tests.fronts.arrange.desk import Desk, Log, Write, draft, placed


def test_stories_are_found_by_words_number_and_address_with_their_state_and_place(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    live, later = write("Tram opens"), write("Tram closes", live=False)
    Article.objects.filter(pk=later.pk).update(publish_at=timezone.now() + timedelta(hours=2))
    write("Ferry sails", live=False)
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{live.pk}:lead.1")
    found = f"/admin/fronts/front/{home.pk}/stories/"

    def look(query: str) -> str:
        return re.sub(r"\s+", " ", unescape(
            desk.client.get(found, {"q": query}).content.decode()))  # fmt: skip

    text = look("tram")
    assert "Ferry" not in text
    for words in ("live, ", "scheduled for ", "stands in Lead by hand"):
        assert words in text
    assert "draft" in look("ferry")
    assert "Tram opens" in look(str(live.pk))
    assert "Tram opens" in look(f"https://paper.test/city/tram-opens-{live.pk}/?x=1")
    assert "Tram closes" in look("")  # what is coming stands among the newest
    assert "No story" in look("zebra")
    for odd in ("\x00", "%", "' OR 1=1", "x" * 900, "9" * 40):
        assert desk.client.get(found, {"q": odd}).status_code == 200


def test_the_list_has_at_most_twenty_stories_and_none_from_the_bin(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    for number in range(23):
        write(f"Tram {number}", live=False)
    write("Tram withdrawn", live=False, state=State.WITHDRAWN)
    write("Tram binned", live=False, binned_at=timezone.now())
    desk = Desk(client_for(editor), home)
    found = desk.client.get(f"/admin/fronts/front/{home.pk}/stories/", {"q": "tram"})
    text = found.content.decode()
    assert text.count('class="story"') == 20
    assert "withdrawn" not in text
    assert "binned" not in text


def test_the_alarm_is_set_here(client_for: Log, editor: User, home: Front) -> None:
    desk = Desk(client_for(editor), home)
    desk.press("alarm", stale_after="90")
    assert Front.objects.get(pk=home.pk).stale_after == 90
    for odd in ("-1", "x", "9" * 30, "0"):
        desk.press("alarm", stale_after=odd)
        assert Front.objects.get(pk=home.pk).stale_after == 90
    desk.press("alarm", stale_after="")
    assert Front.objects.get(pk=home.pk).stale_after is None


def test_who_has_the_page_open_is_told_to_the_other(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    signs = f"/admin/fronts/front/{home.pk}/presence/"
    assert "Edith Editor\u2069 is arranging this front" in chiara.text
    edith.press(f"place:{write('A').pk}:lead.1")
    heard = chiara.client.post(signs, {"base_number": chiara.base["base_number"]}).json()
    assert "is arranging this front" in heard["others"][0]
    assert "is merged with it" in heard["newer"]
    edith.client.post(signs, {"gone": "1"})
    assert chiara.client.post(signs, {"base_number": "1"}).json()["others"] == []


def test_the_number_of_queries_does_not_grow_with_what_is_placed(
    client_for: Log, editor: User, home: Front, write: Write,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    desk = Desk(client_for(editor), home)
    desk.press("save", **{f"slot-{key}-article": str(write(f"Story {key}").pk)
                          for key in draft(home).keys[:10]})  # fmt: skip
    assert len(placed(home)) == 10
    with django_assert_max_num_queries(45):
        desk.open()
