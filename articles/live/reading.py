"""A page of posts and what stands above them, as an article of this kind shows them.

Asked of live articles alone; whether one is live says its published row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from articles.live.models import Coverage, LivePost
from articles.models import PublishedArticle
from newsroom.cache.generations import stored
from newsroom.cache.tags import seen
from newsroom.lib.pagination import Key, parse_key

PAGE = 20
KEY_EVENTS = 30
PINNED = 5


@dataclass
class Page:
    """One page of posts, in the order in which they are shown, and what stands above them."""

    coverage: Coverage
    newest_first: bool
    posts: list[LivePost]
    pinned: list[LivePost] = field(default_factory=list)
    keys: list[LivePost] = field(default_factory=list)
    # Whether there are newer and older posts than those on the page.
    newer: bool = False
    older: bool = False
    # A link led to a post that was deleted since.
    missing: bool = False

    @property
    def is_first(self) -> bool:
        return not (self.newer if self.newest_first else self.older)

    @property
    def newer_key(self) -> str:
        """For `?after=`: the newest post on this page."""
        return self._key(0 if self.newest_first else -1) if self.newer and self.posts else ""

    @property
    def older_key(self) -> str:
        """For `?before=`: the oldest post on this page."""
        return self._key(-1 if self.newest_first else 0) if self.older and self.posts else ""

    def _key(self, place: int) -> str:
        return str(key_of(self.posts[place]))

    @property
    def shown(self) -> list[LivePost]:
        """Every post that stands here in full."""
        return [*self.pinned, *self.posts] if self.is_first else self.posts


@dataclass(frozen=True)
class Asked:
    """What a reader's address says: `?order=`, and one of `?before=`, `?after=`, `?post=`."""

    order: str = ""
    before: Key | None = None
    after: Key | None = None
    post: int = 0


def asked(params: Mapping[str, str]) -> Asked:
    """Raises Http404 for a key that is none; other nonsense counts as not said."""
    post = params.get("post", "")
    return Asked(
        order=params.get("order", ""),
        before=parse_key(params.get("before")),
        after=parse_key(params.get("after")),
        post=int(post) if post.isascii() and post.isdigit() and len(post) <= 18 else 0,
    )


def key_of(post: LivePost) -> Key:
    return Key(post.at, post.pk)


def shown_with(request: HttpRequest, article: PublishedArticle) -> Page:
    """The page that this request shows, read once: the JSON-LD in the head speaks of the same."""
    kept: dict[int, Page] = request.__dict__.setdefault("live_pages", {})
    if article.pk not in kept:
        kept[article.pk] = page_of(article, asked(request.GET))
    return kept[article.pk]


def under_way() -> frozenset[int]:
    """The articles whose coverage is open; one query when articles have changed, else none."""
    ids = Coverage.objects.filter(closed_at=None).values_list("article_id", flat=True)
    return stored("live", lambda: frozenset(ids), of="articles")


def page_of(article: PublishedArticle, wish: Asked) -> Page:
    """The page of posts that was asked for; 2 queries, 3 with `?post=`, however many posts.

    An article of the kind that has no coverage yet counts as one without posts.
    """
    coverage = Coverage.objects.filter(article_id=article.pk).first()
    seen(f"coverage:{article.pk}")
    if coverage is None:
        empty = Coverage(article_id=article.pk, opened_at=article.published_at)
        return Page(empty, newest_first=True, posts=[])
    newest_first = {"newest": True, "oldest": False}.get(wish.order, coverage.newest_first)
    page = Page(coverage, newest_first, [])
    before, after, inclusive = wish.before, wish.after, False
    if wish.post:
        found = LivePost.objects.filter(coverage=coverage, pk=wish.post).first()
        page.missing = bool(found and found.deleted_at)
        if found and not found.deleted_at and not found.is_pinned:
            before, after = (key_of(found), None) if newest_first else (None, key_of(found))
            inclusive = True
    _fill(page, before, after, inclusive=inclusive)
    if (before or after) and not page.posts:
        if bool(before) == newest_first:
            raise Http404("no such page")
        _fill(page, None, None)  # what stood before the first page's posts was deleted
    return page


def _fill(page: Page, before: Key | None, after: Key | None, *, inclusive: bool = False) -> None:
    """One query for the posts of the page and those that stand above them."""
    posts = LivePost.objects.filter(coverage=page.coverage, deleted_at=None)
    backwards = bool(before) or (not after and page.newest_first)
    order = ("-at", "-pk") if backwards else ("at", "pk")
    listed = posts.filter(beyond(before, after, inclusive), is_pinned=False).order_by(*order)
    pinned = posts.filter(is_pinned=True).order_by("-at", "-pk")
    keys = posts.filter(is_key=True).order_by("-at", "-pk")
    found = list(any_of(listed[: PAGE + 1], pinned[:PINNED], keys[:KEY_EVENTS]))
    page.pinned = [post for post in found if post.is_pinned][:PINNED]
    page.keys = [post for post in found if post.is_key][:KEY_EVENTS]
    edge = before or after
    rest = [
        post for post in found
        if not post.is_pinned and (edge is None or _stands(key_of(post), before, after, inclusive))
    ]  # fmt: skip
    rest = (rest if backwards else rest[::-1])[: PAGE + 1]
    more = len(rest) > PAGE
    page.older, page.newer = (more, edge is not None) if backwards else (edge is not None, more)
    rest = rest[:PAGE]
    page.posts = rest if backwards == page.newest_first else rest[::-1]


def beyond(before: Key | None, after: Key | None, inclusive: bool = False) -> Q:
    """The first condition lets the index start at the right place."""
    tail = "e" if inclusive else ""
    if before:
        same = Q(at__lt=before.at) | Q(**{f"pk__lt{tail}": before.id})
        return Q(at__lte=before.at) & same
    if after:
        same = Q(at__gt=after.at) | Q(**{f"pk__gt{tail}": after.id})
        return Q(at__gte=after.at) & same
    return Q()


def _stands(key: Key, before: Key | None, after: Key | None, inclusive: bool) -> bool:
    """The same of a post in hand: key events of other pages came with the query."""
    mine, edge = (key.at, key.id), before or after
    if edge is None or (inclusive and key == edge):
        return True
    return mine < (edge.at, edge.id) if before else mine > (edge.at, edge.id)


def any_of(*lists: "QuerySet[LivePost]") -> "QuerySet[LivePost]":
    """Several short lists in one query, newest first; each reads its own index.

    SQLite takes no LIMIT inside a union, hence one more level of subquery.
    """
    head, *rest = (
        LivePost.objects.filter(pk__in=part.values("pk")).order_by().values("pk") for part in lists
    )
    return whole(LivePost.objects.filter(pk__in=head.union(*rest))).order_by("-at", "-pk")


def whole(posts: "QuerySet[LivePost]") -> "QuerySet[LivePost]":
    """With all that a post shows."""
    return posts.select_related("author", "picture")
