"""The arrange page as an editor has it open."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from articles.fronts.content import Content
from articles.fronts.drafts import draft_of
from articles.fronts.models import Front
from articles.models import Article
from newsroom.accounts.models import User

Log = Callable[[User], Client]
Write = Callable[..., Article]


def address(front: Front) -> str:
    return f"/admin/fronts/front/{front.pk}/change/"


class Desk:
    """One editor's window with the page open: what it was opened with is sent back."""

    def __init__(self, client: Client, front: Front) -> None:
        self.client, self.front = client, front
        self.open()

    def open(self) -> "Desk":
        self.text = self.client.get(address(self.front)).content.decode()
        self.base = {
            name: unescape(re.search(f'name="{name}" value="([^"]*)"', self.text)[1])  # type: ignore[index]
            for name in ("base", "base_number")
        }
        return self

    def press(self, act: str, **fields: Any) -> HttpResponse:
        sent = {**self.base, "do": act, **{k.replace("__", "-"): v for k, v in fields.items()}}
        return self.client.post(address(self.front), sent)  # type: ignore[return-value]


def draft(front: Front) -> Content:
    return draft_of(Front.objects.get(pk=front.pk))


def placed(front: Front) -> dict[str, int]:
    return {key: each.article for key, each in draft(front).slots.items()}


def told(response: HttpResponse, client: Client) -> str:
    page = client.get(response["Location"]) if response.status_code == 302 else response
    return unescape(re.sub("<[^>]*>", " ", page.content.decode()))
