"""Terms that readers accepted are never altered, and every version can be read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.pages.models import Page, TermsVersion
from newsroom.pages.models.terms import FixedTermsError
from newsroom.pages.terms import path_of_version, terms_paths

pytestmark = pytest.mark.django_db


def version(text: str = "Be kind.", *, days: int = -1) -> TermsVersion:
    return TermsVersion.objects.create(
        title="Terms of use",
        body=f"<p>{text}</p>",
        effective_at=timezone.now() + timedelta(days=days),
    )


@pytest.fixture
def terms_page() -> Page:
    return Page.objects.create(title="Terms of use", body="<p>Draft.</p>", shows_terms=True)


def test_versions_are_numbered_from_one() -> None:
    assert [version().number, version().number, version().number] == [1, 2, 3]


def test_a_version_cannot_be_changed_or_deleted() -> None:
    first = version()
    first.body = "<p>Something else.</p>"
    with pytest.raises(FixedTermsError):
        first.save()
    with pytest.raises(FixedTermsError):
        first.delete()
    with pytest.raises(FixedTermsError):
        TermsVersion.objects.all().delete()
    with pytest.raises(FixedTermsError):
        TermsVersion.objects.update(body="")
    with pytest.raises(FixedTermsError):
        TermsVersion(pk=first.pk, title="x", body="y", effective_at=timezone.now()).save()
    assert TermsVersion.objects.get().body == "<p>Be kind.</p>"
    with pytest.raises(FixedTermsError):
        TermsVersion.objects.bulk_update([first], ["body"])


def test_the_version_in_force_changes_at_its_hour() -> None:
    now = timezone.now()
    first, second = version(days=-10), version(days=5)
    assert TermsVersion.objects.current(now - timedelta(days=11)) is None
    assert TermsVersion.objects.current(now) == first
    assert TermsVersion.objects.current(second.effective_at - timedelta(seconds=1)) == first
    assert TermsVersion.objects.current(second.effective_at) == second


def test_the_page_shows_the_version_in_force_and_leads_to_the_others(
    terms_page: Page, client: Client
) -> None:
    version("Old words.", days=-20)
    version("Present words.", days=-2)
    version("Coming words.", days=9)
    html = client.get("/terms-of-use/").content.decode()
    assert "Present words." in html
    assert "Draft." not in html
    assert "Version 2" in html
    assert 'href="/terms-of-use/version/1/"' in html
    assert "Old words." in client.get("/terms-of-use/version/1/").content.decode()
    assert "To the present version" in client.get("/terms-of-use/version/3/").content.decode()


def test_before_any_version_the_page_shows_its_own_text(terms_page: Page, client: Client) -> None:
    assert "Draft." in client.get("/terms-of-use/").content.decode()


@pytest.mark.parametrize("number", ["4", "999999999999999999", "0"])
def test_a_version_that_does_not_exist_is_not_found(
    terms_page: Page, client: Client, number: str
) -> None:
    version()
    assert client.get(f"/terms-of-use/version/{number}/").status_code == 404


def test_versions_stand_only_under_the_page_that_shows_them(
    terms_page: Page, client: Client
) -> None:
    version()
    Page.objects.create(title="About")
    assert client.get("/about/version/1/").status_code == 404
    assert client.get("/nowhere/version/1/").status_code == 404


def test_a_renamed_terms_page_keeps_the_addresses_of_its_versions(
    terms_page: Page, client: Client
) -> None:
    version()
    terms_page.slug = "terms"
    terms_page.save()
    assert terms_paths().get() == "/terms/"
    assert path_of_version("/terms/", 1) == "/terms/version/1/"
    response = client.get("/terms-of-use/version/1/")
    assert (response.status_code, response["Location"]) == (301, "/terms/version/1/")


def test_terms_are_cleaned_like_everything_else() -> None:
    assert version("<script>alert(1)</script>x").body == "<p>x</p>"
