"""What cards say of changes, and passing a story on without anybody else being told."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import timezone, translation

from articles.models import Article, PublishedArticle
from articles.models.kinds import ChangeKind
from articles.publishing import publish
from articles.revisions import revise

Live = Callable[..., PublishedArticle]
CARD = Template('{% include "partials/card.html" with level=2 %}')


def card(row: PublishedArticle, **context: object) -> str:
    row = PublishedArticle.objects.for_cards().get(pk=row.pk)
    return CARD.render(Context({"card": row, **context}))


def again(row: PublishedArticle, kind: ChangeKind, *, hours: float = 0, text: str = "") -> None:
    article = Article.objects.get(pk=row.pk)
    article.body += "<p>More.</p>"
    article.save()
    at = timezone.now() - timedelta(hours=hours)
    revise(article, by=None)
    publish(article, by=None, change=kind, text=text, at=at)


@pytest.fixture
def row(live: Live) -> PublishedArticle:
    return live(at=timezone.now() - timedelta(days=3))


def test_a_story_that_was_not_changed_has_no_mark_and_no_empty_line(row: PublishedArticle) -> None:
    assert "mark" not in card(row)
    assert "card__meta" not in card(row)


def test_an_update_is_marked_with_its_time(row: PublishedArticle) -> None:
    again(row, ChangeKind.UPDATE, hours=1)
    found = card(row)
    assert re.search(r'<span class="mark">Updated <time datetime="20[^"]+Z">[^<]+</time>', found)
    assert "Corrected" not in found


def test_a_silent_change_is_not_news(row: PublishedArticle) -> None:
    again(row, ChangeKind.SILENT)
    assert "mark" not in card(row)


def test_an_update_of_yesterday_is_no_news_any_more(row: PublishedArticle) -> None:
    again(row, ChangeKind.UPDATE, hours=23.9)
    assert "Updated" in card(row)
    tomorrow = timezone.now() + timedelta(hours=1)
    assert "mark" not in card(row, shown_at=tomorrow)
    before = timezone.now() - timedelta(hours=25)  # a page of that minute knew nothing of it
    assert "mark" not in card(row, shown_at=before)


def test_a_correction_stays_marked(row: PublishedArticle) -> None:
    again(row, ChangeKind.CORRECTION, hours=30, text="It was six trams.")
    found = card(row)
    assert '<span class="mark">Corrected</span>' in found
    assert "Updated" not in found


def test_marks_speak_the_paper_s_language(row: PublishedArticle) -> None:
    again(row, ChangeKind.UPDATE, hours=1)
    with translation.override("he"):
        assert "Updated" not in card(row)


def test_lists_say_how_long_the_reading_takes(row: PublishedArticle, client: Client) -> None:
    PublishedArticle.objects.filter(pk=row.pk).update(words=920)
    page = client.get("/author/rami-reporter/").content.decode()
    assert "4 minutes to read" in page
    assert "4 minutes to read" in client.get(row.get_absolute_url()).content.decode()


def test_share_links_carry_the_whole_address_and_load_nothing_from_elsewhere(
    live: Live, client: Client
) -> None:
    row = live("Fish & chips: “50% more”")
    page = client.get(row.get_absolute_url()).content.decode()
    share = page[page.index('<section class="share"') :].partition("</section>")[0]
    whole = settings.SITE_URL + row.get_absolute_url()
    links = re.findall(r'<a href="([^"]+)"', share)
    assert [link.split("?")[0] for link in links] == [
        "mailto:", "https://wa.me/", "https://t.me/share/url",
    ]  # fmt: skip
    for link in links:
        assert quote(whole, safe="") in link
        assert "Fish%20%26%20chips" in link
    assert not re.search(r"<(?:script|img|iframe|form|link)\b", share)
    assert f'value="{whole}"' in share
