"""Old versions go; what readers saw and what anything needs stays."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, PublishedArticle, Revision
from articles.previews import make_link
from articles.pruning import KEPT_FOR, NEWEST, prune
from articles.publishing import publish
from articles.revisions import snapshot
from newsroom.accounts.models import User
from newsroom.management.jobs import jobs

Write = Callable[..., Article]
NOW = timezone.now()
LONG_AGO = NOW - KEPT_FOR - timedelta(days=1)


def age(article: Article, more: int) -> None:
    """Make all versions old, and add some that are."""
    taken = snapshot(article)
    Revision.objects.filter(article=article).update(at=LONG_AGO)
    last = article.revisions.order_by("-number").values_list("number", flat=True)[0]
    Revision.objects.bulk_create(
        Revision(article=article, number=last + n, snapshot=taken, at=LONG_AGO)
        for n in range(1, more + 1)
    )
    article.latest_revision = article.revisions.get(number=last + more)
    article.save()


def numbers(article: Article) -> list[int]:
    return [*article.revisions.order_by("number").values_list("number", flat=True)]


def test_pruning_keeps_the_newest_and_throws_older_ones_away(write: Write) -> None:
    article = write()
    age(article, NEWEST + 9)
    assert prune(NOW) == 10
    assert numbers(article) == [*range(11, NEWEST + 11)]
    assert prune(NOW) == 0


def test_pruning_keeps_published_versions_for_ever(live: Callable[..., PublishedArticle]) -> None:
    article = Article.objects.get(pk=live().pk)
    age(article, NEWEST)
    publish(article, by=None, revision=article.revisions.get(number=5), at=LONG_AGO)
    publish(article, by=None, at=LONG_AGO)
    age(article, NEWEST + 5)
    prune(NOW + timedelta(days=36500))
    kept = numbers(article)
    assert kept[:3] == [1, 5, NEWEST + 1]
    assert len(kept) == 3 + NEWEST
    assert article.changes.count() == 3


def test_pruning_keeps_what_has_a_note_and_what_something_points_at(
    write: Write, editor: User
) -> None:
    article = write()
    age(article, NEWEST + 9)
    article.revisions.filter(number=3).update(note="Before the lawyer read it")
    article.scheduled_revision = article.revisions.get(number=4)
    article.save()
    make_link(article.revisions.get(number=5), by=editor)
    prune(NOW)
    assert numbers(article)[:3] == [3, 4, 5]
    article.refresh_from_db()
    assert article.scheduled_revision is not None


def test_recent_versions_are_all_kept(write: Write) -> None:
    article = write()
    age(article, NEWEST + 9)
    Revision.objects.filter(article=article).update(at=NOW - KEPT_FOR + timedelta(minutes=1))
    assert prune(NOW) == 0


def test_the_history_outlives_the_versions_it_speaks_of(write: Write) -> None:
    article = write()
    age(article, NEWEST + 1)
    prune(NOW)
    assert not article.revisions.filter(number=1).exists()
    assert article.history.get(verb="save").revision_number == 1


def test_pruning_is_a_job_of_the_day_and_a_command(write: Write) -> None:
    age(write(), NEWEST)
    [job] = [job for job in jobs() if job.name == "prune revisions"]
    assert job.every == timedelta(days=1)
    assert job.run(NOW) == 1
    out = StringIO()
    call_command("prune_revisions", stdout=out)
    assert out.getvalue() == "0 versions deleted.\n"
