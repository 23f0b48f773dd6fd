"""RSS of breaking news."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.breaking.now import Line, broke
from articles.feeds import ITEMS, RssFeed
from articles.structured_data import absolute
from newsroom.pages.chrome import chrome


class BreakingFeed(RssFeed[Line, Any]):
    """What breaks and what broke, newest first; a line leads to its article while it is live."""

    def title(self, obj: Any) -> str:
        return f"{_('Breaking news')} – {chrome().name}"

    def feed_url(self, obj: Any) -> str:
        return absolute(reverse("breaking_feed"))

    def link(self, obj: Any) -> str:
        return absolute(reverse("breaking"))

    def description(self, obj: Any) -> str:
        return _("Breaking news of %(name)s.") % {"name": chrome().name}

    def items(self, obj: Any) -> Iterable[Line]:
        return broke(size=ITEMS).lines

    def item_title(self, item: Any) -> str:
        return str(item.text)

    def item_description(self, item: Line) -> str:
        return ""

    def item_link(self, item: Line) -> str:
        return absolute(item.href or f"{reverse('breaking')}#breaking-{item.pk}")

    def item_guid(self, item: Line) -> str:
        return f"breaking-{item.pk}"

    def item_pubdate(self, item: Line) -> datetime:
        return item.starts_at
