"""A revision as readers would get it, and the links with which others may look at it.

A preview is built in memory from the revision's snapshot: it writes no row, and nothing lists it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import queries
from articles.models import (
    Article,
    PreviewLink,
    PublishedArticle,
    PublishedByline,
    Revision,
    Section,
    Topic,
)
from articles.models.kinds import State
from articles.publishing.log import record
from articles.publishing.rows import authors_of, values
from articles.topics import standing
from newsroom.accounts.models import User
from newsroom.lib.signing import BadToken, seal, unseal
from newsroom.lib.text import tidy

PURPOSE = "preview"
DAYS = 2
MOST_DAYS = 7


# The page --------------------------------------------------------------------------------------


def page_of(revision: Revision, *, at: datetime) -> queries.ArticlePage:
    """The page of this revision as it would be if it went live; at most 10 queries, no writes.

    The date is the article's own: when it went live, else its planned minute, else `at`.
    """
    taken, article = revision.snapshot, revision.article
    authors = authors_of(taken)
    row = PublishedArticle(
        article=article,
        revision=revision,
        published_at=article.first_published_at or article.publish_at or at,
        updated_at=article.updated_at if article.is_live else None,
        **values(taken, authors),
    )
    prefetch_related_objects(
        [row], "column__portrait", "first_author__portrait", "lead_picture", "article"
    )
    row.section = Section.objects.filter(pk=row.section_id).first() or _no_section()
    bylines = [
        PublishedByline(
            author=authors.get(line["author_id"]),
            text="" if line["author_id"] in authors else tidy(line["text"]),
            role=line["role"],
        )
        for line in taken["bylines"]
        if line["author_id"] in authors or tidy(line["text"])
    ]
    present = standing(taken["topics"])
    topics = Topic.objects.in_bulk(present)
    shown = [topics[pk] for pk in present if pk in topics]
    return queries.page_around(queries.Story(row, bylines, shown))


def _no_section() -> Section:
    """Stands in for a section that is not chosen yet; its link leads to the front page."""
    section = Section(name=_("No section yet"), slug="")
    section.get_absolute_url = lambda: "/"  # type: ignore[method-assign]
    return section


# Links -----------------------------------------------------------------------------------------


@transaction.atomic
def make_link(
    revision: Revision, *, by: User, days: int = DAYS, note: str = "", at: datetime | None = None
) -> PreviewLink:
    """A link to this one revision, holding for 1 to 7 days; ValueError for any other number."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(_("A preview link holds for one to seven days."))
    at = at or timezone.now()
    link = PreviewLink.objects.create(
        article=revision.article,
        revision=revision,
        note=tidy(note.replace("\x00", ""))[:120],
        by=by,
        at=at,
        expires_at=at + timedelta(days=days),
    )
    record(
        "preview_link", revision.article, by=by, at=at, revision=revision, note=link.note,
        details={"link": link.pk, "expires_at": link.expires_at.isoformat()},
    )  # fmt: skip
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, by: User, at: datetime | None = None) -> bool:
    """End a link now, for good; False when it had been revoked before."""
    at = at or timezone.now()
    if not PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at):
        return False
    record(
        "preview_revoked", link.article, by=by, at=at, revision=link.revision, note=link.note,
        details={"link": link.pk},
    )  # fmt: skip
    return True


def address(link: PreviewLink) -> str:
    """The whole address; signed (HMAC-SHA256) over the link and its revision."""
    token = seal(PURPOSE, link.pk, link.revision_id)
    return f"{settings.SITE_URL}{reverse('preview', args=[token])}"


def find(token: str, *, at: datetime) -> PreviewLink | None:
    """The link of a token if it holds at that moment; why it does not is nobody's business.

    While its article is withdrawn or in the bin, a link leads nowhere either.
    """
    try:
        number, revision_id = (int(part) for part in unseal(PURPOSE, token))
    except (BadToken, ValueError):
        return None
    return (
        PreviewLink.objects.filter(pk=number, revision_id=revision_id, revoked_at=None)
        .filter(expires_at__gt=at, expires_at__lte=F("at") + timedelta(days=MOST_DAYS))
        .filter(article__binned_at=None)
        .exclude(article__state=State.WITHDRAWN)
        .select_related("revision", "article")
        .first()
    )


def links_of(article: Article) -> list[PreviewLink]:
    """The twenty newest links of an article, whatever became of them; one query."""
    return list(article.preview_links.select_related("revision", "by")[:20])
