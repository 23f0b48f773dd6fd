"""The paper's identity as every page needs it: stored, and there even without a database."""

import logging
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error

from newsroom.cache.generations import stored
from newsroom.cache.tags import choosing, seen, shows
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings
from newsroom.pages.models.identity import FeedText, direction_of, tag_authority

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
    # Where else the paper is, and where it says how it works: schema.org's name and our path.
    profiles: tuple[str, ...]
    policies: tuple[tuple[str, str], ...]
    share_cards: bool
    full_text_feeds: bool
    tag_authority: str

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
        profiles=tuple(row.profiles.split()),
        policies=tuple({**_usual_policies(row), **row.policy_paths}.items()),
        share_cards=row.share_cards,
        full_text_feeds=row.feed_text == FeedText.FULL,
        # A paper that nobody has set up yet has no stories that could be known by it.
        tag_authority=row.tag_authority or tag_authority(date(2000, 1, 1)),
    )


def _usual_policies(row: SiteSettings) -> dict[str, str]:
    """What every paper has: the page of corrections; and the staff directory, if it lists any."""
    usual = {"correctionsPolicy": "/corrections/"}
    return usual | {"masthead": "/staff/"} if getattr(row, "has_staff", False) else usual


def identity() -> Identity:
    """The stored identity; one query when out of date. Raises django.db.Error."""
    return stored("identity", _read, of="paper")


def _read() -> Identity:
    """Of the policies' pages only the addresses are shown."""
    with choosing():
        row = SiteSettings.load()
    shows(row.logo)
    seen("identity", *(f"address:page:{getattr(row, f'{name}_id')}" for name in row.PROPERTIES))
    return _identity(row)


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
