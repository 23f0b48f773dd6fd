"""What staff see of newsletters: counts, consents, and the guarded download."""

import csv
import io
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from newsletter.models import Newsletter, Subscriber
from newsroom.accounts.models import User


def password_given(client: Client, address: str) -> Client:
    """The browser after it was asked for the password again on the way to this address."""
    asked = client.get(address)
    assert asked.status_code == 302
    answer = client.post(asked["Location"], {"password": "a-long-password"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    return client


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_download_holds_the_confirmed_with_links_that_work(
    confirmed: Callable[..., str], sign_up: Callable, run_tasks: Callable, letters: User,
    client_for: Callable[[User], Client], morning: Newsletter, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    confirmed()
    confirmed("=HYPERLINK|x@post.example")
    sign_up("waiting@post.example")
    run_tasks()
    address = f"/admin/newsletter/newsletter/{morning.pk}/export/"
    client = password_given(client_for(letters), address)
    page = client.get(address)
    assert page.status_code == 200
    assert b"2 confirmed subscribers" in page.content
    answer = client.post(address)
    assert answer.streaming
    heading, first, second = lines(answer)
    assert heading == ["email", "newsletter", "confirmed_at", "unsubscribe"]
    assert first[0] == "reader@post.example"
    assert second[0] == "'=HYPERLINK|x@post.example"
    Client().post("/newsletter/" + first[3].split("/newsletter/")[1])
    assert len(lines(client.post(address))) == 2
    entry = LogEntry.objects.filter(user=letters).latest("pk")
    assert "1 subscribers" in entry.change_message
    assert "downloaded" in caplog.text
    assert "reader@post.example" not in caplog.text


def test_the_download_asks_for_the_password_again(
    letters: User, morning: Newsletter, client_for: Callable[[User], Client]
) -> None:
    answer = client_for(letters).post(f"/admin/newsletter/newsletter/{morning.pk}/export/")
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


@pytest.mark.parametrize("role", ["editor", "reporter", "service"])
def test_the_download_is_refused_to_other_roles(
    role: str,
    morning: Newsletter,
    request: pytest.FixtureRequest,
    client_for: Callable[[User], Client],
) -> None:
    client = client_for(request.getfixturevalue(role))
    address = f"/admin/newsletter/newsletter/{morning.pk}/export/"
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_subscribers_are_there_to_look_at_and_not_to_touch(
    confirmed: Callable[..., str], chief: User, client_for: Callable[[User], Client]
) -> None:
    confirmed()
    subscriber = Subscriber.objects.get()
    client = client_for(chief)
    base = "/admin/newsletter/subscriber/"
    assert b"reader@post.example" in client.get(base).content
    assert client.get(base, {"q": "READER@"}).status_code == 200
    page = client.get(f"{base}{subscriber.pk}/change/")
    assert b"By subscribing I accept the terms of use." in page.content
    assert client.get(f"{base}add/").status_code == 403
    assert client.post(f"{base}{subscriber.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(f"{base}{subscriber.pk}/change/", {"email": "other@post.example"})
    subscriber.refresh_from_db()
    assert subscriber.email == "reader@post.example"
    paper = client.get(f"{base}{subscriber.pk}/receipt/").json()
    assert len(paper["consents"]) == 2


def test_a_newsletter_shows_its_statement_and_its_count(
    confirmed: Callable[..., str], letters: User, client_for: Callable[[User], Client],
    morning: Newsletter,
) -> None:  # fmt: skip
    confirmed()
    client = client_for(letters)
    assert b"The Morning Post" in client.get("/admin/newsletter/newsletter/").content
    page = client.get(f"/admin/newsletter/newsletter/{morning.pk}/change/").content.decode()
    assert "By subscribing I accept the <a href=" in page
    assert client.get("/admin/newsletter/newsletter/add/").status_code == 200
    assert client.post(
        f"/admin/newsletter/newsletter/{morning.pk}/delete/", {"post": "yes"}
    ).status_code == 403  # fmt: skip


def test_a_statement_without_the_place_of_the_link_is_refused(
    letters: User, client_for: Callable[[User], Client], morning: Newsletter
) -> None:
    address = f"/admin/newsletter/newsletter/{morning.pk}/change/"
    answer = client_for(letters).post(
        address,
        {"name": "X", "slug": "x", "language": "en", "statement": "I accept.", "order": 0},
    )
    assert b"as {terms}" in answer.content
