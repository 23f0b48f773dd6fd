"""The verbs: each change has the next number, a post is posted once, closing freezes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from articles.live.closing import close, coverage_of, describe, reopen
from articles.live.locking import Closed
from articles.live.models import Coverage, LivePost
from articles.live.posting import Overtaken, bring_back, delete, edit, mark, post
from articles.live.reading import PINNED
from articles.live.words import Words
from articles.models import Article, History
from newsroom.accounts.models import User
from newsroom.cache.models import Generation

Say = Callable[..., LivePost]
NOW = datetime(2026, 11, 22, 20, 5, 7, 999, UTC)


def acts() -> list[str]:
    return list(History.objects.order_by("pk").values_list("verb", flat=True))


def test_every_change_has_the_next_number_and_only_opening_and_closing_end_a_generation(
    coverage: Coverage, say: Say
) -> None:
    before = list(Generation.objects.values())
    one, two = say("One."), say("Two.")
    numbers = [one.changed, two.changed]
    numbers.append(edit(one, by=None, words=Words(text="Uno."), base=1).changed)
    numbers.append(mark(two, key=True).changed)
    numbers.append(delete(one, by=None).changed)
    numbers.append(bring_back(one, by=None).changed)
    numbers.append(describe(coverage, summary="Known.", newest_first=True).number)
    assert list(Generation.objects.values()) == before
    numbers.append(close(coverage, by=None).number)
    numbers.append(reopen(coverage, by=None).number)
    assert numbers == list(range(1, 10))
    # Cards say which stories are live.
    assert list(Generation.objects.values()) != before
    before = list(Generation.objects.values())
    # Doing again what is done already changes nothing.
    mark(two, key=True)
    bring_back(one, by=None)
    reopen(coverage, by=None)
    describe(coverage, summary=" Known. ", newest_first=True)
    coverage.refresh_from_db()
    assert coverage.number == 9
    assert list(Generation.objects.values()) == before


def test_an_edit_keeps_place_and_address_and_what_it_said_before_is_in_the_history(
    say: Say, editor: User
) -> None:
    first = say("It was six.", headline="Six", at=NOW, by=editor)
    assert (first.at.microsecond, first.body) == (0, "<p>It was six.</p>")
    now = edit(first, by=editor, words=Words(text="It was seven.", headline="Seven"), base=1)
    assert (now.pk, now.at, now.version) == (first.pk, first.at, 2)
    assert now.edited_at is not None
    act = History.objects.latest("pk")
    assert (act.verb, act.by) == ("edit_post", editor)
    assert act.details["was"] == {"headline": "Six", "source": "It was six.", "version": 1}


def test_of_two_edits_the_second_is_refused_and_shown_the_first(say: Say) -> None:
    found = say("One.")
    edit(found, by=None, words=Words(text="Theirs."), base=1)
    with pytest.raises(Overtaken) as refused:
        edit(found, by=None, words=Words(text="Mine."), base=1)
    assert refused.value.post.source == "Theirs."
    delete(found, by=None)
    with pytest.raises(Overtaken, match="deleted"):
        edit(found, by=None, words=Words(text="Mine."), base=2)
    found.refresh_from_db()
    assert found.source == "Theirs."


def test_a_pin_in_between_is_no_conflict(say: Say) -> None:
    found = say("One.")
    mark(found, pinned=True)
    assert edit(found, by=None, words=Words(text="Two."), base=1).is_pinned


def test_the_same_token_posts_once(say: Say, coverage: Coverage) -> None:
    token = uuid4()
    first = say("Once.", token=token)
    assert say("Once.", token=token) == first
    close(coverage, by=None)
    assert say("Once.", token=token) == first  # sent again after it had arrived
    assert LivePost.objects.count() == 1


def test_two_presses_at_once_post_once_and_numbers_have_no_gap(
    coverage: Coverage, crowd: Callable[..., list[Any]]
) -> None:
    token, words = uuid4(), Words(text="Once.")
    made = crowd(lambda: post(coverage, by=None, words=words, token=token).pk)
    assert len(set(made)) == 1
    numbers = crowd(lambda: post(coverage, by=None, words=words).changed)
    assert sorted(numbers) == [2, 3, 4, 5]


def test_two_people_who_open_the_desk_at_once_get_one_coverage(
    draft: Article, crowd: Callable[..., list[Any]]
) -> None:
    assert len(set(crowd(lambda: coverage_of(draft).pk))) == 1


def test_closing_freezes_until_it_is_opened_again_and_both_are_in_the_history(
    coverage: Coverage, say: Say, editor: User
) -> None:
    found = say("One.")
    closed = close(coverage, by=editor, at=NOW)
    assert (closed.closed_by, closed.closed_at) == (editor, NOW.replace(microsecond=0))
    for deed in (
        lambda: say("Two."),
        lambda: edit(found, by=None, words=Words(text="Other."), base=1),
        lambda: delete(found, by=None),
        lambda: bring_back(found, by=None),
        lambda: mark(found, key=True),
        lambda: describe(coverage, summary="Other.", newest_first=False),
    ):
        with pytest.raises(Closed):
            deed()
    coverage.refresh_from_db()
    assert coverage.number == 2
    reopen(coverage, by=editor)
    say("Two.")
    assert [verb for verb in acts() if "coverage" in verb] == ["close_coverage", "open_coverage"]


def test_a_deleted_post_comes_back_to_its_place_and_both_are_in_the_history(say: Say) -> None:
    found = say("One.", at=NOW, is_pinned=True)
    assert delete(found, by=None).deleted_at is not None
    back = bring_back(found, by=None)
    assert (back.deleted_at, back.at, back.is_pinned) == (None, found.at, False)
    assert acts()[-2:] == ["delete_post", "restore_post"]


def test_a_post_says_something_and_few_are_pinned(say: Say) -> None:
    for nothing in ("", " \n\x00 "):
        with pytest.raises(ValueError, match="Write something"):
            say(nothing)
    for _n in range(PINNED):
        say("Pinned.", is_pinned=True)
    with pytest.raises(ValueError, match="pinned already"):
        say("One more.", is_pinned=True)
    with pytest.raises(ValueError, match="pinned already"):
        mark(say("One more."), pinned=True)
    say("", headline="A headline is enough")
    say("", embed_url="https://post.example/")
