"""Stories to place: what was published last, what is scheduled, and what a search finds."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.fronts.admin.typed import number
from articles.fronts.content import Content
from articles.fronts.drafts import draft_of
from articles.fronts.filling import fill
from articles.fronts.models import Front
from articles.fronts.naming import block_names, slot_name
from articles.models import Article
from articles.models.kinds import State
from newsroom.pages.templatetags.paper import printed

MOST = 20
NEWEST, COMING = 14, 6


@dataclass
class Story:
    """One line of the list."""

    article: Article
    state: str
    where: str = ""
    by_hand: bool = False


def state_words(article: Article) -> str:
    """ "live, 14:02", "scheduled for 6 May 2026, 06:00", "draft"."""
    if article.binned_at:
        return _("in the bin")
    if article.state == State.LIVE:
        return _("live, %(time)s") % {"time": _moment(article.first_published_at)}
    if article.state == State.WITHDRAWN:
        return _("withdrawn")
    if article.publish_at:
        return _("scheduled for %(time)s") % {"time": _moment(article.publish_at)}
    return _("draft")


def stories(query: str, places: dict[int, tuple[str, bool]]) -> list[Story]:
    """At most twenty: by words of the headline, a number or an address; the newest without words.

    `places` says where a story stands on the front now. One query, two for the newest.
    """
    query = query.strip()[:200]
    found = _search(query) if query and query.isprintable() else _newest()
    return [
        Story(article, state_words(article), *places.get(article.pk, ("", False)))
        for article in found
    ]


def places_on(front: Front, content: Content, *, at: datetime) -> dict[int, tuple[str, bool]]:
    """Where each story stands, in words, and whether by hand."""
    names = block_names(content.blocks)
    shown = fill(front, content, at=at)
    cards = [(card.card.pk, card.slot, card.by_hand) for b in shown.blocks for card in b.cards]
    placed = [(p.article, key, True) for key, p in content.slots.items()]
    return {pk: (slot_name(slot, names), hand) for pk, slot, hand in reversed([*placed, *cards])}


def picker_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """The list alone, for who types; `?q=` as on the page itself."""
    if not request.user.has_perm("fronts.view_front"):
        raise PermissionDenied
    front = get_object_or_404(Front.objects.select_related("live", "section"), pk=front_id)
    places = places_on(front, draft_of(front), at=timezone.now())
    query = request.GET.get("q", "")
    context = {"stories": stories(query, places), "query": query.strip(), "may": may_place(request)}
    return render(request, "admin/fronts/front/stories.html", context)


def may_place(request: HttpRequest) -> bool:
    """Whether the list has buttons; whether they work is asked again where they are pressed."""
    return request.user.has_perm("fronts.change_front")


def _on_desk() -> QuerySet[Article]:
    """What can still be placed, with the columns that a line shows."""
    placeable = Article.objects.filter(binned_at__isnull=True).exclude(state=State.WITHDRAWN)
    return placeable.select_related("section").only(
        "headline", "state", "publish_at", "binned_at", "first_published_at", "section__name"
    )


def _search(query: str) -> list[Article]:
    exact = number(query)
    found = list(_on_desk().filter(pk=exact)) if exact else []
    listed = _on_desk()
    for word in query.split()[:8]:
        listed = listed.filter(headline__icontains=word)
    more = listed.order_by("-modified_at", "-pk")[:MOST]
    return [*found, *(article for article in more if article.pk != exact)][:MOST]


def _newest() -> list[Article]:
    live = _on_desk().filter(published__isnull=False).order_by(
        "-published__published_at", "-published__article_id"
    )  # fmt: skip
    coming = _on_desk().filter(publish_at__isnull=False, state=State.DRAFT).order_by("publish_at")
    return [*live[:NEWEST], *coming[:COMING]]


def _moment(at: datetime | None) -> str:
    """Today only the time; else the date too."""
    if at is None:
        return "?"
    today = timezone.localdate(at) == timezone.localdate()
    return printed(at, "short" if today else "long")
