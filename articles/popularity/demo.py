"""What the demo paper shows of this: invented readers of the moment it is made."""

from datetime import datetime
from pathlib import Path

from articles.models import PublishedArticle
from articles.popularity.flushing import flush
from articles.popularity.models import Popularity
from articles.popularity.ranking import rank

# The story most read, and how much of it each next one has.
MOST, FADES = 900, 0.93


def seed(folder: Path, *, at: datetime) -> None:
    """Give each story a number of readers, once; nothing where readers were counted.

    Nothing keeps it fresh: unless somebody reads, the lists say after a while that they are old.
    """
    if Popularity.objects.exists():
        return
    latest = PublishedArticle.objects.latest_first().values_list("pk", flat=True)[:100]
    # An order that is neither the newest first nor another one everywhere.
    stories = sorted(latest, key=lambda pk: pk * 7919 % 101)
    flush({pk: max(1, round(MOST * FADES**place)) for place, pk in enumerate(stories)}, at=at)
    rank(at=at, counted_until=at)
