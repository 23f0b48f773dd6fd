"""Every address a stranger can ask for is watched for leaks, or says why it need not be."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from pytest_django import Settings

from newsroom.management import surfaces
from newsroom.management.surfaces import SURFACES, Exempt
from newsroom.urls import urlpatterns as real


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


# For the test that adds addresses nobody has registered.
urlpatterns = [
    path("forgotten/", forgotten, name="forgotten"),
    path("nameless/<int:pk>/", forgotten),
    *real,
]


def test_every_reader_address_is_visited_by_the_leak_probe_or_exempt_with_a_reason() -> None:
    cure = (
        "say in newsroom/management/surfaces.py which addresses show what of an article, or "
        "Exempt('why it can show none')"
    )
    assert surfaces.unregistered() == {}, cure


def test_an_exemption_gives_its_reason() -> None:
    reasons = [each.reason for each in SURFACES.values() if isinstance(each, Exempt)]
    assert reasons
    assert all(len(reason.split()) >= 5 for reason in reasons)


def test_the_registry_names_nothing_that_is_gone() -> None:
    assert set(SURFACES) - set(surfaces.known()) == set()


def test_an_address_that_nobody_registered_is_named(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert surfaces.unregistered() == {
        "forgotten": "forgotten/",
        "nameless/<int:pk>/": "nameless/<int:pk>/",
    }


def test_a_kind_of_one_segment_addresses_that_nobody_registered_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched = {name: how for name, how in SURFACES.items() if name != "kind:section"}
    monkeypatch.setattr(surfaces, "SURFACES", watched)
    assert surfaces.unregistered() == {"kind:section": "/<section>/"}
