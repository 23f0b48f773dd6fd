"""The time machine: the front of any minute, compared and put back; nothing of it gets lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.fronts.arranging import plan, save_draft
from articles.fronts.comparing import Comparison, Stood, compare
from articles.fronts.content import Placement, parse
from articles.fronts.finding import content_of, front_of
from articles.fronts.looking_back import past_at
from articles.fronts.models import Arrangement, Front, Record
from articles.fronts.shown import from_json
from articles.models import Article, PublishedArticle, Section
from articles.publishing import withdraw
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings
from tests.fronts.stories import (
    NOON,
    city,
    home,
    look,
    minutes,
    reworded,
    show,
    story,
    with_slots,
)

Log = Callable[[User], Client]


def seen(front: Front, at: Any) -> dict[str, str]:
    """Headlines by slot, as the time machine has them for that instant."""
    past = past_at(front, at)
    assert past is not None
    shown = from_json(past.record.shown)
    return {each.slot: each.card.headline for block in shown.blocks for each in block.cards}


def page(client: Client, front: Front, route: str = "past/", **query: Any) -> str:
    answer = client.get(f"/admin/fronts/front/{front.pk}/{route}", query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def paper(db: None) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"time_zone": "Europe/Berlin"})


@pytest.fixture
def changed(paper: None, editor: User) -> Front:
    """The tram led at noon, the bridge from 12:10 on; the tram's headline was mended at 12:20."""
    tram, bridge = story("Tram line opens"), story("Bridge is closed")
    front = home()
    show(front, at=NOON, by=editor, note="Morning", lead_1=tram.pk)
    leads = Placement(bridge.pk, headline="The old bridge is closed", kicker="Traffic")
    show(front, at=minutes(10), by=editor, note="The bridge leads", lead_1=leads)
    reworded(tram, "Tram line opens late", at=minutes(20))
    look(front, at=minutes(20))
    front.refresh_from_db()
    return front


def test_the_front_of_any_minute_is_what_readers_saw_then(changed: Front) -> None:
    assert past_at(changed, NOON - timedelta(seconds=1)) is None
    assert seen(changed, NOON)["lead.1"] == "Tram line opens"
    assert seen(changed, minutes(9.99))["lead.1"] == "Tram line opens"
    assert seen(changed, minutes(10))["lead.1"] == "The old bridge is closed"
    assert "Tram line opens" in seen(changed, minutes(19)).values()
    assert "Tram line opens late" in seen(changed, minutes(20)).values()
    past = past_at(changed, minutes(12))
    assert past is not None
    assert (past.record.at, past.until) == (minutes(10), minutes(20))


def test_a_minute_is_asked_for_on_the_papers_clock_and_shown_with_since_and_until(
    changed: Front, reporter: User, client_for: Log
) -> None:
    client = client_for(reporter)
    html = page(client, changed, at="2026-03-10T13:05")  # 12:05 UTC
    assert "10 March 2026, 13:00" in html
    assert "10 March 2026, 13:10" in html
    assert "Morning" in html
    assert "Edith Editor" in html
    frame = f"past/{changed.records.order_by('at')[0].pk}/frame/"
    assert frame in html
    framed = client.get(f"/admin/fronts/front/{changed.pk}/{frame}")
    assert "Tram line opens<" in framed.content.decode()
    assert "bridge is closed" in framed.content.decode().lower()
    assert "no-store" in framed["Cache-Control"]
    assert "it stands now" in page(client, changed)


def test_a_minute_that_is_none_is_named_and_the_page_is_shown(
    changed: Front, editor: User, client_for: Log
) -> None:
    client = client_for(editor)
    for typed, said in {
        "2026-03-29T02:30": "does not exist in Europe/Berlin",
        "2026-10-25T02:30": "comes twice",
        "yesterday": "Give a date and a time",
        "0000-00-00T00:00": "Give a date and a time",
        "2026-03-10T10:00": "Nothing was kept",
    }.items():
        assert said in page(client, changed, at=typed)


def test_a_withdrawn_story_and_a_deleted_picture_keep_their_words_and_are_marked(
    changed: Front, editor: User, client_for: Log
) -> None:
    picture = Picture.objects.create(extension="jpg", width=900, height=600, alt_text="A tram")
    tram = PublishedArticle.objects.get(headline="Tram line opens late")
    show(changed, at=minutes(30), lead_1=Placement(tram.pk, picture=picture.pk))
    withdraw(tram.article, by=None, reason="A mistake")
    show(changed, at=minutes(40), lead_1=PublishedArticle.objects.get().pk)
    Picture.objects.all().delete()
    html = page(client_for(editor), changed, at="2026-03-10T13:35")
    assert 'Tram line opens late</bdi> <span class="state">withdrawn' in html
    assert "its picture was deleted" in html
    record = changed.records.get(at=minutes(30))
    frame = page(client_for(editor), changed, f"past/{record.pk}/frame/")
    assert f'href="#gone-{tram.pk}"' in frame
    assert f'id="gone-{tram.pk}"' in frame


# Comparing


def stands(**slots: int | tuple[int, str]) -> dict[str, Stood]:
    return {
        slot: Stood(*each) if isinstance(each, tuple) else Stood(each, f"Story {each}")
        for slot, each in slots.items()
    }


def told(found: Comparison) -> dict[str, tuple[str, str, str]]:
    return {each.slot: (each.op, each.went_to, each.came_from) for each in found.changes}


def test_a_comparison_says_what_came_went_moved_and_stayed() -> None:
    found = compare(stands(a=1, b=2, c=3, d=4, f=6), stands(a=2, b=1, c=5, e=4, f=6))
    assert told(found) == {
        "a": ("moved", "b", "b"), "b": ("moved", "a", "a"), "c": ("replaced", "", ""),
        "e": ("moved", "", "d"), "d": ("moved", "e", ""),
    }  # fmt: skip
    assert (found.same, found.came, found.went, found.moved) == (1, 1, 1, 3)


def test_a_changed_headline_is_told_word_by_word_also_when_the_story_moved() -> None:
    before = stands(a=(1, "Tram line opens"), b=2)
    found = compare(before, stands(a=(1, "Tram line opens late"), b=2))
    [change] = found.changes
    assert [(p.op, p.text.strip()) for p in change.pieces if p.op == "added"] == [("added", "late")]
    found = compare(before, stands(b=(1, "Tram line opens late")))
    assert [bool(change.pieces) for change in found.changes] == [True, False]
    assert found.reworded == 1


def test_a_story_that_may_repeat_has_not_moved_when_it_stands_in_one_slot_more() -> None:
    found = compare(stands(a=1), stands(a=1, z=1))
    assert told(found) == {"z": ("moved", "", "a")}


def test_any_two_moments_are_compared_slot_by_slot(
    changed: Front, editor: User, client_for: Log
) -> None:
    client = client_for(editor)
    times = {"from_at": "2026-03-10T13:05", "to_at": "2026-03-10T13:15"}
    html = page(client, changed, "past/compare/", **times)
    assert "<ins>The old bridge" in html
    assert "moved from Below the lead 1" in html
    assert "Came: 0 · went: 0 · moved: 2 · other headline: 1" in html
    first, _second, third = changed.records.order_by("at")
    html = page(client, changed, "past/compare/", **{"from": f"r{first.pk}", "to": f"r{third.pk}"})
    assert "<ins>late</ins>" in html.replace("<ins> late</ins>", "<ins>late</ins>")
    html = page(client, changed, "past/compare/", **{"from": "a1", "to": "a2"})
    assert "what editors placed" in html
    assert "The old bridge is closed" in html


def test_a_moment_that_is_none_is_not_found(changed: Front, editor: User, client_for: Log) -> None:
    client, base = client_for(editor), f"/admin/fronts/front/{changed.pk}/past/"
    for wrong in ("x", "r0", "r999999999999", "a77777777777", "a9", "%00", "r" + "9" * 30):
        assert client.get(f"{base}compare/?from={wrong}").status_code == 404
        assert client.get(f"{base}restore/?of={wrong}").status_code == 404
    other = front_of("opinion")
    record = changed.records.first()
    assert record is not None
    foreign = f"/admin/fronts/front/{other.pk}/past/"
    assert client.get(f"{foreign}?record={record.pk}").status_code == 404
    assert client.get(f"{foreign}{record.pk}/frame/").status_code == 404
    assert client.get(f"{foreign}compare/?from=r{record.pk}").status_code == 404


def test_every_change_and_every_arrangement_is_listed_with_who_and_why(
    changed: Front, editor: User, client_for: Log
) -> None:
    later = plan(changed, by=editor, content=content_of(changed), publish_at=minutes(10**7))
    client = client_for(editor)
    html = page(client, changed, "past/changes/")
    assert html.count('name="from"') == changed.records.count() == 3
    assert "The bridge leads" in html
    assert "by rule" in html
    html = page(client, changed, "past/changes/", show="arrangements")
    assert html.count('name="from"') == changed.arrangements.count() == 3
    assert f'{later.number} <span class="state state-changed">Planned' in html
    assert client.get(f"/admin/fronts/front/{changed.pk}/past/changes/?before=x").status_code == 404


# Putting back


def restore(client: Client, front: Front, of: str, **data: str) -> Any:
    """Look at the page that asks, and press its button."""
    address = f"/admin/fronts/front/{front.pk}/past/restore/"
    asked = client.get(address, {"of": of, **data})
    assert asked.status_code == 200
    answers = {"of": of, "over": asked.context["over"], "which": "all", **data}
    return client.post(address, answers, follow=True)


def headline_of_lead(client: Client) -> str:
    html = client.get("/").content.decode()
    return html[html.index("card--lead") :].split("</h2>")[0]


def test_an_old_arrangement_is_published_again_as_a_new_one_and_that_is_undone_likewise(
    changed: Front, editor: User, client_for: Log
) -> None:
    client = client_for(editor)
    assert "The old bridge is closed" in headline_of_lead(client)
    restore(client, changed, "a1", _publish="1")
    assert "Tram line opens late" in headline_of_lead(client)
    made = changed.arrangements.first()
    assert made is not None
    assert (made.number, made.by) == (3, editor)
    assert made.restored_from == changed.arrangements.get(number=1)
    assert changed.arrangements.get(number=1).live_from == NOON
    restore(client, changed, "a2", _publish="1")
    assert "The old bridge is closed" in headline_of_lead(client)
    assert changed.arrangements.count() == 4


def test_an_old_front_made_the_draft_changes_nothing_for_readers(
    changed: Front, editor: User, client_for: Log
) -> None:
    client = client_for(editor)
    restore(client, changed, "a1", _draft="1")
    assert "The old bridge is closed" in headline_of_lead(client)
    changed.refresh_from_db()
    assert (
        parse(changed.draft).slots["lead.1"].article
        == changed.arrangements.get(number=1).content["slots"]["lead.1"]["article"]
    )
    assert changed.kept_drafts.count() == 1  # the one it took the place of


def test_a_whole_moment_comes_back_or_only_what_was_placed_by_hand(
    changed: Front, editor: User, client_for: Log
) -> None:
    client, first = client_for(editor), changed.records.last()
    assert first is not None
    stood = {slot: pk for slot, (pk, _hand) in by_slot(first).items()}
    by_hand = {slot for slot, (_pk, hand) in by_slot(first).items() if hand}
    assert len(by_hand) < len(stood)
    asked = page(client, changed, "past/restore/", of=f"r{first.pk}")
    assert "Placed by hand" not in asked  # no difference to readers
    restore(client, changed, f"r{first.pk}", which="all", _draft="1")
    changed.refresh_from_db()
    first_of = {slot: pk for slot, pk in stood.items() if not slot.startswith("latest")}
    assert {s: p.article for s, p in parse(changed.draft).slots.items()} == first_of
    restore(client, changed, f"r{first.pk}", which="hand", _draft="1")
    changed.refresh_from_db()
    assert {*parse(changed.draft).slots} == by_hand


def by_slot(record: Record) -> dict[str, tuple[int, bool]]:
    shown = from_json(record.shown)
    return {c.slot: (c.card.pk, c.by_hand) for block in shown.blocks for c in block.cards}


def test_what_cannot_come_back_is_named_and_the_rest_comes(
    changed: Front, editor: User, client_for: Log
) -> None:
    tram = Article.objects.get(headline="Tram line opens late")
    show(changed, at=minutes(30), seconds_1=Placement(tram.pk, headline="Trams again"))
    withdraw(tram, by=None, reason="A mistake")
    client = client_for(editor)
    html = page(client, changed, "past/restore/", of="a1")
    assert "This cannot come back" in html
    assert 'Lead: <bdi>Tram line opens late</bdi> <span class="state">withdrawn' in html
    answer = restore(client, changed, "a3", _publish="1").content.decode()
    assert "“Trams again” did not come back (withdrawn" in answer
    newest = changed.arrangements.first()
    assert newest is not None
    assert {*newest.content["slots"]} == {"lead.1"}


def test_nobodys_work_is_replaced_unseen(changed: Front, editor: User, client_for: Log) -> None:
    client = client_for(editor)
    address = f"/admin/fronts/front/{changed.pk}/past/restore/"
    over = client.get(address, {"of": "a1"}).context["over"]
    content = with_slots(changed, lead_1=PublishedArticle.objects.latest("pk").pk)
    save_draft(changed, content, by=None, base_number=changed.draft_number)
    for how in ("_draft", "_publish"):
        answer = client.post(address, {"of": "a1", "over": over, how: "1"})
        assert "was changed meanwhile" in answer.content.decode()
    changed.refresh_from_db()
    assert parse(changed.draft) == content
    assert changed.arrangements.count() == 2


def test_who_may_not_arrange_looks_and_puts_nothing_back(
    changed: Front, editor: User, reporter: User, letters: User, chief: User, client_for: Log
) -> None:
    base = f"/admin/fronts/front/{changed.pk}/past/"
    asked = {"of": "a1", "_publish": "1", "over": f"{changed.draft_number}-{changed.live_id}"}
    assert "Restore…" not in page(client_for(reporter), changed, "past/changes/")
    assert client_for(reporter).get(f"{base}restore/?of=a1").status_code == 403
    assert client_for(reporter).post(f"{base}restore/", asked).status_code == 403
    for route in ("", "changes/", "compare/", "restore/?of=a1"):
        assert client_for(letters).get(f"{base}{route}").status_code == 403
    city().editors.add(chief)
    own = front_of("section", city())
    arrangement = show(own, at=NOON, lead_1=PublishedArticle.objects.latest("pk").pk)
    foreign = f"/admin/fronts/front/{own.pk}/past/restore/?of=a{arrangement.number}"
    assert client_for(editor).get(foreign).status_code == 403
    assert client_for(chief).get(foreign).status_code == 200
    assert changed.arrangements.count() == 2


def test_what_stood_there_is_kept_for_ever(changed: Front) -> None:
    by_rule, arranged, never = (
        Section.objects.create(name=name, slug=name.lower()) for name in ("Rule", "Hand", "Never")
    )
    fronts = {section: front_of("section", section) for section in (by_rule, arranged, never)}
    look(fronts[never], at=NOON)
    never.delete()  # nothing ever stood there
    moved = story("Bridge opens", section=by_rule)
    look(fronts[by_rule], at=NOON)
    moved.article.section = city()
    moved.article.save()
    reworded(moved, "Bridge opens", at=minutes(5))
    show(fronts[arranged], at=NOON, lead_1=moved.pk)
    kept = Record.objects.count(), Arrangement.objects.count()
    for thing in (by_rule, arranged, changed, changed.live):
        with pytest.raises(ProtectedError):
            thing.delete()
    assert (Record.objects.count(), Arrangement.objects.count()) == kept


def test_looking_back_costs_the_same_however_much_is_kept(
    changed: Front,
    reporter: User,
    client_for: Log,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    kept = changed.records.latest("at")
    rows = [Record(front=changed, at=minutes(60 + n), shown=kept.shown) for n in range(120)]
    Record.objects.bulk_create(rows)
    client = client_for(reporter)
    page(client, changed)
    with django_assert_max_num_queries(14):
        page(client, changed, at="2026-03-10T14:30")
    with django_assert_max_num_queries(12):
        html = page(client, changed, "past/changes/")
    assert "Older" in html
