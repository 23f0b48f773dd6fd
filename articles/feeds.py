"""RSS of the paper, of sections, columns and corrections; more formats come with finding."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from articles import corrections
from articles.models import Change, Column, PublishedArticle, Section
from articles.queries import column_or_404
from articles.structured_data import absolute
from newsroom.addresses.book import resolve
from newsroom.addresses.views import moved
from newsroom.lib.html import plain_text
from newsroom.lib.text import excerpt
from newsroom.pages.chrome import chrome

ITEMS = 30
Item = TypeVar("Item")
Of = TypeVar("Of")
# What XML 1.0 cannot hold, not even escaped; one such character pasted into a headline would
# take the whole feed away.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(value: Any) -> Any:
    """Text, or each of a list of texts, without characters that XML cannot hold."""
    if isinstance(value, list | tuple):
        return [legal(each) for each in value]
    return _ILLEGAL.sub("", value) if isinstance(value, str) else value


class WithCreators(Rss201rev2Feed):
    """RSS 2.0 whose items name their authors as Dublin Core does; RSS's own needs an address."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_root_elements(self, handler: Any) -> None:
        self.feed = {name: legal(value) for name, value in self.feed.items()}
        super().add_root_elements(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        item = {name: legal(value) for name, value in item.items()}
        super().add_item_elements(handler, item)
        if item.get("creator"):
            handler.addQuickElement("dc:creator", item["creator"])

    def latest_post_date(self) -> datetime:
        """Of a feed without items the beginning of time: Django's "now" claims news each time."""
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


class RssFeed(Feed[Item, Of], Generic[Item, Of]):
    """What all feeds have in common.

    Every address in one begins with SITE_URL, whatever host the request named: feeds are cached.
    """

    feed_type = WithCreators
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Content-Type"] = "application/rss+xml; charset=utf-8"
        return response


class PaperFeed(RssFeed[PublishedArticle, Any]):
    """The newest articles of the paper: headline, standfirst, never the whole text."""

    def title(self, obj: Any) -> str:
        return chrome().name

    def feed_url(self, obj: Any) -> str:
        return absolute(reverse("feed"))

    def link(self, obj: Any) -> str:
        return absolute("/")

    def description(self, obj: Any) -> str:
        return chrome().tagline

    def items(self, obj: Any) -> Iterable[PublishedArticle]:
        return PublishedArticle.objects.latest_first().for_cards()[:ITEMS]

    def item_title(self, item: Any) -> str:
        return str(item.card_headline)

    def item_description(self, item: PublishedArticle) -> str:
        return item.standfirst or excerpt(plain_text(item.seo_description), 300)

    def item_link(self, item: PublishedArticle) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: PublishedArticle) -> str:
        return f"article-{item.pk}"

    def item_pubdate(self, item: PublishedArticle) -> datetime:
        return item.published_at

    def item_updateddate(self, item: PublishedArticle) -> datetime:
        return item.updated_at or item.published_at

    def item_categories(self, item: PublishedArticle) -> list[str]:
        return [item.section.name]

    def item_extra_kwargs(self, item: PublishedArticle) -> dict[str, Any]:
        return {"creator": item.byline_line}


class SectionFeed(PaperFeed):
    """The newest articles of one section."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Section:
        slug = kwargs["section"]
        section = Section.objects.filter(slug=slug).first() if slug.isprintable() else None
        if section is None:
            raise Http404("no such section")
        return section

    def title(self, obj: Section) -> str:
        return f"{obj.name} – {chrome().name}"

    def feed_url(self, obj: Section) -> str:
        return absolute(reverse("section_feed", args=[obj.slug]))

    def link(self, obj: Section) -> str:
        return absolute(obj.get_absolute_url())

    def description(self, obj: Section) -> str:
        return obj.description or chrome().tagline

    def items(self, obj: Section) -> Iterable[PublishedArticle]:
        return PublishedArticle.objects.in_section(obj.pk).for_cards()[:ITEMS]


class ColumnFeed(PaperFeed):
    """The newest articles of one column; an old address leads to the present one."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            match = resolve(f"/opinion/{kwargs['slug']}/")
            if match and match.redirect:
                return moved(f"{match.redirect}feed/")
            raise

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Column:
        return column_or_404(kwargs["slug"])

    def title(self, obj: Column) -> str:
        return f"{obj.name} – {chrome().name}"

    def feed_url(self, obj: Column) -> str:
        return absolute(reverse("column_feed", args=[obj.slug]))

    def link(self, obj: Column) -> str:
        return absolute(obj.get_absolute_url())

    def description(self, obj: Column) -> str:
        return obj.description or chrome().tagline

    def items(self, obj: Column) -> Iterable[PublishedArticle]:
        return PublishedArticle.objects.in_column(obj.pk).for_cards()[:ITEMS]

    def item_title(self, item: PublishedArticle) -> str:
        return item.headline


class CorrectionsFeed(RssFeed[Change, Any]):
    """What was wrong and is put right, newest first; a superseded correction leaves it."""

    def title(self, obj: Any) -> str:
        return f"{_('Corrections')} – {chrome().name}"

    def feed_url(self, obj: Any) -> str:
        return absolute(reverse("corrections_feed"))

    def link(self, obj: Any) -> str:
        return absolute(reverse("corrections"))

    def description(self, obj: Any) -> str:
        return _("What %(name)s got wrong and has put right.") % {"name": chrome().name}

    def items(self, obj: Any) -> Iterable[Change]:
        return corrections.of_paper()[:ITEMS]

    def item_title(self, item: Any) -> str:
        return str(item.article.published.headline)

    def item_description(self, item: Change) -> str:
        return item.text

    def item_link(self, item: Change) -> str:
        page = absolute(item.article.published.get_absolute_url())
        return f"{page}#correction-{item.pk}"

    def item_guid(self, item: Change) -> str:
        return f"correction-{item.pk}"

    def item_pubdate(self, item: Change) -> datetime:
        return item.at
