"""What the demo paper shows of this: a ticker under way, and what broke earlier."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from articles.breaking.announcing import announce
from articles.breaking.models import BreakingItem
from articles.models import Article
from newsroom.accounts.models import User


@transaction.atomic
def seed(folder: Path, *, at: datetime) -> None:
    """Make what breaking.toml describes, unless any line is there already."""
    if BreakingItem.objects.exists():
        return
    editor = User.objects.filter(email="editor@demo.test").first()
    for entry in tomllib.loads((folder / "breaking.toml").read_text(encoding="utf-8"))["line"]:
        began = at - timedelta(minutes=entry["minutes_ago"])
        article = Article.objects.filter(slug=entry.get("article")).first()
        if article is None and not entry.get("text"):
            continue
        announce(
            entry.get("text", ""), by=editor, place=BreakingItem.Place(entry["place"]),
            article=article, at=began, ends_at=began + timedelta(hours=entry["hours"]),
            override="Demo",
        )  # fmt: skip
