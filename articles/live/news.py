"""What an open page has not seen yet."""

from dataclasses import dataclass, field

from articles.live.models import Coverage, LivePost
from articles.live.reading import KEY_EVENTS, whole
from articles.models import PublishedArticle
from articles.models.kinds import Kind

# An open page that has missed more is asked to load itself again.
MOST_CHANGES = 50


@dataclass
class News:
    """What an open page has not seen: `number` is what it has when it has taken this in."""

    coverage: Coverage
    number: int
    posts: list[LivePost] = field(default_factory=list)
    keys: list[LivePost] = field(default_factory=list)
    # More than an answer should carry: the page is to be loaded again.
    too_many: bool = False


def number_of(article_id: int) -> tuple[int | None, int] | None:
    """(id, number) of the coverage of a live article of this kind; None for any other.

    One query: it is what every open page asks every few seconds.
    """
    rows = PublishedArticle.objects.filter(pk=article_id, kind=Kind.LIVE)
    found = rows.values_list("article__coverage__pk", "article__coverage__number").first()
    return (found[0], found[1] or 0) if found else None


def news(coverage_id: int, since: int) -> News:
    """Posts that were made, changed or deleted after number `since`; 3 queries.

    The number is read before the posts: what is committed in between is told now or, at the
    latest, the next time, and telling something twice does no harm.
    """
    coverage = Coverage.objects.get(pk=coverage_id)
    found = News(coverage, coverage.number)
    posts = LivePost.objects.filter(coverage=coverage)
    changed = posts.filter(changed__gt=since).order_by("-changed")
    found.posts = list(whole(changed)[: MOST_CHANGES + 1])
    if since > coverage.number or len(found.posts) > MOST_CHANGES:
        return News(coverage, coverage.number, too_many=True)
    keys = posts.filter(deleted_at=None, is_key=True).order_by("-at", "-pk")
    found.keys = list(keys.defer("source")[:KEY_EVENTS])
    return found
