"""What stands around every page: present, cheap, and never out of date."""

import pickle
from datetime import time

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.addresses.book import release
from newsroom.cache import generations
from newsroom.pages import identity as identity_module
from newsroom.pages.chrome import chrome
from newsroom.pages.founding import found
from newsroom.pages.models import Menu, MenuEntry, Page, ServiceDesk, SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def foot() -> Menu:
    return Menu.objects.create(place="footer", title="Information")


def entry(menu: Menu, page: Page | None = None, **fields: object) -> MenuEntry:
    if page:
        fields |= {"kind": "page", "object_id": page.pk}
    return MenuEntry.objects.create(menu=menu, **fields)


def labels() -> list[str]:
    return [link.label for group in chrome().footer for link in group.entries]


def test_a_site_that_is_not_set_up_answers_under_a_plain_name(client: Client) -> None:
    site = chrome()
    assert (site.name, site.language, site.direction, site.zone.key) == (
        "Newsroom", "en", "ltr", "UTC",
    )  # fmt: skip
    assert client.get("/contact/").status_code == 200


def test_founding_twice_changes_nothing_but_what_was_asked() -> None:
    found(name="The Paper", language="he", time_zone="Asia/Jerusalem")
    menus = Menu.objects.count()
    found(name="The Paper", language="he", time_zone="Asia/Jerusalem")
    assert Menu.objects.count() == menus
    assert (chrome().direction, chrome().zone.key) == ("rtl", "Asia/Jerusalem")
    assert labels() == ["יצירת קשר", "ניוזלטר", "עדכוני RSS"]  # in the paper's language


def test_there_is_only_ever_one_identity() -> None:
    SiteSettings(name="One").save()
    SiteSettings(name="Two").save()
    assert list(SiteSettings.objects.values_list("pk", "name")) == [(1, "Two")]


def test_six_queries_cold_and_none_warm_however_many_entries(foot: Menu) -> None:
    found(name="The Paper", language="en", time_zone="UTC")
    for number in range(12):
        entry(foot, Page.objects.create(title=f"Page {number}"), order=number)
    for number in range(3):
        desk = ServiceDesk.objects.create(name=f"Desk {number}", show_in_foot=True)
        desk.numbers.create(number="+1 2 3")
        desk.hours.create(weekday=0, opens=time(8), closes=time(9))
    caches["local"].clear()
    generations.begin_request()
    try:
        with CaptureQueriesContext(connection) as cold:
            chrome()
        with CaptureQueriesContext(connection) as warm:
            chrome()
    finally:
        generations.end_request()
    assert len(cold) == 1 + 6  # the generations, then the chrome
    assert len(warm) == 0
    assert pickle.loads(pickle.dumps(chrome())) == chrome()


def test_an_entry_whose_page_is_not_public_or_gone_is_left_out(foot: Menu) -> None:
    about, hidden = Page.objects.create(title="About"), Page.objects.create(title="Hidden")
    going = Page.objects.create(title="Going")
    for page in (about, hidden, going):
        entry(foot, page)
    entry(foot, kind="unheard-of", object_id=5)
    assert labels() == ["About", "Hidden", "Going"]
    hidden.is_public = False
    hidden.save()
    going.delete()
    assert labels() == ["About"]
    release("page", about.pk)
    assert chrome().footer == ()


def test_a_group_without_a_living_entry_is_left_out(foot: Menu) -> None:
    entry(foot, url="/contact/", label="Contact", is_active=False)
    assert chrome().footer == ()


def test_a_renamed_page_keeps_its_entry_with_the_new_name_and_address(foot: Menu) -> None:
    page = Page.objects.create(title="Jobs")
    entry(foot, page)
    entry(foot, page, label="Work here", order=1)
    page.title, page.slug = "Vacancies", "vacancies"
    page.save()
    (group,) = chrome().footer
    assert [(link.label, link.href) for link in group.entries] == [
        ("Vacancies", "/vacancies/"),
        ("Work here", "/vacancies/"),
    ]


def test_paid_entries_say_so_to_robots_and_to_readers(foot: Menu, client: Client) -> None:
    entry(foot, url="https://bank.example/", label="A bank", sponsored=True)
    html = client.get("/contact/").content.decode()
    assert '<a href="https://bank.example/" rel="sponsored"' in html
    assert "Promotion" in html


def test_menus_stand_in_their_places(foot: Menu) -> None:
    for place in ("main", "second", "legal"):
        menu = Menu.objects.create(place=place, title=place)
        entry(menu, url=f"/{place}/", label=place)
    site = chrome()
    assert [site.menu_main[0].href, site.menu_second[0].href, site.legal[0].href] == [
        "/main/", "/second/", "/legal/",
    ]  # fmt: skip


def test_the_language_and_zone_are_the_papers_and_not_the_browsers(client: Client) -> None:
    found(name="העיתון", language="he", time_zone="Asia/Jerusalem")
    html = client.get("/contact/", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="he" dir="rtl">' in html


def test_a_broken_database_leaves_the_name_for_the_error_page(monkeypatch, client: Client) -> None:
    found(name="The Paper", language="en", time_zone="Asia/Nicosia")
    assert identity_module.present_identity().name == "The Paper"

    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("newsroom.pages.identity.stored", broken)
    monkeypatch.setattr("newsroom.pages.chrome.stored", broken)
    present = identity_module.present_identity()
    assert (present.name, present.zone.key) == ("The Paper", "Asia/Nicosia")
    response = client.get("/staff/")
    assert response.status_code == 404
    assert "The Paper" in response.content.decode()
