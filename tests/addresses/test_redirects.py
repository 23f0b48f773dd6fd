"""Redirects made by hand: within the site, never in a circle, never over what is there."""

import pytest
from django.test import Client

from newsroom.addresses.models import Address
from newsroom.pages.models import Page

pytestmark = pytest.mark.django_db

ADD = "/admin/addresses/address/add/"


@pytest.fixture
def staff(client_for, django_user_model) -> Client:
    return client_for(
        django_user_model.objects.create_superuser("root@paper.test", "a-long-password", name="R")
    )


def test_a_redirect_by_hand_leads_readers_on(staff: Client, client: Client) -> None:
    assert staff.post(ADD, {"path": "/old/place", "target": "/contact/"}).status_code == 302
    for path in ("/old/place/", "/old/place"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, "/contact/")
        assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/old/", "https://elsewhere.example/"),
        ("/old/", "//elsewhere.example/"),
        ("/old/", "/\\elsewhere.example/"),
        ("/old/", ""),
        ("/old/", "/old/"),
        ("old", "/contact/"),
        ("/", "/contact/"),
        ("/admin/", "/contact/"),
        ("/jobs/", "/contact/"),
        ("/o ld/", "/contact/"),
        ("/old/", "/con\x00tact/"),
        ("/" + "x" * 600 + "/", "/contact/"),
    ],
)
def test_an_unsafe_redirect_is_refused(staff: Client, path: str, target: str) -> None:
    Page.objects.create(title="Jobs")
    assert staff.post(ADD, {"path": path, "target": target}).status_code == 200
    assert not Address.objects.exclude(target="").exists()


def test_redirects_never_form_a_circle(staff: Client) -> None:
    assert staff.post(ADD, {"path": "/a/", "target": "/b/"}).status_code == 302
    assert staff.post(ADD, {"path": "/b/", "target": "/c/"}).status_code == 302
    assert staff.post(ADD, {"path": "/c/", "target": "/a/"}).status_code == 200


def test_a_present_address_is_looked_at_and_not_touched_here(staff: Client) -> None:
    page = Page.objects.create(title="Jobs")
    page.slug = "vacancies"
    page.save()
    old, present = Address.objects.order_by("path")
    html = staff.get("/admin/addresses/address/").content.decode()
    assert "old address" in html
    url = f"/admin/addresses/address/{present.pk}"
    assert staff.post(f"{url}/change/", {"path": "/x/", "target": "/y/"}).status_code == 403
    assert staff.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    # An old one may be given up, so that another can have it.
    url = f"/admin/addresses/address/{old.pk}/delete/"
    assert staff.post(url, {"post": "yes"}).status_code == 302
    assert Page.objects.create(title="Jobs").path == "/jobs/"
