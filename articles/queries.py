"""What each page needs, one call each, in a number of queries that no list can raise."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.utils.safestring import SafeString

from articles import corrections
from articles.body.render import articles_in, fill
from articles.columnists import guest
from articles.models import (
    Author,
    Change,
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
from articles.newest import cards, newest, newest_first
from articles.querysets import PublishedQuerySet
from articles.series import linked_from
from newsroom.cache.parts import part
from newsroom.cache.tags import seen, shows
from newsroom.lib.pagination import Key, Page, address, page_of
from newsroom.media.models import Picture
from newsroom.pages.body import pictures_in

PAGE = 20
LATEST = 6
MORE = 4
# Related: as many as were picked, and by shared topics up to so many. Of an article's first topics
# the newest stories are looked at.
RELATED, RELATED_TOPICS, ON_A_TOPIC = 4, 5, 6


def listing(
    method: str, *of: Hashable, key: Key | None, size: int = PAGE, tag: str = ""
) -> Page[PublishedArticle]:
    """A page of `size` cards of a list (`PublishedQuerySet`); a key past the end is a 404.

    With nothing in memory 2 queries, 3 after the first page. `tag` is that of a list which leaves
    none itself.
    """

    def build() -> Page[int]:
        if tag:
            seen(tag)
        return _ids(method, of, key, size)

    page = part("listing", method, of, key, size, build=build)
    found = cards(page.items)
    shown = [found[pk] for pk in page.items if pk in found]
    shows(*shown)
    return Page(shown, page.older, page.newer)


def _ids(method: str, of: tuple[Hashable, ...], key: Key | None, size: int) -> Page[int]:
    def listed(**keys: Key | None) -> PublishedQuerySet:
        return getattr(PublishedArticle.objects, method)(*of, **keys)  # type: ignore[no-any-return]  # by name

    page = page_of(lambda **keys: listed(**keys).only("published_at"), key, size=size)
    if key and page.newer == address(None):
        listed()  # what is published next comes between: the page carries the tag of the first too
    return Page([row.pk for row in page.items], page.older, page.newer)


@dataclass
class Story:
    """An article with what its page shows of it besides the text's pictures."""

    article: PublishedArticle
    bylines: list[PublishedByline]
    topics: list[Topic]
    corrections: list[Change] = field(default_factory=list)


@dataclass
class ArticlePage(Story):
    """A story, and which others its page shows: `cards` in boxes of the text, the rest around."""

    cards: dict[int, PublishedArticle] = field(default_factory=dict)
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


def find_story(article_id: int) -> Story | None:
    """At most 4 queries: the article, bylines, topics, corrections; none while it is in memory."""
    return part("story", article_id, build=lambda: _story(article_id))


def _story(article_id: int) -> Story | None:
    if (article := find_article(article_id)) is None:
        return None
    bylines = PublishedByline.objects.filter(article=article).select_related("author__portrait")
    if article.column_id:
        bylines = bylines.annotate(by_guest=guest(author="author", column="article__column"))
    places = PublishedTopic.objects.filter(article=article).select_related("topic")
    topics = [place.topic for place in places]
    return Story(article, list(bylines), topics, corrections.standing(article))


def text_of(page: ArticlePage) -> SafeString:
    """The text as readers get it; one query if it has pictures."""
    ids = pictures_in(page.article.body)
    shows(*page.cards.values())
    return fill(page.article.body, Picture.objects.in_bulk(ids) if ids else {}, page.cards)


def page_around(story: Story) -> ArticlePage:
    """What stands in and around this text, the article itself live or a preview.

    With nothing in memory 2 queries: lists and cards. One more for an article in a series whose
    places are not stored.
    """
    read: dict[int, PublishedArticle] = {}
    ids = part("around", story.article.pk, build=lambda: _around(story, read))
    found = read or cards(chain.from_iterable(ids.values()))
    placed = {place: [found[pk] for pk in each if pk in found] for place, each in ids.items()}
    page = ArticlePage(**vars(story), cards={card.pk: card for card in placed["cards"]})
    page.related, page.more, page.latest = placed["related"], placed["more"], placed["latest"]
    shows(*page.cards.values(), *page.related, *page.more, *page.latest)
    return page


def _around(story: Story, read: dict[int, PublishedArticle]) -> dict[str, list[int]]:
    """The ids of those around it by place; what was read for that is put into `read`.

    Each story once, in this order: in the text, in the lists of its series, related, of the
    section; what stands beside the text repeats nothing of that.
    """
    article, topics = story.article, story.topics
    shows(article, *topics)
    boxes = [pk for pk in articles_in(article.body) if pk != article.pk]
    topic_ids = {topic.pk for topic in topics[:RELATED_TOPICS]}
    below = RELATED + MORE + 1
    lists = newest(
        [
            (LATEST + below, "latest_first"),
            (below, "in_section", article.section_id),
            *((ON_A_TOPIC + 1, "on_topic", topic.pk) for topic in topics[:RELATED_TOPICS]),
        ]
    )
    # Also those that are not live yet: they come when they are.
    seen(*(f"article:{pk}" for pk in [*boxes, *article.related]))
    read |= cards({*chain.from_iterable(lists.values()), *boxes, *article.related})
    shown = {article.pk, *boxes, *linked_from(article)}
    left = {card.pk: card for card in newest_first(read.values()) if card.pk not in shown}

    def take(wanted: Iterable[int], most: int = PAGE) -> list[int]:
        """The first of them that stand nowhere on the page yet, each once."""
        taken = [pk for pk in dict.fromkeys(wanted) if pk in left][: max(most, 0)]
        for pk in taken:
            del left[pk]
        return taken

    related = take(article.related)
    shared = {pk: len(topic_ids & card.topic_ids) for pk, card in left.items()}
    # Sorting keeps the newest first among those that share as many.
    near = sorted(filter(shared.get, shared), key=shared.__getitem__, reverse=True)
    related += take(near, RELATED - len(related))
    more = take([pk for pk, card in left.items() if card.section_id == article.section_id], MORE)
    return {"cards": boxes, "related": related, "more": more, "latest": take(list(left), LATEST)}


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
    seen("columns")
    return list(_columns_with_faces())


def _columns_with_faces() -> QuerySet[Column]:
    places = ColumnAuthor.objects.select_related("author__portrait")
    return Column.objects.select_related("portrait").prefetch_related(Prefetch("places", places))
