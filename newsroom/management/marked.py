"""Articles that nobody may see yet, each carrying a word that stands nowhere else.

Made inside a transaction that the probe rolls back. The ids are chosen beforehand, so that the
same addresses can be asked before the articles are there; they lie far beyond the real ones.
"""

import secrets as randomness
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Model, Q
from django.utils import timezone

from articles.live.closing import coverage_of
from articles.live.models import LivePost
from articles.live.posting import post
from articles.live.words import Words
from articles.models import (
    ArchivePeriod,
    Article,
    Author,
    Byline,
    Column,
    ListChange,
    PublishedArticle,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.models.kinds import ChangeKind, Kind, WithdrawalKind
from articles.publishing import publish, schedule, unpublish, withdraw
from articles.publishing.bin import bin_article
from articles.revisions import revise
from articles.topics import put
from newsroom.media.models import Picture
from newsroom.pages.models import Menu, MenuEntry

FAR = 1_000_000


@dataclass
class Secret:
    """One marked article: its state, and the word that gives it away wherever it stands."""

    state: str
    id: int
    topic_id: int
    picture_id: int
    # Of its live post, in the states that have one.
    post_id: int
    # Answers its own address may give besides the one it gave before the article was there.
    may_answer: tuple[int, ...] = ()
    marker: str = field(default_factory=lambda: f"zq{randomness.token_hex(6)}")

    @property
    def slugs(self) -> tuple[str, ...]:
        """The words of its address, and those it had before it was renamed."""
        return f"{self.marker}slug", f"{self.marker}oldslug"

    @property
    def series_slug(self) -> str:
        return f"{self.marker}series"

    @property
    def topic_slug(self) -> str:
        return f"{self.marker}topic"


@dataclass
class Ground:
    """What is public around the marked articles: the places where they could show."""

    section: Section
    author: Author
    column: Column
    series: Series
    topic: Topic
    open: list[PublishedArticle]
    secrets: list[Secret]
    # When the open articles were published, and when the planned ones would be.
    earlier: datetime
    tomorrow: datetime


def lay_ground() -> Ground:
    """A section, an author, a column and open articles that name the marked ones by id."""
    now = timezone.now().replace(microsecond=0)
    earlier = now - timedelta(hours=1)
    word = f"probe-{randomness.token_hex(4)}"
    first = {model: _beyond(model) for model in (Article, Topic, Picture, LivePost)}
    numbers = range(len(STATES))
    secrets = [
        Secret(
            state, first[Article] + n, first[Topic] + n, first[Picture] + n,
            first[LivePost] + n, may_answer=(410, 451) if state in GONE else (),
        )
        for n, state in zip(numbers, STATES, strict=True)
    ]  # fmt: skip
    ground = Ground(
        section=Section.objects.create(name="Probe", slug=word),
        author=Author.objects.create(name="Paula Probe", slug=word),
        column=Column.objects.create(name="Probe column", slug=f"{word}-column"),
        series=Series.objects.create(name="Probe series", slug=f"{word}-series"),
        topic=Topic.objects.create(name=word, slug=word),
        open=[],
        secrets=secrets,
        earlier=earlier,
        tomorrow=now + timedelta(days=1),
    )
    boxes = "<p>Open.</p>" + "".join(
        f'<aside data-article="{secret.id}"></aside>' for secret in secrets
    )
    for kind, column in ((Kind.NEWS, None), (Kind.OPINION, ground.column)):
        open_one = _article(
            ground,
            {"kind": kind, "column": column, "headline": f"Open {kind}", "body": boxes,
             "related": [secret.id for secret in secrets]},
        )  # fmt: skip
        put(open_one, [ground.topic])
        SeriesPart.objects.create(series=ground.series, article=open_one, order=1)
        ground.open.append(
            publish(open_one, by=None, revision=revise(open_one, by=None), at=earlier)
        )
    told = "Said by the probe of an open article."
    article = ground.open[0].article
    publish(article, by=None, change=ChangeKind.CORRECTION, text=told, at=earlier)
    menu, _made = Menu.objects.get_or_create(place=Menu.Place.MAIN, defaults={"title": "Main"})
    MenuEntry.objects.bulk_create(
        MenuEntry(menu=menu, kind="topic", object_id=secret.topic_id) for secret in secrets
    )
    for secret in secrets:
        if secret.state in LIVE_BEFORE:
            live = _article(ground, {"headline": f"Open before {secret.state}"}, secret.id)
            put(live, [ground.topic])
            SeriesPart.objects.create(series=ground.series, article=live, order=1)
            row = publish(live, by=None, revision=revise(live, by=None), at=earlier)
            ground.open.append(row)
    # What has changed in this very second says less of it than later.
    for model in (ListChange, ArchivePeriod):
        model._default_manager.filter(changed_at__gte=now).update(changed_at=earlier)
    return ground


def write_secrets(ground: Ground) -> None:
    """Make every marked article what its state says."""
    for secret in ground.secrets:
        article = _written(ground, secret)
        STATES[secret.state](article, ground)


def _written(ground: Ground, secret: Secret) -> Article:
    """The desk's copy with the word in every field, under an earlier slug first."""

    def word(name: str) -> str:
        return f"{secret.marker}{name}"

    picture = Picture.objects.create(
        pk=secret.picture_id, extension="jpg", width=1200, height=800, checksum="0" * 64,
        title=word("title"), caption=word("caption"), alt_text=word("alt"),
        photographer=word("photographer"), agency=word("agency"), keywords=word("keywords"),
    )  # fmt: skip
    topic = Topic.objects.create(
        pk=secret.topic_id, name=word("topic"), slug=secret.topic_slug,
        description=word("topicwords"), picture=picture,
    )  # fmt: skip
    texts = {
        name: word(name.replace("_", ""))
        for name in (
            "kicker", "headline", "standfirst", "dateline", "seo_title", "seo_description",
            "share_title", "share_text", "lead_caption",
        )
    }  # fmt: skip
    body = f'<p>{word("body")}</p><figure data-picture="{picture.pk}"></figure>'
    fields = {**texts, "body": body, "lead_picture": picture, "slug": secret.slugs[1]}
    if article := Article.objects.filter(pk=secret.id).first():
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()
    else:
        opinion = {"kind": Kind.OPINION, "column": ground.column}
        article = _article(ground, {**fields, **opinion}, secret.id)
    Byline.objects.create(article=article, text=word("byline"), order=1)
    if secret.state not in LIVE_BEFORE:  # those that readers see are public parts already
        own = Series.objects.create(
            name=word("seriesname"), slug=secret.series_slug, description=word("serieswords"),
            picture=picture,
        )  # fmt: skip
        for series in (own, ground.series):
            SeriesPart.objects.create(series=series, article=article)
    put(article, [topic, ground.topic])
    revise(article, by=None)
    article.slug = secret.slugs[0]
    article.save()
    revise(article, by=None, note=word("note"))
    return article


def _article(ground: Ground, fields: dict[str, Any], pk: int | None = None) -> Article:
    article = Article.objects.create(
        pk=pk, **{"body": "<p>Open.</p>", "section": ground.section, **fields}
    )
    Byline.objects.create(article=article, author=ground.author)
    return article


def _beyond(model: type[Model]) -> int:
    """A number that no row of the model has or will have soon."""
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + FAR


# What happens to each ------------------------------------------------------------------------

Deed = Callable[[Article, Ground], None]


def _nothing(article: Article, ground: Ground) -> None:
    """Saved is enough."""


def _schedule(article: Article, ground: Ground) -> None:
    schedule(article, by=None, publish_at=ground.tomorrow)


def _schedule_update(article: Article, ground: Ground) -> None:
    told = f"{article.headline}change"
    schedule(article, by=None, publish_at=ground.tomorrow, change=ChangeKind.UPDATE, text=told)


def _correct(article: Article, ground: Ground) -> None:
    """Live for a moment, with a correction on record."""
    publish(article, by=None)
    told = f"{article.headline}correction"
    publish(article, by=None, change=ChangeKind.CORRECTION, text=told)


def _withdraw(article: Article, ground: Ground) -> None:
    _correct(article, ground)
    withdraw(article, by=None, reason="Taken back by the probe.", kind=WithdrawalKind.RETRACTION)


def _withdraw_for_law(article: Article, ground: Ground) -> None:
    _correct(article, ground)
    withdraw(article, by=None, reason="Taken back by the probe.", kind=WithdrawalKind.LEGAL)


def _unpublish(article: Article, ground: Ground) -> None:
    _correct(article, ground)
    unpublish(article, by=None)


def _bin(article: Article, ground: Ground) -> None:
    bin_article(article, by=None)


def _cover(article: Article, ground: Ground) -> None:
    """Posts are written before the article is live."""
    article.kind, article.column = Kind.LIVE, None
    article.save()
    revise(article, by=None)
    told = Words(text=f"{article.headline}post", headline=f"{article.headline}posted")
    made = post(coverage_of(article), by=None, words=told, is_key=True)
    secret = next(secret for secret in ground.secrets if secret.id == article.pk)
    LivePost.objects.filter(pk=made.pk).update(id=secret.post_id)


def _withdraw_coverage(article: Article, ground: Ground) -> None:
    _cover(article, ground)
    _withdraw(article, ground)


def _unnoted(deed: Deed) -> Deed:
    """The deed without the new time that it rightly leaves on the lists and in the archive, from
    which it took a story: what still differs is what nobody may know."""

    def done(article: Article, ground: Ground) -> None:
        lists = Q(object_id=0)
        for kind in ("section", "topic", "author", "column", "series"):
            lists |= Q(kind=kind, object_id=getattr(ground, kind).pk)
        before, begun = list(ListChange.objects.filter(lists)), timezone.now()
        deed(article, ground)
        ListChange.objects.bulk_update(before, ["changed_at"])
        ArchivePeriod.objects.filter(changed_at__gte=begun).update(changed_at=ground.earlier)

    return done


STATES: dict[str, Deed] = {
    "draft": _nothing,
    "scheduled": _schedule,
    "binned": _bin,
    "unpublished": _unnoted(_unpublish),
    "withdrawn": _unnoted(_withdraw),
    "withdrawn for law": _unnoted(_withdraw_for_law),
    "live with unpublished changes": _nothing,
    "live with a scheduled version": _schedule_update,
    "draft of live coverage": _cover,
    "withdrawn live coverage": _unnoted(_withdraw_coverage),
}
LIVE_BEFORE = {"live with unpublished changes", "live with a scheduled version"}
GONE = {"withdrawn", "withdrawn for law", "withdrawn live coverage"}
