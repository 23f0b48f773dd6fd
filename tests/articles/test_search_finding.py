"""What a search finds: words by their stem, Hebrew by prefix, phrases, exclusions, filters."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from articles.models import Author, Byline, PublishedArticle, Section
from articles.models.kinds import Kind
from articles.publishing import publish, unpublish, withdraw
from articles.revisions import revise
from articles.search import near
from articles.search.filters import Filters, read
from articles.search.finding import matches
from articles.search.query import parse
from articles.topics import find
from newsroom.pages.models import SiteSettings

pytestmark = pytest.mark.django_db

Live = Callable[..., PublishedArticle]


def found(text: str, filters: Filters | None = None) -> list[str]:
    """The headlines of what matches, newest first."""
    ids = [match.article_id for match in matches(parse(text), filters or Filters()).found]
    headlines = dict(PublishedArticle.objects.values_list("pk", "headline"))
    return [headlines[pk] for pk in ids]


def day(number: int) -> datetime:
    return datetime(2024, 5, number, 12, tzinfo=UTC)


def test_words_are_found_by_their_stem_in_headline_standfirst_and_text(live: Live) -> None:
    live("Tunnels audited", at=day(1))
    live("Mayor resigns", standfirst="The tunnel is to blame.", at=day(2))
    live("Budget passes", body="<p>Nothing for tunnelling.</p>", at=day(3))
    live("Ferry sinks", at=day(4))
    for word in ("tunnel", "tunnels", "Tunneling", "TUNNELS"):
        assert found(word) == ["Budget passes", "Mayor resigns", "Tunnels audited"]


def test_all_words_have_to_be_there_in_any_order(live: Live) -> None:
    live("Night buses return", body="<p>To the harbour.</p>")
    live("Night falls")
    assert found("harbour night") == ["Night buses return"]


def test_a_phrase_is_found_in_its_order_and_never_across_two_fields(live: Live) -> None:
    live("Night buses return", standfirst="Again at dawn")
    assert found('"night buses"') == found('"Nights bused"') == ["Night buses return"]
    assert found('"buses night"') == found('"return again"') == []
    assert found("night-buses") == ["Night buses return"]


def test_an_excluded_word_or_phrase_keeps_a_story_out(live: Live) -> None:
    live("Night buses return", at=day(1))
    live("Night trains return", at=day(2))
    assert found("night -buses") == ["Night trains return"]
    assert found('return -"night trains"') == ["Night buses return"]
    assert found("-buses") == ["Night trains return"]


def test_accents_capitals_apostrophes_and_possessives_make_no_difference(live: Live) -> None:
    live("Café owner’s don't list: Straße, O'Brien", body="<p>naïve</p>")
    for word in ("cafe", "CAFÉ", "owner", "dont", "don’t", "strasse", "obrien", "naive"):
        assert len(found(word)) == 1, word


def test_each_language_keeps_to_its_own_stems(live: Live) -> None:
    live("L’économie ralentit", language="fr", body="<p>Les nouveaux chiffres.</p>", at=day(1))
    live("Die Häuser am Hafen", language="de", at=day(2))
    live("Something new", at=day(3))
    assert found("economies") == found("économie") == ["L’économie ralentit"]
    assert found("Haus") == ["Die Häuser am Hafen"]
    assert found("news") == []  # "new" is its stem in another language


def test_a_hebrew_word_is_found_exactly_by_prefix_and_behind_attached_letters(live: Live) -> None:
    live("הַמֶּמְשָׁלָה החליטה", language="he", body='<p>ובשלומי אמר צה"ל</p>')
    for word in ("הממשלה", "ממשלה", "הממש", "ממש", "שלומי", "שלום", "צה״ל", 'צה"ל', "צהל"):
        assert len(found(word)) == 1, word
    for word in ("משלהה", "ליטה", "לומ"):
        assert found(word) == [], word


def test_a_story_is_found_by_its_author_even_under_a_new_name(live: Live, author: Author) -> None:
    live("Tunnels audited")
    assert found("reporter tunnel") == found('"rami reporter"') == ["Tunnels audited"]
    author.name = "Rami Cohen"
    author.save()
    assert found("cohen tunnel") == ["Tunnels audited"]
    assert found("reporter tunnel") == []


def test_filters_narrow_by_section_author_topic_kind_and_day(live: Live) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"time_zone": "Asia/Jerusalem"})
    sport = Section.objects.create(name="Sport", slug="sport")
    late = datetime(2024, 5, 3, 22, 30, tzinfo=UTC)  # half past one on the fourth in Jerusalem
    match = live("Tram derby", section=sport, kind=Kind.ANALYSIS, topics=["Derby"], at=late)
    other = Author.objects.create(name="Noa Levi", slug="noa-levi")
    Byline.objects.create(article=match.article, author=other, role="photographs")
    publish(match.article, by=None, revision=revise(match.article, by=None))
    live("Tram opens", at=day(9))
    for asked in (
        {"section": "sport"}, {"author": "noa-levi"}, {"topic": "derby"}, {"kind": "analysis"},
        {"to": "2024-05-04"}, {"from": "2024-05-04", "to": "2024-05-04"},
    ):  # fmt: skip
        assert found("tram", read(asked)) == ["Tram derby"], asked
        assert found("", read(asked)) == ["Tram derby"], asked
    assert found("tram", read({"from": "2024-05-05"})) == ["Tram opens"]
    assert found("tram", read({"to": "2024-05-03"})) == []


def test_what_is_no_longer_live_is_found_no_longer(live: Live) -> None:
    drafted, withdrawn = live("Tram one"), live("Tram two")
    unpublish(drafted.article, by=None)
    withdraw(withdrawn.article, by=None, reason="Wrong.")
    assert found("tram") == []


def test_only_the_published_version_is_found(live: Live) -> None:
    article = live("Tram opens").article
    article.headline = "Ferry opens"
    article.save()
    revise(article, by=None)
    assert (found("tram"), found("ferry")) == (["Tram opens"], [])
    publish(article, by=None)
    assert (found("tram"), found("ferry")) == ([], ["Ferry opens"])


def test_a_topic_without_a_live_story_is_no_filter_and_is_not_named(
    live: Live, write: Callable[..., object]
) -> None:
    write("Secret", topics=["Coming merger"])
    assert find("Coming merger") is not None
    assert read({"topic": "coming-merger"}) == Filters(unknown={"topic": "coming-merger"})


def test_dates_before_1970_and_of_the_year_one_keep_their_order(live: Live) -> None:
    years = (1, 1066, 1969, 1970, 2024)
    for year in reversed(years):
        live(f"Tram of {year}", at=datetime(year, 1, 2, tzinfo=UTC))
    assert found("tram") == [f"Tram of {year}" for year in reversed(years)]


def test_stories_near_an_address_share_its_words_the_headline_first(live: Live) -> None:
    live("Harbour tunnel audited", at=day(1))
    live("Ferry", body="<p>The harbour and the tunnel, again the tunnel, tunnel.</p>", at=day(2))
    live("Budget passes", at=day(3))
    assert [card.headline for card in near("the-harbour-tunnel")] == [
        "Harbour tunnel audited", "Ferry",
    ]  # fmt: skip
    assert next(card.headline for card in near("old harbour pictures")) == "Harbour tunnel audited"
    assert near("…") == near("") == []
