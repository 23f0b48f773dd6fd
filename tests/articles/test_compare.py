"""Comparing versions: word by word, every field, readable and harmless."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from articles.compare.align import matches
from articles.compare.snapshots import FieldChange, compare
from articles.compare.words import word_changes, words
from articles.models import Article, Author, Byline, Section
from articles.revisions import snapshot
from articles.topics import for_names, put

Write = Callable[..., Article]
WORDY = st.lists(st.sampled_from(["the ", "tram ", "3,500 ", "a", ", ", "  ", "\n", "x"])).map(
    "".join
)


def told(before: str, after: str) -> str:
    """[-removed-]{+added+} in one string."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.op].format(piece.text) for piece in word_changes(before, after))


def body(before: str, after: str) -> FieldChange:
    [change] = compare({"body": before}, {"body": after})
    return change


def page(changes: list[FieldChange]) -> str:
    return render_to_string("admin/articles/article/differences.html", {"changes": changes})


@given(st.one_of(WORDY, st.text()), st.one_of(WORDY, st.text()))
def test_the_pieces_are_both_texts_and_nothing_else(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == before
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == after
    assert all(piece.text for piece in pieces)


@given(st.lists(st.integers(0, 3), max_size=200), st.lists(st.integers(0, 3), max_size=200))
def test_what_is_said_to_be_equal_is_equal_and_in_order(a: list[int], b: list[int]) -> None:
    at = other = 0
    for match in matches(a, b):
        assert match.a >= at
        assert match.b >= other
        assert match.size > 0
        assert a[match.a : match.a + match.size] == b[match.b : match.b + match.size]
        at, other = match.a + match.size, match.b + match.size


def test_a_changed_figure_is_one_change_of_one_word() -> None:
    assert told("Of 3,500 people, most left.", "Of 3,600 people, most left.") == (
        "Of [-3,500 -]{+3,600 +}people, most left."
    )


def test_words_are_whole_in_every_script() -> None:
    assert words("don't 3,500.50 well-known: “yes”...") == [
        "don't", "3,500.50", "well-known", ":", "“", "yes", "”", "...",
    ]  # fmt: skip
    assert words("שָׁלוֹם עֲלֵיכֶם") == ["שָׁלוֹם", "עֲלֵיכֶם"]
    assert told("नमस्ते दुनिया", "नमस्ते भारत") == "नमस्ते [-दुनिया-]{+भारत+}"


def test_a_rewritten_sentence_is_not_torn_by_chance_words() -> None:
    before = "Council met for two long hours until the mayor left early again"
    after = "Nobody in town had expected that the vote would be so close"
    assert told(before, after).count("[-") == 1


def test_only_what_changed_is_compared_and_unchanged_paragraphs_are_counted() -> None:
    change = body(
        "<p>One.</p><p>Two stays.</p><p>Three stays.</p><p>The fourth has a word.</p>",
        "<p>One!</p><p>Two stays.</p><p>Three stays.</p><p>The fourth has a verb.</p>",
    )
    assert [line.op for line in change.lines] == ["changed", "same", "changed"]
    assert change.lines[1].count == 2
    assert change.label == "text"


def test_a_paragraph_is_compared_with_itself_wherever_it_went() -> None:
    change = body(
        "<p>The tram line opened on Monday morning.</p><p>Few people came to see it.</p>",
        "<p>A new beginning for all of us here.</p><p>The tram line opened on Tuesday morning.</p>"
        "<p>Few people came to see the tram.</p>",
    )
    assert [line.op for line in change.lines] == ["added", "changed", "changed"]
    assert [p.text for p in change.lines[1].pieces if p.op == "removed"] == ["Monday "]


def test_a_moved_paragraph_is_said_to_have_moved() -> None:
    one, two, three = "<p>One first text.</p>", "<p>Another second.</p>", "<p>Then third.</p>"
    change = body(one + two + three, two + three + one)
    assert {line.op for line in change.lines} == {"moved_from", "same", "moved_to"}


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ('<p>See <a href="/b/">the report</a> now.</p>', "from /a/ to /b/"),
        ("<p>See the report now.</p>", "Link (/a/) taken off “the report”."),
        ('<p>See <a href="/a/">the report</a> <strong>now</strong>.</p>', "Bold put on “now”."),
        ('<h2>See <a href="/a/">the report</a> now.</h2>', "Paragraph became Heading."),
        ('<p dir="rtl">See <a href="/a/">the report</a> now.</p>', "The layout changed."),
    ],
)
def test_a_change_of_formatting_alone_is_named(after: str, sentence: str) -> None:
    change = body('<p>See <a href="/a/">the report</a> now.</p>', after)
    assert change.only_formatting
    assert sentence in " ".join(note for line in change.lines for note in line.notes)
    assert "no word changed" in page([change])


def test_a_link_changed_along_with_words_is_told() -> None:
    change = body(
        '<p>See <a href="/a/">the report</a> now.</p>',
        '<p>See <a href="https://elsewhere.test/">the report</a> today.</p>',
    )
    assert not change.only_formatting
    assert "https://elsewhere.test/" in page([change])


def test_every_field_byline_tag_and_picture_is_compared(write: Write, section: Section) -> None:
    article = write(topics=["Trams", "Money"], standfirst="Old.", kind="news")
    before = snapshot(article)
    culture = Section.objects.create(name="Culture", slug="culture")
    article.headline, article.standfirst = "Tram line closes", "New."
    article.kind, article.section = "analysis", culture
    article.save()
    article.further_sections.set([section])
    Byline.objects.create(
        article=article, author=Author.objects.create(name="Dana", slug="dana"), role="photographs"
    )
    put(article, for_names(["Trams", "Mayors"]))
    changes = {change.name: change for change in compare(before, snapshot(article))}
    assert list(changes) == [
        "headline", "standfirst", "bylines", "section_id", "topics", "kind", "further_sections",
    ]  # fmt: skip
    html = page(list(changes.values()))
    for words_shown in (
        "<del>opens</del><ins>closes</ins>", "<ins>Dana (photographs)</ins>", "Rami Reporter",
        "<del>City</del>", "<ins>Culture</ins>", "<del>Money</del>", "<ins>Mayors</ins>",
        "<del>News</del>", "<ins>Analysis</ins>",
    ):  # fmt: skip
        assert words_shown in html, words_shown


def test_an_order_changed_is_said_and_what_is_deleted_keeps_its_number(write: Write) -> None:
    article = write(topics=["Trams", "Money"])
    before = snapshot(article)
    [change] = compare(before, {**before, "topics": before["topics"][::-1]})
    assert "Only the order changed." in page([change])
    [change] = compare(before, {**before, "section_id": 987654})
    assert "deleted (number 987654)" in page([change])


@pytest.mark.django_db
def test_pictures_in_the_text_are_told_by_name() -> None:
    change = body(
        '<p>A.</p><figure data-picture="71"></figure>',
        '<p>A.</p><figure data-picture="72"><figcaption>Own words</figcaption></figure>',
    )
    assert [line.op for line in change.lines] == ["same", "removed", "added"]
    html = page([change])
    assert "Picture removed" in html
    assert "deleted (number 71)" in html
    assert "Own words" in html


def test_an_older_snapshot_without_a_field_is_not_a_change() -> None:
    assert compare({"headline": "A"}, {"headline": "A", "show_versions": True}) == []


def test_hostile_text_is_harmless_and_invisible_characters_are_named() -> None:
    change = FieldChange("headline", "headline", compare(
        {"headline": "Fine"},
        {"headline": "Fine <script>alert(1)</script> \u202egnp.exe a\u200bb\u00a0c"},
    )[0].lines)  # fmt: skip
    html = page([change])
    assert "<script" not in html
    assert "&lt;script" in html
    assert "\u202e" not in html
    assert "⟨U+202E⟩" in html
    assert "⟨U+200B⟩" in html
    assert "⍽" in html


def test_an_invisible_change_is_seen() -> None:
    html = page(compare({"headline": "A B"}, {"headline": "A\u00a0B"}))
    assert "<del>␣</del><ins>⍽</ins>" in html


def test_a_megabyte_of_one_word_makes_a_small_page() -> None:
    html = page(compare({"headline": "x" * 1_000_000}, {"headline": "x" * 1_000_001}))
    assert "(1,000,000)" in html
    assert len(html) < 3_000


def test_a_very_long_difference_is_cut_with_a_sentence() -> None:
    long = "".join(f"<p>{'word ' * 60}{n}</p>" for n in range(900))
    html = page(compare({"body": ""}, {"body": long}))
    assert "too long to be shown" in html
    assert len(html) < 450_000


def test_long_unchanged_text_is_left_out_with_its_number_of_words() -> None:
    text = " ".join(f"w{n}" for n in range(1000))
    html = page([body(f"<p>{text} old</p>", f"<p>{text} new</p>")])
    assert "words …" in html
    assert "w500" not in html
    assert "<del>old</del><ins>new</ins>" in html


def test_nothing_differs_says_so() -> None:
    taken: dict[str, Any] = {"headline": "A"}
    assert "Nothing differs." in page(compare(taken, taken))
