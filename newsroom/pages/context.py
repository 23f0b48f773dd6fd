"""What every template knows: `site` (masthead, menus, foot; read when first used) and `today`."""

import logging
from typing import Any

from django.db import Error
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from newsroom.pages.chrome import Chrome, chrome
from newsroom.pages.identity import last_identity

logger = logging.getLogger(__name__)


def _site() -> Chrome:
    """The chrome; without menus when the database is down, so that error pages can be shown."""
    try:
        return chrome()
    except Error as error:
        logger.warning("the menus cannot be read: %s", error)
        return Chrome.bare(last_identity())


def site(request: HttpRequest) -> dict[str, Any]:
    """`today` is the date in the zone the middleware has activated: the paper's."""
    return {"site": SimpleLazyObject(_site), "today": timezone.localdate()}
