"""The arrange page: what two editors place stays, and what both changed is asked."""

import re
from html import unescape
from typing import Any

import pytest

from articles.fronts import drafts
from articles.fronts.finding import content_of
from articles.fronts.models import Front
from newsroom.accounts.models import User
from tests.fronts.arrange.desk import Desk, Log, Write, address, placed, told


def test_two_editors_place_two_stories_and_both_stand(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    answer = chiara.press(f"place:{b.pk}:seconds.1")
    assert placed(home) == {"lead.1": a.pk, "seconds.1": b.pk}
    said = told(answer, chiara.client)
    assert "Merged with what" in said
    assert "Lead" in said


def test_a_slot_that_both_filled_is_asked_and_theirs_is_chosen_until_somebody_says_otherwise(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b, c = write("Story A"), write("Story B"), write("Story C")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    answer = chiara.press(f"place:{b.pk}:lead.1", **{"slot-seconds.2-article": str(c.pk)})
    assert answer.status_code == 409
    assert placed(home) == {"lead.1": a.pk}  # nothing is saved yet
    page = answer.content.decode()
    for words in ("Story A", "Story B", "From \u2068Edith", "Mine"):
        assert words in page
    assert re.search('name="choice-slot:lead.1" value="theirs" required checked', page)
    carried = dict(re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    sent = {name: unescape(value) for name, value in carried.items()}
    sent |= {"do": "settle", "choice-slot:lead.1": "mine"}
    chiara.client.post(address(home), sent)
    assert placed(home) == {"lead.1": b.pk, "seconds.2": c.pk}


def test_what_a_third_saves_while_somebody_chooses_is_merged_too(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b, c = write("A"), write("B"), write("C")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    page = chiara.press(f"place:{b.pk}:lead.1").content.decode()
    edith.open().press(f"place:{c.pk}:seconds.1")
    carried = dict(re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    sent = {name: unescape(value) for name, value in carried.items()}
    chiara.client.post(address(home), {**sent, "do": "settle", "choice-slot:lead.1": "mine"})
    assert placed(home) == {"lead.1": b.pk, "seconds.1": c.pk}


def test_a_stale_page_publishes_nothing_until_what_others_did_was_seen(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    answer = chiara.press("publish", **{"slot-seconds.1-article": str(b.pk)})
    assert "Nothing was published" in told(answer, chiara.client)
    assert Front.objects.get(pk=home.pk).live is None
    assert placed(home) == {"lead.1": a.pk, "seconds.1": b.pk}
    chiara.open().press("publish")
    live = Front.objects.get(pk=home.pk).live
    assert live
    assert live.by == chief
    assert {k: p["article"] for k, p in live.content["slots"].items()} == placed(home)


def test_what_another_publishes_between_a_save_and_its_publishing_stays(
    client_for: Log, editor: User, chief: User, home: Front, write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mine, theirs = write("Mine"), write("Theirs")
    one, save = Desk(client_for(editor), home), drafts.save

    def save_and_wait(*args: Any, **fields: Any) -> drafts.Saved:
        saved = save(*args, **fields)
        monkeypatch.setattr(drafts, "save", save)
        other = Desk(client_for(chief), home)
        other.press(f"place:{theirs.pk}:seconds.1")
        other.open().press("publish")
        return saved

    monkeypatch.setattr(drafts, "save", save_and_wait)
    answer = one.press("publish", **{"slot-lead.1-article": str(mine.pk)})
    live = content_of(Front.objects.get(pk=home.pk)).slots
    assert {key: each.article for key, each in live.items()} == {
        "lead.1": mine.pk, "seconds.1": theirs.pk,
    }  # fmt: skip
    assert "Somebody else has changed this front meanwhile." in told(answer, one.client)
