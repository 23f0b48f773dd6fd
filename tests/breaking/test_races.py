"""Two people at one line, or at a line and its article: both are done, one after the other."""

import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from articles.breaking.announcing import announce, end, remove
from articles.breaking.models import BreakingItem
from articles.models import Article
from articles.publishing import publish
from articles.revisions import revise
from newsroom.accounts.models import User
from tests.fronts.stories import story

pytestmark = pytest.mark.django_db(transaction=True)
Crowd = Callable[..., list[Any]]


def test_news_breaks_while_its_article_is_published(crowd: Crowd) -> None:
    (pk,) = crowd(lambda: story("The bridge is closed").pk, 1)
    turns = count()

    def either() -> None:
        if next(turns) == 0:
            with transaction.atomic():
                article = Article.objects.select_for_update().get(pk=pk)
                time.sleep(0.3)
                publish(article, by=None, revision=revise(article, by=None))
        else:
            time.sleep(0.1)
            with transaction.atomic():
                announce(article=Article.objects.get(pk=pk), by=None)
                time.sleep(0.5)

    assert crowd(either, 2) == [None, None]
    assert crowd(lambda: BreakingItem.objects.get().article_id, 1) == [pk]


def test_a_line_is_ended_while_it_is_deleted(crowd: Crowd) -> None:
    (item,) = crowd(lambda: announce("The bridge is closed", by=None), 1)
    turns = count()

    def either() -> None:
        with transaction.atomic():
            if next(turns) == 0:
                BreakingItem.objects.select_for_update().get(pk=item.pk)
                time.sleep(0.4)
                end(item, by=None)
            else:
                time.sleep(0.1)
                remove(BreakingItem.objects.get(pk=item.pk), by=None)

    assert crowd(either, 2) == [None, None]
    assert crowd(BreakingItem.objects.count, 1) == [0]


@pytest.mark.parametrize("click", ["end", "again", "change"])
def test_a_line_is_deleted_while_somebody_clicks_at_it(
    chief: User, crowd: Crowd, client_for: Callable[[User], Client], click: str
) -> None:
    (item,) = crowd(lambda: announce("The bridge is closed", by=None), 1)
    (desk,) = crowd(lambda: client_for(chief), 1)
    form = {"place": "banner", "text": "The bridge is open", "length": "60"}
    turns = count()

    def either() -> str:
        if next(turns) == 0:
            with transaction.atomic():
                remove(item, by=None)
                time.sleep(0.8)
            return ""
        time.sleep(0.2)
        return str(desk.post(f"/admin/breaking/breakingitem/{item.pk}/{click}/", form)["Location"])

    assert "" in crowd(either, 2)
    (page,) = crowd(lambda: desk.get("/admin/breaking/breakingitem/", follow=True), 1)
    # Django's own words where the whole form waits for the lock, as on SQLite.
    told = "Somebody has deleted this line meanwhile.", "Perhaps it was deleted?"
    assert any(words in page.content.decode() for words in told)
