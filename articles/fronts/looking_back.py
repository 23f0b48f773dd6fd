"""What readers saw of a front at any minute: its records, in order, and what has become of them.

Everything here reads `Record`, which `articles.fronts.recording` adds to and nobody changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from articles.fronts.models import Arrangement, Front, Record
from articles.fronts.shown import Shown
from articles.models import Article, PublishedArticle
from newsroom.media.models import Picture
from newsroom.pages.templatetags.paper import printed


@dataclass
class Past:
    """A record with its neighbours; it stood from `record.at` until `later.at`, or still stands."""

    record: Record
    earlier: Record | None
    later: Record | None

    @property
    def until(self) -> datetime | None:
        return self.later.at if self.later else None


def records_of(front: Front) -> QuerySet[Record]:
    """Newest first, without what they show."""
    return front.records.defer("shown").select_related("arrangement__by")


def past_at(front: Front, at: datetime) -> Past | None:
    """What stood at that instant; None when it is before the first record. 3 queries."""
    record = front.records.filter(at__lte=at).select_related("arrangement__by").first()
    return around(record) if record else None


def around(record: Record) -> Past:
    """With the record before and the one after; 2 queries."""
    rows = Record.objects.filter(front_id=record.front_id).defer("shown")
    earlier = rows.filter(Q(at__lt=record.at) | Q(at=record.at, pk__lt=record.pk)).first()
    later = rows.filter(Q(at__gt=record.at) | Q(at=record.at, pk__gt=record.pk)).last()
    return Past(record, earlier, later)


def first_with(arrangement: Arrangement) -> Record | None:
    """What readers saw when it went live; None when it never did."""
    rows = Record.objects.filter(front_id=arrangement.front_id, arrangement=arrangement)
    return rows.select_related("arrangement__by").last()


@dataclass(frozen=True)
class Gone:
    """A story that readers cannot open any more, and since when, in words."""

    article_id: int
    headline: str
    what: str
    # The desk's form still has it.
    kept: bool

    @property
    def anchor(self) -> str:
        return f"gone-{self.article_id}"


class Fates:
    """What has become of stories that stood on a front; one query, when the first is asked for."""

    def __init__(self, article_ids: Iterable[int]) -> None:
        self.ids = set(article_ids)

    @cached_property
    def desk(self) -> dict[int, Any]:
        """Those that are there at all, as the desk has them."""
        if not self.ids:
            return {}
        rows = Article.objects.select_related("tombstone").filter(pk__in=self.ids)
        rows = rows.only("headline", "state", "binned_at", "tombstone__at")
        live = PublishedArticle.objects.filter(pk=OuterRef("pk"))
        return {article.pk: article for article in rows.annotate(shown=Exists(live))}

    def of(self, article_id: int) -> str:
        """In words; empty for a story that readers can open."""
        article = self.desk.get(article_id)
        if article is None:
            return _("deleted")
        if article.shown:
            return ""
        if article.is_binned:
            return _("in the bin")
        if article.state == "withdrawn":
            stone = getattr(article, "tombstone", None)
            return _("withdrawn %s") % printed(stone.at) if stone else _("withdrawn")
        return _("not live")

    def headline(self, article_id: int) -> str:
        """As the desk has it; empty for one that was deleted."""
        article = self.desk.get(article_id)
        return article.headline if article else ""


def gone_from(shown: Shown) -> list[Gone]:
    """The stories among these that readers cannot open any more, each once; one query."""
    cards = {card.pk: card for card in shown.articles}
    fates = Fates(cards)
    return [
        Gone(pk, card.card_headline, what, pk in fates.desk)
        for pk, card in cards.items()
        if (what := fates.of(pk))
    ]


def lead_to_notes(shown: Shown, gone: Iterable[Gone]) -> None:
    """Their links go to the note that says what became of them, and not to an error page."""
    anchors = {each.article_id: each.anchor for each in gone}
    for card in shown.articles:
        if anchor := anchors.get(card.pk):
            card.__dict__["get_absolute_url"] = partial("#{}".format, anchor)


def gone_pictures(kept: Mapping[str, Any]) -> list[str]:
    """The headlines of a record whose picture has been deleted since; one query."""
    cards = [card for block in kept["blocks"] for card in block["cards"] if card.get("picture")]
    ids = {card["picture"] for card in cards}
    there = set(Picture.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [card["headline"] for card in cards if card["picture"] not in there]
