"""One live coverage for the demo paper, under way: posts by four people, the last minutes ago."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.live.closing import coverage_of, describe
from articles.live.models import Coverage
from articles.live.posting import post
from articles.live.words import Words
from articles.models import Article, Author
from newsroom.media.models import Picture


@transaction.atomic
def seed(folder: Path, *, at: datetime) -> None:
    """Make what live.toml describes, where the article has no coverage yet.

    A picture is found by its caption, as everything of the demo's library is.
    """
    drawn = tomllib.loads((folder / "pictures.toml").read_text(encoding="utf-8"))["picture"]
    captions = {entry["name"]: entry["caption"] for entry in drawn}
    for entry in tomllib.loads((folder / "live.toml").read_text(encoding="utf-8"))["coverage"]:
        article = Article.objects.filter(slug=entry["article"]).first()
        if article is None or Coverage.objects.filter(article=article).exists():
            continue
        first = at - timedelta(minutes=max(each["minutes_ago"] for each in entry["post"]))
        coverage = coverage_of(article, at=first)
        describe(coverage, summary=entry["summary"], newest_first=True, at=first)
        for each in entry["post"]:
            _post(coverage, each, captions, at=at - timedelta(minutes=each["minutes_ago"]))


def _post(
    coverage: Coverage, entry: dict[str, Any], captions: dict[str, str], *, at: datetime
) -> None:
    author = Author.objects.filter(slug=entry["author"]).select_related("user").first()
    picture = Picture.objects.filter(caption=captions.get(entry.get("picture", ""), "-")).first()
    words = Words(
        text=entry["text"],
        headline=entry.get("headline", ""),
        author=author,
        picture=picture,
        picture_caption=entry.get("caption", ""),
        embed_url=entry.get("link", ""),
        embed_title=entry.get("link_title", ""),
    )
    post(
        coverage,
        by=author.user if author else None,
        words=words,
        is_key=entry.get("key", False),
        is_pinned=entry.get("pinned", False),
        at=at,
    )
