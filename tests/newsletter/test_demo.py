"""The demo paper's newsletters."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from newsletter.demo import seed
from newsletter.models import Consent, Newsletter, Subscriber, Subscription
from newsroom.pages.models import TermsVersion

FOLDER = Path(settings.BASE_DIR) / "articles" / "demo" / "content"


def test_seeding_twice_is_seeding_once(terms: TermsVersion) -> None:
    counts = []
    for _time in range(2):
        seed(FOLDER, at=timezone.now())
        counts.append([m.objects.count() for m in (Newsletter, Subscriber, Subscription, Consent)])
    assert counts[0] == counts[1] == [2, 12, 12, 24]
    assert all(s.email.endswith(".example") for s in Subscriber.objects.all())
    assert Newsletter.objects.get(is_default=True).slug == "morning"
