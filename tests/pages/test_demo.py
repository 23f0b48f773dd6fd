"""The demo's pages and desks: complete, safe to seed twice, never over what staff have edited."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from newsroom.pages import demo
from newsroom.pages.chrome import chrome
from newsroom.pages.models import (
    MenuEntry,
    Page,
    ServiceDesk,
    ServiceHours,
    SiteSettings,
    StaffMember,
    TermsVersion,
)

pytestmark = pytest.mark.django_db

CONTENT = Path(settings.BASE_DIR) / "articles" / "demo" / "content"
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def counts() -> list[int]:
    models = (Page, TermsVersion, ServiceDesk, ServiceHours, StaffMember, MenuEntry, SiteSettings)
    return [model.objects.count() for model in models]


def seed() -> None:
    demo.seed(CONTENT, at=AT)
    demo.seed_menus(CONTENT)


def test_seeding_twice_makes_everything_once() -> None:
    seed()
    once = counts()
    assert all(once)
    seed()
    assert counts() == once


def test_what_staff_have_edited_stays() -> None:
    seed()
    SiteSettings(name="Renamed").save()
    about = Page.objects.get(slug="about-us")
    about.slug, about.body = "who-we-are", "<p>New.</p>"
    about.save()
    seed()
    about.refresh_from_db()
    assert (about.slug, about.body) == ("who-we-are", "<p>New.</p>")
    assert not Page.objects.filter(slug="about-us").exists()
    assert chrome().name == "Renamed"


def test_every_page_and_link_of_the_foot_that_is_ours_answers(client: Client) -> None:
    seed()
    site = chrome()
    for page in Page.objects.all():
        assert client.get(page.path).status_code == 200, page.path
    for link in [*site.legal, *(link for group in site.footer for link in group.entries)]:
        assert link.href == "/" or link.href.startswith("/")
    assert "Version 1" in client.get("/terms-of-use/").content.decode()
    html = client.get("/contact/").content.decode()
    for words in ("Subscribers’ service", "Sunday to Thursday", "Distribution only", "Nicosia"):
        assert words in html
