"""A second factor, from enrolment to the next log-in."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from django.test import Client

from newsroom.accounts.models import User
from tests.accounts.doors import proved

PASSWORD = "a-long-password"


def code(secret: str) -> str:
    """What the telephone shows now (RFC 6238: SHA-1, six digits, half a minute)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def enrol(client: Client) -> str:
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    done = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert done.status_code == 302, done.content.decode()
    return str(secret)


def test_after_enrolment_the_password_alone_opens_nothing(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    secret = enrol(proved(client_for(editor)))
    door = Client()
    first = door.post("/accounts/login/", {"login": editor.email, "password": PASSWORD})
    assert (first.status_code, "authenticate" in first["Location"]) == (302, True)
    assert door.get("/admin/").status_code == 302
    wrong = door.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert door.get("/admin/").status_code == 302
    right = door.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert right.status_code == 302
    assert door.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_a_wrong_code_enrols_nothing(editor: User, client_for: Callable[[User], Client]) -> None:
    client = proved(client_for(editor))
    client.get("/accounts/2fa/totp/activate/")
    assert client.post("/accounts/2fa/totp/activate/", {"code": "123456"}).status_code == 200
    door = Client()
    door.post("/accounts/login/", {"login": editor.email, "password": PASSWORD})
    assert door.get("/admin/").status_code == 200
