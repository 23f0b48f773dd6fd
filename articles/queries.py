"""What each page needs, one call each, in a number of queries that no list can raise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.http import Http404

from articles.body.render import articles_in
from articles.columnists import guest
from articles.models import (
    Author,
    Column,
    ColumnAuthor,
    PublishedArticle,
    PublishedByline,
    PublishedTopic,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.querysets import PublishedQuerySet
from articles.series import linked_from
from newsroom.lib.pagination import Key
from newsroom.media.models import Picture
from newsroom.pages.body import pictures_in

PAGE = 20
LATEST = 6
MORE = 4
# Related: as many as were picked, and by shared topics up to so many. Of an article's first topics
# the newest stories are looked at.
RELATED, RELATED_TOPICS, ON_A_TOPIC = 4, 5, 6


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
    latest: list[PublishedArticle] = field(default_factory=list)
    more: list[PublishedArticle] = field(default_factory=list)
    related: list[PublishedArticle] = field(default_factory=list)


def find_article(article_id: int) -> PublishedArticle | None:
    """The live article, its text included; one query."""
    return (
        PublishedArticle.objects.filter(pk=article_id)
        .select_related("section", "column__portrait", "first_author__portrait", "lead_picture")
        .with_guests()
        .annotate(in_series=Exists(SeriesPart.objects.filter(article=OuterRef("pk"))))
        .first()
    )


def article_page(article: PublishedArticle) -> ArticlePage:
    """At most 4 queries: bylines, topics, pictures in the text, all cards beside and below it."""
    bylines = PublishedByline.objects.filter(article=article).select_related("author__portrait")
    if article.column_id:
        bylines = bylines.annotate(by_guest=guest(author="author", column="article__column"))
    places = PublishedTopic.objects.filter(article=article).select_related("topic")
    return page_around(article, list(bylines), [place.topic for place in places])


def page_around(
    article: PublishedArticle, bylines: list[PublishedByline], topics: list[Topic]
) -> ArticlePage:
    """What stands in and around this text, the article itself live or a preview; 2 queries.

    A third for an article in a series whose places are not stored. Each story once, in this order:
    in the text, in the lists of its series, related, of the section; what stands beside the text
    repeats nothing of that.
    """
    picture_ids = pictures_in(article.body)
    boxes = [pk for pk in articles_in(article.body) if pk != article.pk]
    shared = [topic.pk for topic in topics[:RELATED_TOPICS]]
    published = PublishedArticle.objects
    below = RELATED + MORE + 1
    lists = [
        published.latest_first()[: LATEST + below],
        published.in_section(article.section_id)[:below],
        *(published.on_topic(pk)[: ON_A_TOPIC + 1] for pk in shared),
    ]
    found = {
        card.pk: card
        for card in published.any_of(lists, [*boxes, *article.related])
        .sharing(shared)
        .for_cards()
        .order_by("-published_at", "-article_id")
    }
    cards = {pk: found[pk] for pk in boxes if pk in found}
    shown = {article.pk, *boxes, *linked_from(article)}
    left = _Left(card for card in found.values() if card.pk not in shown)
    related = left.take(found[pk] for pk in article.related if pk in found)
    near = [card for card in left.cards if _shared(card)]
    # Sorting keeps the newest first among those that share as many.
    related += left.take(sorted(near, key=_shared, reverse=True), RELATED - len(related))
    more = [card for card in left.cards if card.section_id == article.section_id]
    return ArticlePage(
        article=article,
        bylines=bylines,
        topics=topics,
        pictures=Picture.objects.in_bulk(picture_ids) if picture_ids else {},
        cards=cards,
        related=related,
        more=left.take(more, MORE),
        latest=left.take(left.cards, LATEST),
    )


class _Left:
    """Cards that stand nowhere on the page yet, newest first."""

    def __init__(self, cards: Iterable[PublishedArticle]) -> None:
        self.cards = list(cards)

    def take(self, wanted: Iterable[PublishedArticle], most: int = PAGE) -> list[PublishedArticle]:
        there = {card.pk for card in self.cards}
        taken = {card.pk: card for card in wanted if card.pk in there}
        shown = list(taken.values())[: max(most, 0)]
        self.cards = [card for card in self.cards if card not in shown]
        return shown


def _shared(card: PublishedArticle) -> int:
    return int(getattr(card, "shared", 0))


def section_or_404(section_id: int) -> Section:
    try:
        return Section.objects.get(pk=section_id)
    except Section.DoesNotExist as error:
        raise Http404("no such section") from error


def topic_or_404(slug: str) -> Topic:
    """The topic, whether or not it has a live article; the view asks for that."""
    topics: QuerySet[Topic] = Topic.objects.select_related("picture")
    return _named(topics, slug)


def series_or_404(slug: str) -> Series:
    """The series, whether or not a part is live; the view asks for that."""
    return _named(Series.objects.select_related("picture"), slug)


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
