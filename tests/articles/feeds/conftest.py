"""One story that is in every kind of list, and asking for its feeds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from articles.models import (
    Article,
    Author,
    AuthorLink,
    Byline,
    Column,
    PublishedArticle,
    Series,
    SeriesPart,
)
from articles.models.kinds import Kind
from articles.publishing import publish
from articles.publishing.correct import correct
from articles.revisions import revise
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings

MORNING = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
# Every list that the story is in.
LISTS = (
    "/", "/city/", "/topic/trams/", "/author/rami-reporter/", "/opinion/", "/opinion/tracks/",
    "/series/lines/", "/corrections/",
)  # fmt: skip
FORMATS = ("", "atom/", "json/")


@pytest.fixture
def site(db: None) -> SiteSettings:
    return SiteSettings.objects.create(
        name="The Evening Post", tagline="News at five", tag_authority="post.example,2026-05-04"
    )


@pytest.fixture
def picture(db: None) -> Picture:
    return Picture.objects.create(
        extension="jpg", width=1500, height=1000, ready=1, checksum="0" * 64,
        caption="A tram", alt_text="A yellow tram", photographer="Pia", agency="Wire",
    )  # fmt: skip


@pytest.fixture
def story(
    site: SiteSettings, write: Callable[..., Article], picture: Picture, author: Author
) -> PublishedArticle:
    """An opinion piece in a column and a series, with two tags, a picture and a correction."""
    column = Column.objects.create(
        name="Tracks", slug="tracks", description="On rails.", disclaimer="His own view."
    )
    series = Series.objects.create(name="Lines", slug="lines")
    article = write(
        "Trams & <trains>", topics=["Trams", "Harbour"], kind=Kind.OPINION, column=column,
        standfirst="What <b>rails</b> do & don’t.", lead_picture=picture,
        body=f'<p>See <a href="/city/">here</a> or <a href="https://rail.example/?a=1&amp;b=2">'
        f'there</a>.</p><figure data-picture="{picture.pk}"></figure>'
        '<aside data-article="1"></aside><table><tbody><tr><td>1</td></tr></tbody></table>',
    )  # fmt: skip
    Byline.objects.create(article=article, text="Wire", role="photos", order=1)
    SeriesPart.objects.create(series=series, article=article)
    AuthorLink.objects.create(author=author, label="Elsewhere", url="https://rami.example/")
    publish(article, by=None, revision=revise(article, by=None), at=MORNING)
    correct(article, by=None, text="It was a bus.", at=MORNING.replace(hour=9))
    return PublishedArticle.objects.get(pk=article.pk)


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """The feed at an address: the JSON one read, the others as bytes."""

    def get(page: str, form: str = "") -> Any:
        response = client.get(f"{page}feed/{form}")
        assert response.status_code == 200, (page, form)
        return json.loads(response.content) if form == "json/" else response.content

    return get
