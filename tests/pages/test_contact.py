"""The form that reaches somebody: nothing typed is lost, nothing is sent that should not be."""

import re
from datetime import time

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from newsroom.pages.models import Message, ServiceDesk, SiteSettings
from newsroom.pages.views.contact import LIMIT

pytestmark = pytest.mark.django_db

OWN = {"sec-fetch-site": "same-origin"}
WORDS = {
    "desk": "editorial",
    "name": "Ada Reader",
    "email": "ada@reader.example",
    "subject": "The tram",
    "body": "It was late.\nAgain.",
}


@pytest.fixture(autouse=True)
def desk() -> ServiceDesk:
    SiteSettings(name="The Paper", email="paper@paper.example").save()
    desk = ServiceDesk.objects.create(name="Editorial", email="desk@paper.example", order=2)
    desk.numbers.create(number="+357 20 000 110", extension="2", label="In town")
    desk.hours.create(weekday=0, opens=time(7), closes=time(14), purpose="all requests")
    ServiceDesk.objects.create(name="Subscribers", email="subs@paper.example", order=1)
    return desk


def post(client: Client, headers: dict[str, str] | None = None, **changed: str) -> HttpResponse:
    return client.post(
        "/contact/", {**WORDS, **changed}, headers=OWN if headers is None else headers
    )


def test_a_message_is_stored_and_mailed_to_its_desk(client: Client, run_tasks, desk) -> None:
    response = post(client)
    assert (response.status_code, response["Location"]) == (303, "/contact/sent/")
    message = Message.objects.get()
    assert (message.desk, message.state, message.body) == (desk, "new", "It was late.\nAgain.")
    assert mail.outbox == []
    run_tasks()
    (sent,) = mail.outbox
    assert (sent.to, sent.cc, sent.bcc) == (["desk@paper.example"], [], [])
    assert sent.reply_to == ["ada@reader.example"]
    assert "It was late." in sent.body
    message.refresh_from_db()
    assert message.mailed_at is not None


def test_a_mail_task_that_runs_twice_sends_once(client: Client, run_tasks) -> None:
    from newsroom.pages.messages import mail_message

    post(client)
    mail_message.enqueue(Message.objects.get().pk)
    run_tasks()
    assert len(mail.outbox) == 1


def test_a_desk_without_an_address_is_read_at_the_papers_own(client, run_tasks, desk) -> None:
    ServiceDesk.objects.filter(pk=desk.pk).update(email="")
    post(client)
    run_tasks()
    assert mail.outbox[0].to == ["paper@paper.example"]


def test_the_form_works_without_any_desk(client: Client, run_tasks) -> None:
    ServiceDesk.objects.all().delete()
    assert post(client).status_code == 303
    run_tasks()
    assert mail.outbox[0].to == ["paper@paper.example"]


def test_the_page_shows_numbers_hours_and_the_form_without_a_cookie(client: Client) -> None:
    response = client.get("/contact/")
    html = response.content.decode()
    for words in ("+357 20 000 110 ext. 2", "tel:+35720000110;ext=2", "07:00–14:00", "Editorial"):
        assert words in html
    assert "csrf" not in html
    assert not response.cookies


def test_the_desk_in_the_address_is_chosen_and_an_unknown_one_ignored(client: Client) -> None:
    assert (
        '<option value="editorial" selected>'
        in client.get("/contact/?desk=editorial").content.decode()
    )
    assert "selected" not in client.get("/contact/?desk=nobody").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", ""),
        ("subject", "  \u200b "),
        ("body", ""),
        ("desk", "nobody"),
        ("subject", "x" * 151),
        ("body", "x" * 10_001),
        ("name", "nul\x00nul"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_stays(
    client: Client, field: str, value: str
) -> None:
    response = post(client, **{field: value})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in html
    kept = "Ada Reader" if field != "name" else "The tram"
    assert kept in html
    assert not Message.objects.exists()


def test_too_many_messages_from_one_network_get_a_clear_answer(client: Client) -> None:
    for _number in range(LIMIT):
        assert post(client).status_code == 303
    response = post(client)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "It was late." in response.content.decode()
    assert Message.objects.count() == LIMIT
    assert client.post("/contact/", WORDS, headers=OWN, REMOTE_ADDR="10.9.9.9").status_code == 303


def test_the_field_nobody_sees_traps_programs_without_telling_them(client: Client) -> None:
    response = post(client, website="http://spam.example/")
    assert (response.status_code, response["Location"]) == (303, "/contact/sent/")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, {"origin": "null"}],
)
def test_a_form_from_elsewhere_is_shown_again_and_taken_when_confirmed(
    client: Client, headers: dict[str, str]
) -> None:
    response = post(client, headers)
    assert response.status_code == 200
    assert not Message.objects.exists()
    token = re.search(r'name="confirmation" value="([^"]+)"', response.content.decode())[1]
    # For these words only.
    assert post(client, headers, body="Other words", confirmation=token).status_code == 200
    assert post(client, headers, confirmation="forged").status_code == 200
    assert post(client, headers, confirmation=token).status_code == 303
    assert Message.objects.count() == 1


def test_our_own_origin_needs_no_confirmation(client: Client) -> None:
    assert post(client, {"origin": "http://testserver"}).status_code == 303


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\nBcc: all@victim.example",
        "Hello\r\nTo: all@victim.example",
        "Hello\u2028Bcc: all@victim.example",
        "=?utf-8?q?Hello=0ABcc:_all@victim.example?=",
    ],
)
def test_no_header_can_be_put_into_the_mail(client: Client, run_tasks, subject: str) -> None:
    assert post(client, subject=subject, name="A\nBcc: x@victim.example").status_code == 303
    run_tasks()
    (sent,) = mail.outbox
    raw = sent.message()
    assert raw.get_all("To") == ["desk@paper.example"]
    assert raw.get_all("Bcc") is None
    assert len(raw.get_all("Subject")) == 1


def test_what_a_reader_writes_is_text_in_the_admin(client, client_for, service) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    post(client, subject=attack, body=attack, name=attack, page="javascript:alert(1)")
    message = Message.objects.get()
    assert message.page == ""
    staff = client_for(service)
    for url in ("/admin/pages/message/", f"/admin/pages/message/{message.pk}/change/", "/admin/"):
        html = staff.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe=%ff%fe&email=%00",
        b"desk=" + b"a" * 10_000,
        b"subject=%ED%A0%80&email=a%40b.example&body=%ED%A0%80",
        b"email=" + b"a" * 9_000 + b"%40b.example",
        b"&&&===;;;",
    ],
)
def test_odd_bodies_get_the_form_back(client: Client, body: bytes) -> None:
    response = client.post(
        "/contact/", body, content_type="application/x-www-form-urlencoded", headers=OWN
    )
    assert response.status_code < 500
    response = client.post(
        "/contact/", body, content_type="multipart/form-data; boundary=x", headers=OWN
    )
    assert response.status_code < 500


def test_halves_of_characters_cannot_break_the_page(client: Client) -> None:
    form = (
        b'--x\r\nContent-Disposition: form-data; name="subject"\r\n\r\n+2AA-\r\n'
        b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na@+2AA-.example\r\n--x--\r\n'
    )
    response = client.post(
        "/contact/", form, content_type="multipart/form-data; boundary=x; charset=utf-7",
        headers=OWN,
    )  # fmt: skip
    assert response.status_code < 500


@pytest.mark.parametrize(
    "query", ["desk=%00", "desk=" + "x" * 10_000, "desk=%ff", "page=%ED%A0%80", "desk[]=1", "zz=1"]
)
def test_odd_queries_get_the_page(client: Client, query: str) -> None:
    assert client.get(f"/contact/?{query}").status_code == 200
