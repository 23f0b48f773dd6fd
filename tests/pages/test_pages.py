"""Pages: found at their address, clean whoever wrote them, and never lost by a new name."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from newsroom.addresses.book import AddressTaken
from newsroom.pages.models import Page, StaffDesk

pytestmark = pytest.mark.django_db


def test_a_page_answers_at_the_address_made_from_its_title(client: Client) -> None:
    page = Page.objects.create(title="About us", summary="Who we are.", body="<p>Us.</p>")
    assert page.get_absolute_url() == "/about-us/"
    html = client.get("/about-us/").content.decode()
    for words in ("<p>Us.</p>", "Who we are.", "<h1"):
        assert words in html
    assert html.count("<h1") == 1


def test_an_address_in_another_script_works(client: Client) -> None:
    page = Page.objects.create(title="אודות העיתון")
    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_page_that_is_not_public_is_missing(client: Client) -> None:
    Page.objects.create(title="Secret plan", is_public=False)
    assert client.get("/secret-plan/").status_code == 404


def test_a_renamed_page_leads_from_its_old_address_and_browsers_ask_again(client: Client) -> None:
    page = Page.objects.create(title="Jobs")
    for slug in ("vacancies", "jobs", "vacancies", "careers"):
        page.slug = slug
        page.save()
    for old in ("/jobs/", "/vacancies/"):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, "/careers/")
        assert "no-cache" in response["Cache-Control"]
    assert client.get("/careers/").status_code == 200


def test_renaming_back_and_forth_never_loops(client: Client) -> None:
    page = Page.objects.create(title="One", slug="one")
    for slug in ("two", "one", "two", "one"):
        page.slug = slug
        page.save()
        response = client.get(f"/{'one' if slug == 'two' else 'two'}/", follow=True)
        assert response.status_code == 200
        assert len(response.redirect_chain) == 1


@pytest.mark.parametrize("slug", ["admin", "contact", "topic"])
def test_an_address_of_the_system_is_refused_beside_the_field(slug: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Page(title="x", slug=slug).full_clean()
    assert "slug" in refused.value.message_dict
    with pytest.raises(AddressTaken):
        Page.objects.create(title="x", slug=slug)
    assert not Page.objects.exists()


def test_the_address_of_another_page_is_refused_and_nothing_is_saved() -> None:
    Page.objects.create(title="Jobs")
    with pytest.raises(AddressTaken):
        Page.objects.create(title="Other", slug="jobs")
    assert Page.objects.count() == 1


def test_a_deleted_page_gives_its_address_back(client: Client) -> None:
    Page.objects.create(title="Jobs").delete()
    Page.objects.create(title="Rates")
    Page.objects.filter(slug="rates").delete()
    assert client.get("/rates/").status_code == 404
    Page.objects.create(title="Rates")
    assert client.get("/jobs/").status_code == 404
    Page.objects.create(title="Jobs")
    assert client.get("/jobs/").status_code == 200


ATTACKS = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<p style="position:fixed">x</p>',
    '<iframe src="//evil.example"></iframe>',
    '<svg onload="alert(1)">',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_is_cleaned_on_every_way_in(attack: str, client: Client) -> None:
    page = Page.objects.create(title="A", body=attack)
    Page.objects.bulk_create([Page(title="B", slug="b", body=attack)])
    Page.objects.create(title="C", body="")
    Page.objects.filter(title="C").update(body=attack)
    for stored in [page.body, *Page.objects.values_list("body", flat=True)]:
        for live in ("<script", "onclick", "javascript:", "style=", "iframe", "onload"):
            assert live not in stored
    assert "alert(1)" not in client.get("/a/").content.decode().split("<main")[1]


def test_a_placeholder_of_a_missing_picture_leaves_nothing_behind(client: Client) -> None:
    Page.objects.create(
        title="Pictures",
        body='<p>A</p><figure data-picture="999999999999999999"></figure>'
        '<aside data-article="7"></aside><table><tbody><tr><td>B</td></tr></tbody></table>',
    )
    html = client.get(Page.objects.get().path).content.decode()
    assert "data-picture" not in html
    assert "data-article" not in html
    assert '<div class="table" tabindex="0"><table>' in html


@pytest.mark.parametrize(
    "path",
    ["/%00/", "/%ff/", "/" + "x" * 10_000 + "/", "/..%2f/", "/%E2%80%AE/", "/a%0d%0ab/", "/%5c/"],
)
def test_odd_addresses_are_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code in {301, 404}


def test_the_staff_directory_lists_people_by_desk(client: Client) -> None:
    desk = StaffDesk.objects.create(name="Editors")
    desk.members.create(name="Ed", role="Night editor", email="ed@paper.example")
    desk.members.create(name="Al", link="/author/al/")
    html = client.get("/staff/").content.decode()
    for words in ("Editors", "Night editor", "mailto:ed@paper.example", 'href="/author/al/"'):
        assert words in html


def test_a_paper_that_lists_nobody_has_no_staff_page(client: Client) -> None:
    StaffDesk.objects.create(name="Empty")
    assert client.get("/staff/").status_code == 404
