"""JSON-LD: what a page says about itself to machines, from the same rows readers see."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.models import Change, PublishedArticle, PublishedByline, Topic
from newsroom.pages.chrome import chrome

# What could end the script element or start a comment in it.
_ESCAPES = {
    "<": "\\u003C",
    ">": "\\u003E",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}

Telling = Callable[[HttpRequest, PublishedArticle, dict[str, Any]], None]
_told_by_kind: dict[str, Telling] = {}


def register(kind: str, tell: Telling) -> None:
    """An app above changes what is said of articles of its kind; called once the apps are ready."""
    _told_by_kind[kind] = tell


def to_script(data: Any) -> SafeString:
    """The data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(text)  # noqa: S308  (no character left that HTML gives a meaning)


def absolute(path: str) -> str:
    """A path of ours as the world sees it; anything absolute stays as it is."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def publisher() -> dict[str, Any]:
    """The paper as an organisation."""
    site = chrome()
    data: dict[str, Any] = {
        "@type": "NewsMediaOrganization",
        "name": site.name,
        "url": absolute("/"),
        "correctionsPolicy": absolute(reverse("corrections")),
    }
    if site.logo:
        data["logo"] = {"@type": "ImageObject", "url": site.logo.rendition_url("share")}
    return data


def article_data(
    article: PublishedArticle,
    bylines: Sequence[PublishedByline],
    topics: Sequence[Topic],
    corrections: Sequence[Change] = (),
    *,
    request: HttpRequest | None = None,
) -> list[dict[str, Any]]:
    """NewsArticle or OpinionNewsArticle, or what an app made of it; and the breadcrumbs."""
    url = absolute(article.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle" if article.is_opinion else "NewsArticle",
        "headline": article.headline[:110],
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": article.published_at.isoformat(),
        "dateModified": (article.updated_at or article.published_at).isoformat(),
        "inLanguage": article.language or get_language(),
        "articleSection": article.section.name,
        "isAccessibleForFree": True,
        "wordCount": article.words,
        "author": [_author(line) for line in bylines if not line.role]
        or [_author(line) for line in bylines]
        or [publisher()],
        "publisher": publisher(),
    }
    if article.standfirst:
        data["description"] = article.seo_description or article.standfirst
    if article.lead_picture:
        data["image"] = [article.lead_picture.rendition_url("share")]
    if topics:
        data["keywords"] = [topic.name for topic in topics]
    if corrections:
        data["correction"] = [
            {
                "@type": "CorrectionComment",
                "url": f"{url}#correction-{change.pk}",
                "text": change.text,
                "datePublished": change.at.isoformat(),
            }
            for change in corrections
        ]
    tell = _told_by_kind.get(article.kind)
    if tell and request:
        tell(request, article, data)
    trail = [("/", chrome().name), (article.section.get_absolute_url(), article.section.name)]
    return [
        data,
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
                for number, (path, name) in enumerate(trail, start=1)
            ]
            + [{"@type": "ListItem", "position": len(trail) + 1, "name": article.headline}],
        },
    ]


def _author(line: PublishedByline) -> dict[str, Any]:
    institution = line.author is None or line.author.is_institution
    data = {"@type": "Organization" if institution else "Person", "name": line.name}
    if line.url:
        data["url"] = absolute(line.url)
    return data
