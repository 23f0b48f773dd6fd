"""A newsletter, the terms it is offered under, and the forms a reader's browser sends."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from newsletter.models import Newsletter
from newsletter.offers import Offer, offers
from newsroom.pages.models import TermsVersion
from tests.post_office import Box, a_post_office

OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
READER = "reader@post.example"

Send = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _counts_from_zero(db: None) -> None:
    cache.clear()


def version(title: str = "Terms of use", *, days: float = -30) -> TermsVersion:
    """Terms that come into force so many days from now."""
    caches["local"].clear()
    return TermsVersion.objects.create(
        title=title, body="<p>Be kind.</p>", effective_at=timezone.now() + timedelta(days=days)
    )


@pytest.fixture
def terms(db: None) -> TermsVersion:
    return version()


@pytest.fixture
def morning(terms: TermsVersion) -> Newsletter:
    return Newsletter.objects.create(
        name="The Morning Post",
        slug="morning",
        statement="By subscribing I accept the {terms}.",
        is_default=True,
    )


def offer_of(newsletter: Newsletter) -> Offer:
    return next(o for o in offers(timezone.now()) if o.id == newsletter.pk)


def values(newsletter: Newsletter, **changes: str) -> dict[str, str]:
    """What the form sends when it was shown just now."""
    offer = offer_of(newsletter)
    return {
        "newsletter": newsletter.slug,
        "email": READER,
        "terms_version": str(offer.terms_version_id),
        "wording": offer.wording_hash,
        "form": "/city/a-tram-12/",
        "language": "en",
        "website": "",
        **changes,
    }


@pytest.fixture
def sign_up(morning: Newsletter) -> Send:
    """Send the form of the morning newsletter (or another) from a browser."""

    def send(
        email: str = READER,
        *,
        newsletter: Newsletter | None = None,
        headers: Any = None,
        **changes: str,
    ) -> HttpResponse:
        data = values(newsletter or morning, email=email, **changes)
        return Client().post("/newsletter/", data, **(OWN if headers is None else headers))

    return send


LINK = re.compile(r"https?://[^\s<>\"]+/newsletter/(?:confirm|unsubscribe)/[^\s<>\"]+/")


def link_in(text: str) -> str:
    """The path of the one link in a mail."""
    (link,) = set(LINK.findall(text))
    return "/newsletter/" + link.split("/newsletter/")[1]


@pytest.fixture
def confirmed(sign_up: Send, run_tasks: Callable[[], None]) -> Callable[..., str]:
    """Sign up and confirm; the path of the link to leave. The mails are thrown away."""

    def make(email: str = READER, **kwargs: Any) -> str:
        mail.outbox.clear()
        sign_up(email, **kwargs)
        run_tasks()
        assert Client().post(link_in(str(mail.outbox[-1].body))).status_code == 200
        run_tasks()
        link = link_in(str(mail.outbox[-1].body))
        mail.outbox.clear()
        return link

    return make


@pytest.fixture
def smtp(settings: Any) -> Iterator[Box]:
    """A mail server on this machine, which the site sends through."""
    with a_post_office() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = box.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield box
