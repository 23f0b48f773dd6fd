"""What each page needs, one call each, in a number of queries that no list can raise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404

from articles.body.render import articles_in
from articles.models import (
    Author,
    Column,
    ColumnAuthor,
    PublishedArticle,
    PublishedByline,
    PublishedTopic,
    Section,
    Topic,
)
from articles.querysets import PublishedQuerySet
from newsroom.cache.generations import stored
from newsroom.lib.pagination import Key
from newsroom.media.models import Picture
from newsroom.pages.body import pictures_in

PAGE = 20
FRONT_ROWS = 12
LATEST = 6
HOT_OPINION = 5
MORE = 4


@dataclass
class Listing:
    """One page of a list and the key of the next."""

    cards: list[PublishedArticle]
    older: str = ""


def listing(queryset: PublishedQuerySet, size: int = PAGE) -> Listing:
    """A page of `size` cards; one query."""
    cards = list(queryset.for_cards()[: size + 1])
    if len(cards) <= size:
        return Listing(cards)
    last = cards[size - 1]
    return Listing(cards[:size], str(Key(last.published_at, last.pk)))


@dataclass
class ArticlePage:
    """Everything one article's page shows of the journalism."""

    article: PublishedArticle
    bylines: list[PublishedByline]
    topics: list[Topic]
    pictures: dict[int, Picture]
    cards: dict[int, PublishedArticle]
    hot_opinion: list[PublishedArticle] = field(default_factory=list)
    latest: list[PublishedArticle] = field(default_factory=list)
    more: list[PublishedArticle] = field(default_factory=list)


def find_article(article_id: int) -> PublishedArticle | None:
    """The live article, its text included; one query."""
    return (
        PublishedArticle.objects.filter(pk=article_id)
        .select_related("section", "column__portrait", "first_author__portrait", "lead_picture")
        .first()
    )


def article_page(article: PublishedArticle) -> ArticlePage:
    """At most 4 queries: bylines, topics, pictures in the text, all cards beside and below it."""
    bylines = list(
        PublishedByline.objects.filter(article=article).select_related("author__portrait")
    )
    places = PublishedTopic.objects.filter(article=article).select_related("topic")
    picture_ids = pictures_in(article.body)
    related_ids = [pk for pk in articles_in(article.body) if pk != article.pk]
    published = PublishedArticle.objects
    lists: dict[str, PublishedQuerySet] = {
        "hot_opinion": published.opinion()[: HOT_OPINION + 1],
        "latest": published.latest_first()[: LATEST + 1],
        "more": published.in_section(article.section_id)[: MORE + 1],
    }
    found = {
        card.pk: card
        for card in published.any_of(lists.values(), related_ids)
        .for_cards()
        .order_by("-published_at", "-article_id")
    }
    others = [card for card in found.values() if card.pk != article.pk]
    extra = set(related_ids)
    return ArticlePage(
        article=article,
        bylines=bylines,
        topics=[place.topic for place in places],
        pictures=Picture.objects.in_bulk(picture_ids) if picture_ids else {},
        cards={pk: found[pk] for pk in extra if pk in found},
        hot_opinion=[card for card in others if card.is_opinion][:HOT_OPINION],
        latest=[card for card in others if card.pk not in extra][:LATEST],
        more=[c for c in others if c.section_id == article.section_id and c.pk not in extra][:MORE],
    )


@dataclass
class FrontRow:
    """One section's row on the front page; `layout` names the partial that sets it."""

    section: Section
    layout: str
    cards: list[PublishedArticle]


@dataclass
class Home:
    """The front page, filled by rule: newest first, each story once."""

    lead: PublishedArticle | None
    lead_related: list[PublishedArticle]
    seconds: list[PublishedArticle]
    rows: list[FrontRow]
    opinion: list[PublishedArticle]
    latest: list[PublishedArticle]


LAYOUTS = ("four", "one-three", "list")


def home() -> Home:
    """At most 2 queries, whatever the archive holds: sections, and every card of the page."""
    sections: Sequence[Section] = stored(
        "front_sections",
        lambda: list(Section.objects.filter(on_front=True)[:FRONT_ROWS]),
        of="articles",
    )
    published = PublishedArticle.objects
    lists = [published.latest_first()[:30], published.opinion()[:8]]
    # More than a row shows, because what stands higher up is not repeated below.
    lists += [published.in_section(section.pk)[:12] for section in sections]
    cards = list(published.any_of(lists).for_cards().order_by("-published_at", "-article_id"))
    news = [card for card in cards if not card.is_opinion]
    lead = next((card for card in news if card.lead_picture_id), news[0] if news else None)
    used = {lead.pk} if lead else set()

    def take(pool: list[PublishedArticle], count: int) -> list[PublishedArticle]:
        taken = [card for card in pool if card.pk not in used][:count]
        used.update(card.pk for card in taken)
        return taken

    seconds = take(news[:12], 4)
    same = [card for card in news if lead and card.section_id == lead.section_id]
    lead_related = take(same, 2)
    latest = [card for card in cards if card.pk not in used][:8]
    opinion_cards = take([card for card in cards if card.is_opinion], 5)
    rows: list[FrontRow] = []
    for section in sections:
        in_section = [card for card in news if card.section_id == section.pk]
        if taken := take(in_section, 4):
            rows.append(FrontRow(section, LAYOUTS[len(rows) % len(LAYOUTS)], taken))
    return Home(lead, lead_related, seconds, rows, opinion_cards, latest)


def section_or_404(section_id: int) -> Section:
    try:
        return Section.objects.get(pk=section_id)
    except Section.DoesNotExist as error:
        raise Http404("no such section") from error


def topic_or_404(slug: str) -> Topic:
    """The topic, whether or not it has a live article; the view asks for that."""
    return _named(Topic.objects.select_related("picture"), slug)


def author_or_404(slug: str) -> Author:
    return _named(Author.objects.select_related("portrait").prefetch_related("links"), slug)


def column_or_404(slug: str) -> Column:
    return _named(_columns_with_faces(), slug)


T = TypeVar("T", bound=Model)


def _named(queryset: QuerySet[T], slug: str) -> T:
    found = queryset.filter(slug=slug).first() if slug.isprintable() else None
    if found is None:
        raise Http404("nothing of this name")
    return found


def columns() -> list[Column]:
    """All columns with portraits, for the opinion front; 2 queries."""
    return list(_columns_with_faces())


def _columns_with_faces() -> QuerySet[Column]:
    places = ColumnAuthor.objects.select_related("author__portrait")
    return Column.objects.select_related("portrait").prefetch_related(Prefetch("places", places))
