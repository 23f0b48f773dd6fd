"""A tick that counts and ranks several times a second, in the environment of a served paper.

`python -m tests.popularity.quick_tick`; and what stands in its database:
`manage.py shell -c "from tests.popularity.quick_tick import stage; stage()"`.
"""

import json
import os
import signal
from datetime import timedelta
from threading import Event

import django


def main() -> None:
    """Until a signal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from articles.popularity import due
    from articles.popularity.keeping import counting
    from newsroom.management.jobs import Job, run_until

    due.RANKED_EVERY = timedelta(0)
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopped.set())
    with counting():
        run_until(stopped, [Job("count reads", due.run_due, timedelta(0))], seconds=0.1)


def stage() -> None:
    """Twelve stories with 120 readers down to 10 each, and one without; prints their ids."""
    from django.utils import timezone

    from articles.models import Article, Section
    from articles.popularity.flushing import flush
    from articles.popularity.models import Popularity
    from articles.popularity.ranking import rank
    from articles.publishing import publish
    from articles.revisions import revise

    section, _made = Section.objects.get_or_create(name="City", slug="city")
    Popularity.objects.all().delete()
    ids = []
    for number in range(13):
        article = Article.objects.create(
            headline=f"Story {number}", body="<p>Text.</p>", section=section
        )
        ids.append(publish(article, by=None, revision=revise(article, by=None)).pk)
    at = timezone.now()
    flush({pk: 120 - 10 * number for number, pk in enumerate(ids[:12])}, at=at)
    rank(at=at, counted_until=at)
    print(json.dumps(ids))


def numbers() -> None:
    """Prints the readers of each story, as the last hours see them."""
    from django.utils import timezone

    from articles.popularity.models import Popularity
    from articles.popularity.windows import Window, readers

    at = timezone.now()
    found = {row.pk: readers(row.week, Window.WEEK, at) for row in Popularity.objects.all()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
