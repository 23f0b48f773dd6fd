"""What a sign-up form shows: the newsletters that are open, each with its statement and terms.

Read from memory (newsroom.cache, generation "chrome"), because it stands under every article.
`agreed` answers the reverse question: was this wording, with these terms, on a page of ours lately?
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Subquery
from django.utils.safestring import SafeString

from newsletter.models import Newsletter, PastWording
from newsletter.models.newsletter import digest
from newsroom.cache.generations import stored
from newsroom.cache.tags import fresh_until, seen
from newsroom.pages.models import TermsVersion
from newsroom.pages.models.identity import direction_of
from newsroom.pages.terms import path_of_version, terms_paths

# Pages live in caches; a form that shows what was replaced less than this ago is accepted.
GRACE = timedelta(hours=24)
_ID = re.compile(r"[0-9]{1,18}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Offer:
    """A newsletter as a form shows it."""

    id: int
    slug: str
    name: str
    description: str
    schedule: str
    language: str
    direction: str
    requires_box: bool
    is_default: bool
    wording: str
    wording_hash: str
    statement_html: SafeString
    terms_version_id: int


@dataclass(frozen=True)
class Agreed:
    """The words and the terms that a form showed."""

    terms_id: int
    wording: str


# What this process last knew, for sign-ups while the database is away.
_last: list[list[Offer]] = []


def offers(at: datetime) -> list[Offer]:
    """The open newsletters in their order; none while no terms are in force. No query when warm.

    Raises django.db.Error.
    """
    name = "newsletter-offers"
    found, until = stored(name, lambda: _read(at), of="paper")
    while until and until <= at:  # terms whose day has come since: nobody touched a row for that
        found, until = stored(f"{name}-{until.timestamp()}", lambda: _read(at), of="paper")
    fresh_until(until)
    _last[:] = [found]
    return found


def last_offers() -> list[Offer] | None:
    """The offers this process knew last, at most a minute old when the database went away; None if
    it never read any. Asks nothing of the database."""
    return _last[0] if _last else None


def under_articles(at: datetime) -> Offer | None:
    """The one newsletter that is offered under articles."""
    return next((offer for offer in offers(at) if offer.is_default), None)


def agreed(offer: Offer, *, terms_id: str, wording: str, at: datetime) -> Agreed | None:
    """What a form with these hidden fields showed; None when that was replaced too long ago.

    No query for a form that shows what is in force; three at most for an older one.
    """
    if terms_id == str(offer.terms_version_id) and wording == offer.wording_hash:
        return Agreed(offer.terms_version_id, offer.wording)
    if not _ID.match(terms_id) or not _SHA256.match(wording):
        return None
    terms = TermsVersion.objects.in_force(at).filter(pk=terms_id).first()
    if terms is None:
        return None
    successor = (
        TermsVersion.objects.in_force(at).filter(effective_at__gt=terms.effective_at).last()
        if terms.pk != offer.terms_version_id
        else None
    )
    if successor and successor.effective_at <= at - GRACE:
        return None
    if wording == offer.wording_hash:
        return Agreed(terms.pk, offer.wording)
    past = PastWording.objects.filter(newsletter_id=offer.id, sha256=wording, until__gt=at - GRACE)
    text = past.values_list("text", flat=True).first()
    return Agreed(terms.pk, text) if text else None


def _read(at: datetime) -> tuple[list[Offer], datetime | None]:
    """The offers, and when the next version of the terms comes into force. One query."""
    seen("newsletters")
    terms = TermsVersion.objects.in_force(at)
    coming = TermsVersion.objects.filter(effective_at__gt=at).order_by("effective_at")
    newsletters = list(
        Newsletter.objects.filter(is_active=True).annotate(
            terms_id=Subquery(terms.values("pk")[:1]),
            terms_number=Subquery(terms.values("number")[:1]),
            terms_path=Subquery(terms_paths()[:1]),
            until=Subquery(coming.values("effective_at")[:1]),
        )
    )
    if not newsletters:
        return [], None
    first = newsletters[0]
    if first.terms_id is None:
        return [], first.until
    href = path_of_version(first.terms_path, first.terms_number)
    return [_offer(newsletter, first.terms_id, href) for newsletter in newsletters], first.until


def _offer(newsletter: Newsletter, terms_id: int, href: str) -> Offer:
    wording = newsletter.wording
    return Offer(
        id=newsletter.pk,
        slug=newsletter.slug,
        name=newsletter.name,
        description=newsletter.description,
        schedule=newsletter.schedule,
        language=newsletter.language,
        direction=direction_of(newsletter.language),
        requires_box=newsletter.requires_box,
        is_default=newsletter.is_default,
        wording=wording,
        wording_hash=digest(wording),
        statement_html=newsletter.wording_with_link(href),
        terms_version_id=terms_id,
    )
