"""The posts of one coverage as RSS."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.feeds import ITEMS, RssFeed
from articles.live.models import LivePost
from articles.live.places import newest
from articles.models import PublishedArticle
from articles.models.kinds import Kind
from articles.structured_data import absolute
from newsroom.lib.text import excerpt
from newsroom.pages.chrome import chrome


class CoverageFeed(RssFeed[LivePost, PublishedArticle]):
    """The newest posts in full; each links to its own address."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> PublishedArticle:
        rows = PublishedArticle.objects.select_related("section").for_cards()
        found = rows.filter(pk=kwargs["article_id"], kind=Kind.LIVE).first()
        if found is None:
            raise Http404("no live article of this kind")
        return found

    def title(self, obj: PublishedArticle) -> str:
        return f"{obj.headline} – {chrome().name}"

    def feed_url(self, obj: PublishedArticle) -> str:
        return absolute(reverse("live_feed", args=[obj.pk]))

    def link(self, obj: PublishedArticle) -> str:
        return absolute(obj.get_absolute_url())

    def description(self, obj: PublishedArticle) -> str:
        return obj.standfirst or obj.headline

    def items(self, obj: PublishedArticle) -> Iterable[LivePost]:
        return newest(obj.pk, ITEMS)

    def item_title(self, item: Any) -> str:
        return item.headline or excerpt(item.plain, 80)

    def item_description(self, item: LivePost) -> str:
        return item.body

    def item_link(self, item: LivePost) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: LivePost) -> str:
        return f"live-{item.pk}"

    def item_pubdate(self, item: LivePost) -> datetime:
        return item.at

    def item_updateddate(self, item: LivePost) -> datetime:
        return item.edited_at or item.at

    def item_extra_kwargs(self, item: LivePost) -> dict[str, Any]:
        return {"creator": item.author.name if item.author else chrome().name}
