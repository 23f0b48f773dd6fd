"""Correct: tell readers what was wrong, on the article, the page of corrections and its feed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import list_changes
from articles.archive import keeping
from articles.models import Article, Change, PublishedArticle
from articles.models.kinds import ChangeKind
from articles.publishing.checks import CannotPublish
from articles.publishing.log import record
from articles.signals import article_published
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch
from newsroom.cache.purging import purge

TEXT_LENGTH = 1000


@transaction.atomic
def correct(
    article: Article,
    *,
    by: User | None,
    text: str,
    supersedes: Change | None = None,
    at: datetime | None = None,
) -> Change:
    """Put a correction on record for the version readers see now; the text stays as it is.

    Moves "Updated". `supersedes` is an earlier correction of this article which this one replaces:
    it stays on record and is no longer shown. In the words of one that stands it is that one: a
    button pressed twice makes one correction. Raises CannotPublish, having changed nothing, when
    nothing is said, the article is not live, or the earlier one is superseded already.
    """
    text = told(text)
    locked = Article.objects.select_for_update().get(pk=article.pk)
    hold()
    row = PublishedArticle.objects.filter(pk=locked.pk).first()
    if row is None:
        raise CannotPublish({"text": _("Readers do not see this article: nothing to correct.")})
    earlier = supersedes and Change.objects.filter(pk=supersedes.pk, article=locked).first()
    if supersedes and (
        earlier is None or earlier.kind != ChangeKind.CORRECTION or earlier.superseded_by_id
    ):
        raise CannotPublish({"supersedes": _("That correction has been replaced already.")})
    standing = Change.objects.filter(article=locked).corrections()
    if supersedes is None and (same := standing.filter(text=text).first()):
        return same
    at = (at or timezone.now()).replace(microsecond=0)
    change = Change.objects.create(
        article=locked, revision_id=row.revision_id, kind=ChangeKind.CORRECTION, text=text,
        at=at, by=by,
    )  # fmt: skip
    if earlier:
        earlier.superseded_by = change
        earlier.save(update_fields=["superseded_by"])
    Article.objects.filter(pk=locked.pk).update(updated_at=at)
    PublishedArticle.objects.filter(pk=locked.pk).update(updated_at=at, **counts(locked))
    purge(f"article:{locked.pk}")
    lists = list_changes.lists_of([locked.pk])
    first = earlier is None and row.corrections == 0
    list_changes.note(lists, joined={(list_changes.Kind.CORRECTIONS, 0)} if first else ())
    keeping.refresh(row.published_at)
    record(
        "correct", locked, by=by, at=at, revision=row.revision, note=text,
        details={"change": change.pk, **({"supersedes": earlier.pk} if earlier else {})},
    )  # fmt: skip
    touch("articles")
    transaction.on_commit(
        lambda: article_published.send(sender=Article, article_id=locked.pk, first=False)
    )
    article.updated_at = at
    return change


def told(text: str) -> str:
    """What a correction says, ready to store. Raises CannotPublish when it says nothing."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise CannotPublish({"text": _("Say what was wrong; readers see it.")})
    if len(text) > TEXT_LENGTH:
        raise CannotPublish(
            {"text": _("At most %d characters; name only what was wrong.") % TEXT_LENGTH}
        )
    return text


def counts(article: Article) -> dict[str, int]:
    """The published row's numbers of changes and of standing corrections; 2 queries."""
    changes = Change.objects.filter(article=article)
    return {
        "changes": changes.exclude(kind=ChangeKind.FIRST).count(),
        "corrections": changes.corrections().count(),
    }
