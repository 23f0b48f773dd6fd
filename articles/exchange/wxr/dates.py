"""When an item was published there, from whichever of its dates can be read."""

from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

from articles.exchange.wxr.records import Item


def published(item: Item, zone: tzinfo) -> datetime | None:
    """The time in UTC: the universal one, else the local one in the paper's zone, else the feed's.

    Drafts carry "0000-00-00 00:00:00" where they have no time; None when no date is one.
    """
    return (
        _moment(item["post_date_gmt"], UTC)
        or _moment(item["post_date"], zone)
        or _feed(item["pubDate"])
    )


def modified(item: Item) -> datetime | None:
    return _moment(item["post_modified_gmt"], UTC)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
        # Every database and every page can hold these years.
        return moment.astimezone(UTC) if 1000 <= moment.year <= 9000 else None
    except (ValueError, OverflowError):
        return None


def _feed(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC) if moment.year >= 1000 else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
