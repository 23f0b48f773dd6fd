"""An article: NewsArticle and its kin, or what an app made of it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from articles.models import Change, PublishedArticle, PublishedByline, Topic
from articles.models.kinds import Kind
from articles.series import places_of
from articles.structured_data.people import author_of
from newsroom.lib.json_ld import Data, absolute, filled, stamp
from newsroom.media.structured_data import images
from newsroom.pages.structured_data import publisher

TYPES = {
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.EDITORIAL: "OpinionNewsArticle",
}
# Kinds that have no type of their own.
GENRES = {Kind.EDITORIAL: "Editorial", Kind.INTERVIEW: "Interview"}

Telling = Callable[[HttpRequest, PublishedArticle, Data], None]
_told_by_kind: dict[str, Telling] = {}


def register(kind: str, tell: Telling) -> None:
    """An app above changes what is said of articles of its kind; called once the apps are ready."""
    _told_by_kind[kind] = tell


def article_data(
    article: PublishedArticle,
    bylines: Sequence[PublishedByline],
    topics: Sequence[Topic],
    corrections: Sequence[Change] = (),
    *,
    request: HttpRequest | None = None,
) -> Data:
    """What one article's page says of it. The text is not repeated: machines have the page."""
    url = absolute(article.get_absolute_url())
    paper = publisher()
    data: dict[str, Any] = {
        "@type": TYPES.get(Kind(article.kind), "NewsArticle"),
        "headline": article.headline,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": stamp(article.published_at),
        "dateModified": stamp(article.updated_at or article.published_at),
        "inLanguage": article.language or get_language(),
        "articleSection": article.section.name,
        "wordCount": article.words,
        "author": [author_of(line) for line in bylines if not line.role]
        or [author_of(line) for line in bylines]
        or [paper],
        "publisher": paper,
        **_access(article),
        **filled(
            genre=GENRES.get(Kind(article.kind)),
            description=article.seo_description or article.standfirst,
            image=images(article.lead_picture, _caption(article)),
            keywords=[topic.name for topic in topics],
            isPartOf=_whole(article),
            correction=[_correction(url, change) for change in corrections],
        ),
    }
    tell = _told_by_kind.get(article.kind)
    if tell and request:
        tell(request, article, data)
    return data


def _access(article: PublishedArticle) -> Data:
    """Who may read it without paying: everybody."""
    return {"isAccessibleForFree": True}


def _caption(article: PublishedArticle) -> str:
    """The words below the lead picture."""
    picture = article.lead_picture
    return article.lead_caption or (picture.caption if picture else "")


def _whole(article: PublishedArticle) -> list[Data]:
    """The column and the series of which it is a part, as the page names them."""
    wholes = [(place.name, place.url) for place in places_of(article)]
    if article.column:
        wholes.insert(0, (article.column.name, article.column.get_absolute_url()))
    return [
        {"@type": "CreativeWorkSeries", "name": name, "url": absolute(path)}
        for name, path in wholes
    ]


def _correction(url: str, change: Change) -> Data:
    return {
        "@type": "CorrectionComment",
        "url": f"{url}#correction-{change.pk}",
        "text": change.text,
        "datePublished": stamp(change.at),
    }
