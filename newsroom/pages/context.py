"""What every template knows: `site` (masthead, menus, foot; read when first used) and `today`."""

import logging
from datetime import datetime, time, timedelta
from typing import Any

from django.db import Error
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from newsroom.cache.tags import being_collected, fresh_until
from newsroom.pages.chrome import Chrome, chrome
from newsroom.pages.identity import last_identity

logger = logging.getLogger(__name__)


def _site() -> Chrome:
    """The chrome; without menus when the database is down, so that error pages can be shown.

    Not in a page that may be stored: everybody would get it so.
    """
    try:
        return chrome()
    except Error as error:
        if being_collected():
            raise
        logger.warning("the menus cannot be read: %s", error)
        return Chrome.bare(last_identity())


def site(request: HttpRequest) -> dict[str, Any]:
    """`today` is the date in the zone the middleware has activated: the paper's.

    A page says in many places how its times stand to today: at midnight it is another one.
    """
    today = timezone.localdate()
    midnight = datetime.combine(today + timedelta(days=1), time())
    fresh_until(timezone.make_aware(midnight))
    return {"site": SimpleLazyObject(_site), "today": today}
