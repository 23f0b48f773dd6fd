"""The feeds of the journalism: of the paper, opinion, corrections, and of whatever has a name.

Each costs two queries, a third where texts with pictures are carried; what it says of the paper
itself is in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import corrections
from articles.feeds.answering import answer, led_on
from articles.feeds.document import ITEMS, Document, Entry, address_of
from articles.feeds.entries import of_stories
from articles.feeds.formats import Format
from articles.list_changes import Kind, changed_at, last_change, shows_date_of
from articles.models import Author, Column, PublishedArticle, PublishedTopic, Section, Series, Topic
from articles.querysets import PublishedQuerySet
from articles.topics.standing import standing_for
from newsroom.addresses.book import resolve
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.pages.identity import identity

published = PublishedArticle.objects


@kept(Lifetime.FRONT)
@require_safe
def paper(request: HttpRequest, form: Format) -> HttpResponse:
    """The newest stories of all."""
    site, changed = identity(), changed_at(Kind.PAPER)
    entries = of_stories(published.latest_first())
    return answer(
        request, Document("feed-paper", site.name, site.tagline, "/", changed, entries), form
    )


@kept(Lifetime.FRONT)
@require_safe
def opinion(request: HttpRequest, form: Format) -> HttpResponse:
    """Opinion and editorials."""
    title, changed = f"{_('Opinion')} – {identity().name}", changed_at(Kind.OPINION)
    entries = of_stories(published.opinion())
    document = Document("feed-opinion", title, "", "/opinion/", changed, entries)
    return answer(request, document, form)


@kept(Lifetime.FRONT)
@require_safe
def corrected(request: HttpRequest, form: Format) -> HttpResponse:
    """What was wrong and is put right, newest first; a superseded correction leaves it."""
    name, changed = identity().name, changed_at(Kind.CORRECTIONS)
    return answer(
        request,
        Document(
            "feed-corrections",
            f"{_('Corrections')} – {name}",
            _("What %(name)s got wrong and has put right.") % {"name": name},
            reverse("corrections"),
            changed,
            tuple(_correction(change) for change in corrections.of_paper()[:ITEMS]),
        ),
        form,
    )


def _correction(change: Any) -> Entry:
    article = change.article.published
    page = address_of(article.get_absolute_url())
    return Entry(
        key=f"correction-{change.pk}",
        title=article.headline,
        url=f"{page}#correction-{change.pk}",
        published=change.at,
        updated=change.at,
        summary=change.text,
        language="" if article.language == identity().language else article.language,
    )


@dataclass(frozen=True)
class Named:
    """How the feed of a kind of named things is made. One of an `only_live` kind has a page, and
    so a feed, from its first live story on."""

    model: type[Model]
    page: str
    stories: Callable[[int], PublishedQuerySet]
    only_live: bool = False


NAMED = {
    Kind.SECTION: Named(Section, "/{}/", published.in_section),
    Kind.TOPIC: Named(Topic, "/topic/{}/", published.on_topic, only_live=True),
    Kind.AUTHOR: Named(Author, "/author/{}/", published.by_author),
    Kind.COLUMN: Named(Column, "/opinion/{}/", published.in_column),
    Kind.SERIES: Named(
        Series,
        "/series/{}/",
        lambda pk: published.in_series(pk).order_by("-published_at", "-article_id"),
        only_live=True,
    ),
}


@kept(Lifetime.FRONT)
@require_safe
def named(request: HttpRequest, kind: Kind, slug: str, form: Format) -> HttpResponse:
    """The feed of a section, topic, author, column or series; an old address leads on once."""
    of = NAMED[kind]
    found = _find(of, kind, slug)
    if found is None:
        return _elsewhere(of, kind, slug, form)
    entries = of_stories(of.stories(found.pk), own_column=kind == Kind.COLUMN)
    if of.only_live and not entries:
        return _elsewhere(of, kind, slug, form)
    about = getattr(found, "description", "") or identity().tagline
    document = Document(
        f"feed-{kind}-{found.pk}",
        f"{found.name} – {identity().name}",
        about,
        found.get_absolute_url(),
        found.changed_at,
        entries,
    )
    return answer(request, document, form)


def _find(of: Named, kind: Kind, slug: str) -> Any:
    """The thing with the time at which its list changed; one query."""
    if not slug.isprintable():
        return None
    rows = of.model._default_manager.filter(slug=slug)
    found = rows.annotate(changed_at=last_change(kind)).first()
    if found is not None:
        shows_date_of(kind, found.pk)
    return found


def _elsewhere(of: Named, kind: Kind, slug: str, form: Format) -> HttpResponse:
    """Where the list of that name is today: it was renamed, or is a topic that was merged.

    Raises Http404 where readers see nothing of it.
    """
    match = resolve(of.page.format(slug))
    if match is None or match.kind != kind:
        raise Http404("no such list")
    if kind == Kind.TOPIC:
        once = Topic.objects.filter(pk=match.object_id).first()
        for topic in standing_for(once) if once else []:
            if PublishedTopic.objects.filter(topic=topic).exists():
                return led_on(topic.get_absolute_url(), form)
    elif match.redirect:
        return led_on(match.redirect, form)
    raise Http404("no live article")
