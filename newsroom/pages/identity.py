"""The paper's identity as every page needs it: stored, and there even without a database."""

import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error

from newsroom.cache.generations import stored
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings
from newsroom.pages.models.identity import direction_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Identity:
    """What staff enter under “Site identity”."""

    name: str
    tagline: str
    logo: Picture | None
    language: str
    direction: str
    zone: ZoneInfo
    copyright_owner: str
    founded: int | None
    email: str

    @property
    def url(self) -> str:
        """The root of all absolute addresses, without a slash at its end; from the environment."""
        return str(settings.SITE_URL)


def _identity(row: SiteSettings) -> Identity:
    return Identity(
        name=row.name,
        tagline=row.tagline,
        logo=row.logo,
        language=row.language,
        direction=direction_of(row.language),
        zone=row.zone,
        copyright_owner=row.copyright_owner or row.name,
        founded=row.founded,
        email=row.email,
    )


def identity() -> Identity:
    """The stored identity; one query when out of date. Raises django.db.Error."""
    return stored("identity", lambda: _identity(SiteSettings.load()), of="chrome")


# What this process last knew, for the pages that say that something is broken.
_last: list[Identity] = []


def last_identity() -> Identity:
    """The identity this process knew last, else the defaults; asks nothing of the database."""
    if _last:
        return _last[0]
    return _identity(SiteSettings(language=settings.LANGUAGE_CODE, time_zone=settings.TIME_ZONE))


def present_identity() -> Identity:
    """The identity, or the last known one when the database is down or not migrated yet."""
    try:
        present = identity()
    except Error as error:
        logger.warning("the site's identity cannot be read: %s", error)
        return last_identity()
    _last[:] = [present]
    return present
