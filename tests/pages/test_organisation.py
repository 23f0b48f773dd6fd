"""What the front page and the contact page tell machines of the paper as an organisation."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from newsroom.accounts.models import User
from newsroom.media.uploads import accept
from newsroom.pages.models import Page, ServiceDesk, SiteSettings, StaffDesk, StaffMember
from tests.house.documented import ORGANISATION
from tests.media.conftest import drawing, encoded, upload
from tests.pages.heads import data, meta

PROFILES = ["https://encyclopedia.example/courier", "https://social.example/@courier"]


def organisation(client: Client) -> dict[str, Any]:
    return data(client.get("/"))[1]


@pytest.fixture
def identity(db: None) -> SiteSettings:
    """Everything filled in that staff can fill in."""
    paper = SiteSettings(
        name="The Courier", tagline="Since 1911", founded=1911, email="post@courier.example",
        logo=accept(upload(encoded(drawing(600, 200)))), profiles="\n".join(PROFILES),
    )  # fmt: skip
    for policy in SiteSettings.PROPERTIES:
        setattr(paper, policy, Page.objects.create(title=policy, slug=f"about-{policy}"))
    paper.save()
    desk = ServiceDesk.objects.create(
        name="Subscribers", email="service@courier.example", address="12 Quay Street\nHalimar"
    )
    first = desk.numbers.create(number="+357 20 000 110", extension="2", label="Here", order=1)
    desk.numbers.create(number="+357 20 000 130", label="Abroad", order=2)
    for day in (0, 1, 2):
        desk.hours.create(weekday=day, opens=time(7), closes=time(14))
    desk.hours.create(weekday=4, opens=time(7), closes=time(13), number=first)
    ServiceDesk.objects.create(name="Letters", email="letters@courier.example")
    ServiceDesk.objects.create(name="Visitors")
    return paper


@pytest.mark.usefixtures("identity")
def test_the_front_page_tells_all_that_is_documented_of_a_news_organisation(client: Client) -> None:
    paper = organisation(client)
    assert [name for name in ORGANISATION if not paper.get(name)] == []
    assert paper["sameAs"] == PROFILES
    assert paper["foundingDate"] == "1911"
    assert paper["publishingPrinciples"] == f"{settings.SITE_URL}/about-principles/"
    assert paper["address"] == {
        "@type": "PostalAddress", "streetAddress": "12 Quay Street, Halimar"
    }  # fmt: skip
    assert paper["telephone"] == "+35720000110;ext=2"
    assert min(paper["logo"]["width"], paper["logo"]["height"]) >= 112


@pytest.mark.usefixtures("identity")
def test_the_front_page_tells_the_site_s_name_and_how_it_is_searched(client: Client) -> None:
    site = data(client.get("/"))[0]
    assert (site["@type"], site["name"]) == ("WebSite", "The Courier")
    template = f"{settings.SITE_URL}/search/?q={{search_term_string}}"
    assert site["potentialAction"]["target"]["urlTemplate"] == template
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"
    assert site["publisher"] == {"@id": organisation(client)["@id"]}


@pytest.mark.usefixtures("identity")
def test_the_contact_page_tells_every_number_with_its_hours(client: Client) -> None:
    letters, here, abroad = data(client.get("/contact/"))[0]["contactPoint"]
    week = {"opens": "07:00", "closes": "14:00", "dayOfWeek": ["Monday", "Tuesday", "Wednesday"]}
    friday = {"opens": "07:00", "closes": "13:00", "dayOfWeek": ["Friday"]}
    kind = {"@type": "OpeningHoursSpecification"}
    assert here["hoursAvailable"] == [kind | friday, kind | week]
    assert abroad["hoursAvailable"] == [kind | week], "Friday is for the other number"
    assert (here["contactType"], here["description"]) == ("Subscribers", "Here")
    assert abroad["telephone"] == "+35720000130"
    assert letters["email"] == "letters@courier.example"
    assert "contactPoint" not in organisation(client)


def test_a_page_that_is_not_public_states_no_policy(client: Client, identity: SiteSettings) -> None:
    ethics = Page.objects.get(slug="about-ethics")
    ethics.is_public = False
    ethics.save()
    assert "ethicsPolicy" not in organisation(client)
    Page.objects.get(slug="about-diversity").delete()
    assert "diversityPolicy" not in organisation(client)
    assert "about-" in organisation(client)["ownershipFundingInfo"]


@pytest.mark.django_db
def test_what_every_paper_has_stands_in_where_staff_chose_nothing(client: Client) -> None:
    SiteSettings(name="The Courier").save()
    paper = organisation(client)
    assert paper["correctionsPolicy"] == f"{settings.SITE_URL}/corrections/"
    assert "masthead" not in paper, "/staff/ is not there while nobody is in the directory"
    StaffMember.objects.create(desk=StaffDesk.objects.create(name="News"), name="Rami")
    assert organisation(client)["masthead"] == f"{settings.SITE_URL}/staff/"
    assert {"logo", "email", "sameAs", "address", "ethicsPolicy"} & paper.keys() == set()


def test_the_chief_chooses_policies_and_enters_profiles_one_a_line(
    client_for: Callable[[User], Client], chief: User, identity: SiteSettings
) -> None:
    desk = client_for(chief)
    page = Page.objects.create(title="Code", slug="code")
    form = {
        "name": "The Courier",
        "language": "en",
        "time_zone": "UTC",
        "share_cards": "on",
        "feed_text": "extract",
        "ethics": page.pk,
        "profiles": "https://a.example/x\r\nhttps://b.example/",
    }
    address = "/admin/pages/sitesettings/1/change/"
    response = desk.post(address, {**form, "profiles": "@courier"})
    assert "“@courier” is no address." in response.content.decode()
    assert desk.post(address, form).status_code == 302
    paper = organisation(Client())
    assert paper["ethicsPolicy"] == f"{settings.SITE_URL}/code/"
    assert paper["sameAs"] == ["https://a.example/x", "https://b.example/"]


@pytest.mark.django_db
def test_the_paper_s_card_stands_for_pages_without_a_picture_and_follows_its_name(
    client: Client,
) -> None:
    SiteSettings(name="The Courier", tagline="Since 1911").save()
    told = meta(client.get("/contact/"))
    address = told["og:image"].removeprefix(settings.SITE_URL)
    assert told["og:title"] == "Contact and customer service"
    assert told["og:image:alt"] == "The Courier"
    response = client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(response.streaming_content)
    SiteSettings(name="The Herald").save()
    new = meta(client.get("/contact/"))["og:image"].removeprefix(settings.SITE_URL)
    assert new != address
    moved = client.get(address)
    assert (moved.status_code, moved["Location"]) == (301, new)


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en_US"), ("he", "he_IL"), ("de", "de_DE")]
)
@pytest.mark.django_db
def test_networks_are_told_the_language_with_a_country(
    client: Client, language: str, locale: str
) -> None:
    SiteSettings(name="Courier", language=language).save()
    assert meta(client.get("/contact/"))["og:locale"] == locale


@pytest.mark.django_db
def test_a_name_that_no_face_holds_has_its_logo_shown_or_nothing(client: Client) -> None:
    SiteSettings(name="Курьер").save()
    told = meta(client.get("/contact/"))
    assert "og:image" not in told
    assert told["twitter:card"] == "summary"
    logo = accept(upload(encoded(drawing(600, 200))))
    SiteSettings(name="Курьер", logo=logo).save()
    assert meta(client.get("/contact/"))["og:image"] == logo.rendition_url("logo")
    assert client.get(f"/share-card/{'0' * 24}.jpg").status_code == 404
