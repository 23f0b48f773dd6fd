"""The demo paper's newsletters and a dozen readers of them, at addresses that cannot exist."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from newsletter.models import Consent, Newsletter, Subscriber, Subscription
from newsroom.pages.models import SiteSettings, TermsVersion

READERS = (
    "amina.tolvaj", "benedikt", "c.harlow", "dorit.sela", "edgar+courier", "f.oyelaran",
    "greta.lund", "haruki", "ines.duarte", "jonas.weir", "k.abbott", "leila.nasser",
)  # fmt: skip


@transaction.atomic
def seed(folder: Path, *, at: datetime) -> None:
    """Make what newsletter.toml describes; what is there already is left as it is."""
    letters = tomllib.loads((folder / "newsletter.toml").read_text(encoding="utf-8"))["newsletter"]
    language = SiteSettings.load().language
    taken = Newsletter.objects.filter(is_default=True).exists()
    for order, letter in enumerate(letters):
        Newsletter.objects.get_or_create(
            slug=letter["slug"],
            defaults={
                "language": language,
                "order": order,
                "is_default": order == 0 and not taken,
                **letter,
            },
        )
    newsletter = Newsletter.objects.get(slug=letters[0]["slug"])
    terms = TermsVersion.objects.current(at)
    for number, name in enumerate(READERS if terms else ()):
        _subscribe(f"{name}@readers.example", newsletter, terms, at - timedelta(days=number * 5))


def _subscribe(
    email: str, newsletter: Newsletter, terms: TermsVersion | None, at: datetime
) -> None:
    """A reader who signed up and confirmed, with the consents that a real one leaves."""
    subscriber, made = Subscriber.objects.get_or_create(
        folded=email, defaults={"email": email, "created_at": at}
    )
    if not made:
        return
    confirmed_at = at + timedelta(minutes=7)
    Subscription.objects.create(
        subscriber=subscriber,
        newsletter=newsletter,
        state=Subscription.State.CONFIRMED,
        asked_at=at,
        confirmed_at=confirmed_at,
    )
    for event, when, source in (
        (Consent.Event.ASKED, at, "page"),
        (Consent.Event.CONFIRMED, confirmed_at, "mail"),
    ):
        Consent.objects.create(
            email=subscriber.folded,
            newsletter=newsletter,
            event=event,
            at=when,
            terms=terms,
            wording=newsletter.wording,
            source=source,
            language=newsletter.language,
            network="192.0.2.0/24",
        )
