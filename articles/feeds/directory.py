"""Every feed there is, for the page that lists them and the file that programs take in.

Six queries, however large the paper: of what there may be thousands of (topics, authors, series)
those that changed last are listed, and the page says so.
"""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.feeds.formats import FORMATS
from articles.feeds.places import standing
from articles.list_changes import Kind
from articles.models import Column, ListChange, PublishedTopic, Section
from newsroom.addresses.book import places_of
from newsroom.lib.text import fold
from newsroom.pages.chrome import chrome

# Of each kind that a paper can have thousands of.
MOST = 200
# Stories a topic needs to be listed; its feed is there with the first.
ENOUGH = 3


@dataclass(frozen=True)
class Listed:
    """A list with feeds below its page."""

    name: str
    page: str

    @property
    def formats(self) -> list[tuple[str, str]]:
        """The name of each format and the path of the feed in it."""
        return [(form.name, form.path(self.page)) for form in FORMATS]


@dataclass(frozen=True)
class Group:
    """Feeds of one kind; `cut` where the paper has more than are listed."""

    title: str | Promise
    feeds: list[Listed]
    cut: bool = False


def groups() -> list[Group]:
    """All groups that have a feed, in the order of the page."""
    every = [Listed(str(one.label) or chrome().name, one.page) for one in standing.values()]
    sections = [Listed(one.name, one.get_absolute_url()) for one in Section.objects.all()]
    own = {one.page for one in every}  # a section may stand at /opinion/ too
    sections = [one for one in sections if one.page not in own]
    columns = [Listed(one.name, one.get_absolute_url()) for one in Column.objects.all()]
    many = {kind: _newest(kind) for kind in (Kind.SERIES, Kind.TOPIC, Kind.AUTHOR)}
    places = places_of((kind, pk) for kind, ids in many.items() for pk in ids)

    def named(kind: Kind, title: Promise) -> Group:
        shown = [places[kind, pk] for pk in many[kind][:MOST] if (kind, pk) in places]
        shown.sort(key=lambda place: fold(place.label))
        listed = [Listed(place.label, place.path) for place in shown]
        return Group(title, listed, cut=len(many[kind]) > MOST)

    found = [
        Group(_("The whole paper"), every),
        Group(_("Sections"), sections),
        Group(_("Columns"), columns),
        named(Kind.SERIES, _("Series")),
        named(Kind.TOPIC, _("Topics")),
        named(Kind.AUTHOR, _("Authors")),
    ]
    return [group for group in found if group.feeds]


def _newest(kind: Kind) -> list[int]:
    """Ids of those whose list changed last, one more than are shown."""
    rows = ListChange.objects.filter(kind=kind)
    if kind == Kind.TOPIC:
        # In the order of the index, which is then read however many stories a topic has.
        stories = PublishedTopic.objects.filter(topic=OuterRef("object_id"))
        last = stories.order_by("-published_at", "-article_id").values("pk")[ENOUGH - 1 : ENOUGH]
        rows = rows.alias(enough=Subquery(last)).filter(enough__isnull=False)
    return list(rows.order_by("-changed_at").values_list("object_id", flat=True)[: MOST + 1])
