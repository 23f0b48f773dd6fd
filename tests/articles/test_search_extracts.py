"""What a result shows: the headline and the best piece of the text, what was asked for marked."""

import html
import re
from collections.abc import Callable

from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import PublishedArticle
from articles.search.extracts import LENGTH, extract, marked
from articles.search.query import parse
from articles.search.words import standing, words
from newsroom.pages.models import SiteSettings

FILLER = "Nothing of it stands in these words, which go on for a while and then a while longer. "


def parts(asked: str) -> tuple:
    return parse(asked).wanted


def plain(shown: str) -> str:
    return html.unescape(re.sub("</?mark>", "", shown))


def test_every_form_of_a_word_is_marked_as_it_is_written() -> None:
    shown = marked("Tunnels, and a TUNNEL’s end", parts("tunnel"), "en")
    assert shown == "<mark>Tunnels</mark>, and a <mark>TUNNEL’s</mark> end"


def test_a_phrase_is_marked_as_one_and_its_words_alone_are_not() -> None:
    shown = marked("Night buses by night", parts('"night buses"'), "en")
    assert shown == "<mark>Night buses</mark> by night"


def test_an_excluded_word_is_not_marked() -> None:
    assert marked("Night bus", parts("night -bus"), "en") == "<mark>Night</mark> bus"


def test_hebrew_is_marked_with_its_attached_letters_and_points() -> None:
    shown = marked("ובַמֶּמְשָׁלָה אמרו", parts("ממשלה"), "he")
    assert shown == "<mark>ובַמֶּמְשָׁלָה</mark> אמרו"


def test_the_extract_is_the_piece_that_holds_most_of_what_was_asked() -> None:
    text = FILLER * 3 + "A tunnel. " + FILLER * 3 + "The tunnel audit is out. " + FILLER * 3
    shown = extract(text, parts("audit tunnel"), "en")
    assert "<mark>tunnel</mark> <mark>audit</mark> is out" in shown
    assert len(plain(shown)) <= LENGTH + 4
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_an_extract_begins_with_its_paragraph_and_cuts_between_words() -> None:
    text = FILLER + "\nThe tunnel is late.\n" + FILLER * 4
    shown = plain(extract(text, parts("tunnel"), "en"))
    assert shown.startswith("The tunnel is late.")
    assert shown.removesuffix(" …").rsplit(" ", 1)[1] in FILLER.split()


def test_without_a_match_in_the_text_the_standfirst_is_shown(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    live("Tunnel audited", standfirst="What the auditors say", body="<p>Eleven months.</p>")
    [story] = client.get("/search/?q=tunnel").context["found"].stories
    assert (story.headline, story.extract) == (
        "<mark>Tunnel</mark> audited",
        "What the auditors say",
    )


def test_a_story_in_another_language_says_so(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    live("הממשלה החליטה", language="he", body="<p>הממשלה החליטה אתמול</p>")
    page = client.get("/search/?q=ממשלה").content.decode()
    extracted = (
        '<p class="search__extract" lang="he" dir="rtl"><mark>הממשלה</mark> החליטה אתמול</p>'
    )
    assert extracted in page


def test_in_a_hebrew_paper_the_page_turns_and_finds_hebrew(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"language": "he"})
    live("הממשלה החליטה")
    page = client.get("/search/?q=ממשלה")
    assert 'dir="rtl"' in page.content.decode()
    assert len(page.context["found"].stories) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.text(max_size=40))
def test_what_is_shown_is_the_text_and_nothing_else(text: str, asked: str) -> None:
    """No character is lost, none is markup but ours, whatever stands in text and question."""
    shown = marked(text, parts(asked), "en")
    assert plain(shown) == text
    assert not re.search(r"<(?!/?mark>)", shown)
    piece = plain(extract(text, parts(asked), "en"))
    assert piece.removeprefix("… ").removesuffix(" …") in text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_words_stand_where_they_say(text: str) -> None:
    found = standing(text)
    assert [text[word.start() : word.end()] for word in found] == words(text)
