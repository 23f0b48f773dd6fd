"""The posts of one coverage as a feed."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.feeds.answering import answer
from articles.feeds.document import ITEMS, Document, Entry, Image, Person, address_of
from articles.feeds.formats import Format
from articles.feeds.text import EXTRACT, abroad
from articles.live.models import LivePost
from articles.live.places import newest
from articles.models import Author, PublishedArticle
from articles.models.kinds import Kind
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.tags import seen
from newsroom.lib.text import excerpt
from newsroom.pages.identity import identity


@kept(Lifetime.FRONT)
@require_safe
def coverage_feed(request: HttpRequest, article_id: int, form: Format) -> HttpResponse:
    """The newest posts in full, which are short; each links to its own address. 2 queries."""
    seen(f"coverage:{article_id}")
    rows = PublishedArticle.objects.select_related("section", "article__coverage")
    rows = rows.defer("body", "text", "article__body")
    article = rows.filter(pk=article_id, kind=Kind.LIVE).first()
    if article is None:
        raise Http404("no live article of this kind")
    coverage = getattr(article.article, "coverage", None)
    page = article.get_absolute_url()
    document = Document(
        f"feed-live-{article.pk}",
        f"{article.headline} – {identity().name}",
        article.standfirst or article.headline,
        page,
        coverage.updated_at if coverage else None,
        tuple(_entry(post, address_of(page)) for post in newest(article.pk, ITEMS)),
        below=feeds_of(article.pk),
    )
    return answer(request, document, form)


def feeds_of(article_id: int) -> str:
    """Below what the feeds of a coverage stand: the article's own address may change."""
    return f"/live/{article_id}/"


def pages_of(article_ids: Iterable[int]) -> Iterable[str]:
    """The same for those that readers see; one query."""
    live = PublishedArticle.objects.filter(pk__in=article_ids, kind=Kind.LIVE)
    return [feeds_of(pk) for pk in live.values_list("pk", flat=True)]


def _entry(post: LivePost, page: str) -> Entry:
    words = excerpt(post.plain, EXTRACT)
    return Entry(
        key=f"live-{post.pk}",
        title=post.headline or excerpt(words, 80) or post.name,
        url=address_of(post.get_absolute_url()),
        published=post.at,
        updated=post.edited_at or post.at,
        summary=words,
        html=abroad(post.body, page),
        authors=(_author(post.author),) if post.author else (),
        image=Image.of(post.picture) if post.picture else None,
    )


def _author(author: Author) -> Person:
    return Person(author.name, address_of(author.get_absolute_url()))
