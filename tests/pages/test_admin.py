"""What staff do in the admin with identity, pages, terms, menus, desks and messages."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.pages.chrome import chrome
from newsroom.pages.desk import panels
from newsroom.pages.models import (
    Menu,
    MenuEntry,
    Message,
    Page,
    ServiceDesk,
    SiteSettings,
    StaffDesk,
    TermsVersion,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client_for, chief) -> Client:
    return client_for(chief)


def message(**fields: object) -> Message:
    return Message.objects.create(
        **{"email": "ada@reader.example", "subject": "The tram", "body": "Late.", **fields}
    )


def inline(prefix: str, rows: list[dict[str, object]], *, initial: int = 0) -> dict[str, object]:
    data: dict[str, object] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
    }
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_every_page_of_the_admin_opens(staff: Client) -> None:
    menu = Menu.objects.create(place="main", title="Sections")
    MenuEntry.objects.create(menu=menu, url="/contact/", label="Contact")
    terms = TermsVersion.objects.create(title="T", body="<p>x</p>", effective_at=timezone.now())
    desk = ServiceDesk.objects.create(name="Service")
    things = [
        menu, terms, desk, message(desk=desk, page="/x/"),
        Page.objects.create(title="About"), StaffDesk.objects.create(name="Editors"),
    ]  # fmt: skip
    for thing in things:
        root = f"/admin/pages/{thing._meta.model_name}/"
        for url in (root, f"{root}?q=x", f"{root}{thing.pk}/change/", f"{root}{thing.pk}/history/"):
            assert staff.get(url).status_code == 200, url
        if not isinstance(thing, Message):
            assert staff.get(f"{root}add/").status_code == 200
    for odd in ("abc", "999999999999999999999", "%00"):
        assert staff.get(f"/admin/pages/servicedesk/{odd}/change/").status_code in {302, 404}


def test_site_identity_is_one_form(staff: Client) -> None:
    response = staff.get("/admin/pages/sitesettings/")
    assert response["Location"] == "/admin/pages/sitesettings/1/change/"
    assert staff.get("/admin/pages/sitesettings/add/").status_code == 403
    assert staff.get("/admin/pages/sitesettings/1/delete/").status_code == 403
    data = {
        "name": "העיתון", "tagline": "", "logo": "", "founded": "1911", "language": "he",
        "time_zone": "Asia/Jerusalem", "copyright_owner": "", "email": "", "feed_text": "extract",
    }  # fmt: skip
    assert staff.post(response["Location"], data).status_code == 302
    site = chrome()
    assert (site.name, site.direction, site.copyright_owner) == ("העיתון", "rtl", "העיתון")


def test_others_than_the_chief_cannot_change_the_identity(client_for, editor, service) -> None:
    SiteSettings().save()
    for user in (editor, service):
        for url in ("/admin/pages/sitesettings/", "/admin/pages/sitesettings/1/change/"):
            assert client_for(user).get(url).status_code == 403


def test_a_page_is_cleaned_and_dated_when_its_text_changes(staff: Client) -> None:
    data = {"title": "About", "summary": "", "slug": "", "is_public": "on",
            "body": '<p onclick="x()">Us</p><script>alert(1)</script>'}  # fmt: skip
    assert staff.post("/admin/pages/page/add/", data).status_code == 302
    page = Page.objects.get()
    assert (page.slug, page.body) == ("about", "<p>Us</p>")
    written = page.updated_at
    data |= {"body": page.body, "slug": "about-us"}
    assert staff.post(f"/admin/pages/page/{page.pk}/change/", data).status_code == 302
    page.refresh_from_db()
    assert (page.slug, page.updated_at) == ("about-us", written)


def test_a_taken_address_is_an_error_beside_the_field(staff: Client) -> None:
    Page.objects.create(title="Jobs")
    for slug in ("jobs", "admin"):
        data = {"title": "x", "slug": slug, "is_public": "on"}
        response = staff.post("/admin/pages/page/add/", data)
        assert response.status_code == 200
        assert "slug" in response.context["adminform"].form.errors


def test_terms_are_read_only_once_saved(staff: Client) -> None:
    data = {"title": "Terms", "body": "<p>One.</p>",
            "effective_at_0": "2026-01-01", "effective_at_1": "00:00"}  # fmt: skip
    assert staff.post("/admin/pages/termsversion/add/", data).status_code == 302
    version = TermsVersion.objects.get()
    url = f"/admin/pages/termsversion/{version.pk}/"
    assert staff.post(f"{url}change/", {**data, "title": "Other"}).status_code == 403
    assert staff.get(f"{url}delete/").status_code == 403
    # The next version starts from the words of this one.
    assert "One." in staff.get("/admin/pages/termsversion/add/").content.decode()


def test_a_menu_mixes_pages_and_addresses_in_the_order_given(staff: Client) -> None:
    page = Page.objects.create(title="About")
    rows = [
        {"order": 2, "target": "", "url": "/contact/", "label": "Contact", "is_active": "on"},
        {"order": 1, "target": f"page:{page.pk}", "url": "", "label": "", "is_active": "on"},
        {"order": 3, "target": "", "url": "https://bank.example/", "label": "Bank",
         "sponsored": "on", "is_active": "on"},
    ]  # fmt: skip
    data = {"title": "Information", "place": "footer", "order": 0, **inline("entries", rows)}
    response = staff.post("/admin/pages/menu/add/", data)
    assert response.status_code == 302
    assert [(link.label, link.href, link.rel) for link in chrome().footer[0].entries] == [
        ("About", "/about/", ""),
        ("Contact", "/contact/", ""),
        ("Bank", "https://bank.example/", "sponsored"),
    ]
    # An entry whose target is gone can still be opened and saved.
    page.delete()
    assert (
        "no longer there"
        in staff.get(f"/admin/pages/menu/{Menu.objects.get().pk}/change/").content.decode()
    )


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"url": "javascript:alert(1)", "label": "x"}, "url"),
        ({"url": "//evil.example/", "label": "x"}, "url"),
        ({"url": "http://plain.example/", "label": "x"}, "url"),
        ({"url": "/\\evil.example/", "label": "x"}, "url"),
        ({"url": "/contact/", "label": ""}, "label"),
        ({"url": "", "label": "x"}, "target"),
        ({"target": "page:1", "url": "/contact/", "label": "x"}, "url"),
        ({"target": "page:77", "label": "x"}, "target"),
        ({"target": "user:1", "label": "x"}, "target"),
    ],
)
def test_a_menu_entry_leads_somewhere_safe(staff: Client, row: dict[str, str], field: str) -> None:
    Page.objects.create(pk=1, title="About")
    data = {"title": "x", "place": "footer", "order": 0}
    data |= inline("entries", [{"order": 1, "is_active": "on", **row}])
    response = staff.post("/admin/pages/menu/add/", data)
    assert response.status_code == 200
    (errors,) = response.context["inline_admin_formsets"][0].formset.errors
    assert field in errors
    assert not Menu.objects.exists()


def test_a_desk_is_edited_with_its_numbers_hours_and_holidays(client_for, service) -> None:
    staff = client_for(service)
    data = {
        "name": "Subscribers", "description": "", "email": "", "fax": "", "address": "",
        "takes_messages": "on", "show_in_foot": "on", "order": 1, "slug": "",
        **inline("numbers", [{"order": 1, "number": "+1 2", "extension": "", "label": ""}]),
        **inline("hours", [{"weekday": 0, "opens": "07:00", "closes": "14:00", "purpose": ""}]),
        **inline("exceptions", [{"date": "2027-01-01", "name": "New year", "closed": "on"}]),
    }  # fmt: skip
    assert staff.post("/admin/pages/servicedesk/add/", data).status_code == 302
    (desk,) = chrome().desks
    assert (desk.phones[0].number, desk.special_days[0].date) == ("+1 2", date(2027, 1, 1))
    del data["exceptions-0-closed"]
    data["name"] = "Other"
    response = staff.post("/admin/pages/servicedesk/add/", data)
    assert response.status_code == 200
    assert "Give the hours of this date" in response.content.decode()


def test_customer_service_works_through_the_queue(client_for, service) -> None:
    staff = client_for(service)
    first, second, done = message(subject="One"), message(subject="Two"), message(state="closed")
    html = staff.get("/admin/pages/message/?state__exact=new").content.decode()
    assert "One" in html
    assert "Two" in html
    data = {"action": "take_in_hand", "_selected_action": [first.pk, second.pk]}
    assert staff.post("/admin/pages/message/", data).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.assigned_to) == ("in_hand", service)
    change = {"state": "answered", "desk": "", "assigned_to": service.pk, "note": "By phone.",
              "subject": "Changed", "body": "Changed"}  # fmt: skip
    assert staff.post(f"/admin/pages/message/{first.pk}/change/", change).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.subject, first.body) == ("answered", "One", "Late.")
    assert list(Message.objects.open()) == [second]
    assert done not in Message.objects.open()
    assert staff.get("/admin/pages/message/add/").status_code == 403
    assert staff.get(f"/admin/pages/message/{first.pk}/delete/").status_code == 403


def test_the_desk_shows_who_waits_to_those_who_may_know(rf, service, reporter) -> None:
    message(subject="Oldest")
    message(subject="Newer")
    message(subject="Done", state="answered")
    request = rf.get("/admin/")
    request.user = service
    (panel,) = panels(request)
    assert [row[0] for row in panel.rows] == ["Oldest", "Newer"]
    request.user = reporter
    assert panels(request) == []


@pytest.mark.parametrize("url", ["message", "page", "menu", "servicedesk", "termsversion"])
def test_a_reporter_cannot_open_what_is_not_theirs(client_for, reporter, url: str) -> None:
    assert client_for(reporter).get(f"/admin/pages/{url}/").status_code == 403
