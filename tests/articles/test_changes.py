"""A change of a published text is looked at, and silent, update or correction is proposed."""

from typing import Any

import pytest

from articles.models.kinds import ChangeKind
from articles.publishing.proposal import Proposal, propose

BODY = (
    "<p>The mayor, Ada Cohen, said on Monday that 1,200 people had come to the harbour.</p>"
    "<p>“We are glad,” she said. The tram was not late.</p>"
)


def taken(body: str = BODY, **fields: Any) -> dict[str, Any]:
    return {"headline": "Harbour opens", "standfirst": "", "lead_caption": "", "body": body,
            "bylines": [], "topics": [], **fields}  # fmt: skip


def proposed(old: str, new: str) -> Proposal:
    assert old in BODY
    return propose(taken(), taken(BODY.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("1,200", "1,400", "Figures: no longer “1,200”; now “1,400”"),
        ("Cohen", "Levi", "Names: no longer “Cohen”; now “Levi”"),
        ("We are glad,", "We are sad,", "Quotations"),
        ("was not late", "was late", "Yes and no: no longer “not”"),
        ("had come", "had not come", "Yes and no: new is “not”"),
        (" on Monday", "", "Names: no longer “Monday”"),
    ],
)
def test_what_readers_were_told_wrongly_is_proposed_as_a_correction(
    old: str, new: str, reason: str
) -> None:
    found = proposed(old, new)
    assert found.kind == ChangeKind.CORRECTION
    assert any(reason in said for said in found.reasons), found.reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("harbour", "harbor"),
        ("glad,”", "glad”,"),
        (" people", "  people"),
        ("<p>The", "<p><strong>The</strong>"),
        ("“We are glad,”", '"We are glad,"'),
    ],
)
def test_spelling_and_layout_are_proposed_as_a_silent_fix(old: str, new: str) -> None:
    assert proposed(old, new).kind == ChangeKind.SILENT


def test_a_new_paragraph_is_proposed_as_an_update() -> None:
    more = "<p>" + "Later the ship left with 30 children and Dana Katz aboard. " * 3 + "</p>"
    found = propose(taken(), taken(BODY + more))
    assert found.kind == ChangeKind.UPDATE


def test_another_headline_is_no_silent_fix_and_its_capitals_are() -> None:
    assert propose(taken(), taken(headline="Harbour closed")).kind == ChangeKind.UPDATE
    assert propose(taken(), taken(headline="harbour  Opens")).kind == ChangeKind.SILENT


def test_a_story_written_anew_is_an_update_whatever_it_no_longer_says() -> None:
    anew = "<p>" + " ".join(f"word{n}" for n in range(200)) + "</p>"
    assert propose(taken(), taken(anew)).kind == ChangeKind.UPDATE


def test_names_without_capitals_are_known_by_the_paper_s_tags() -> None:
    old, new = taken("<p>אמר נתניהו אתמול.</p>"), taken("<p>אמר לפיד אתמול.</p>")
    assert propose(old, new).kind == ChangeKind.SILENT
    assert propose(old, new, names=["נתניהו", "לפיד"]).kind == ChangeKind.CORRECTION


def test_a_new_byline_is_named() -> None:
    line = {"author_id": None, "text": "Agencies", "role": ""}
    assert "byline" in " ".join(propose(taken(), taken(bylines=[line])).reasons)


def test_reasons_are_short_and_their_hostile_characters_are_gone() -> None:
    body = "<p>“" + "\u202e<script>" + "w" * 1500 + "” said " + "A" * 1_000_000 + "</p>"
    found = propose(taken(), taken(body))
    assert all(len(reason) < 700 for reason in found.reasons)
    assert "\u202e" not in "".join(found.reasons)
