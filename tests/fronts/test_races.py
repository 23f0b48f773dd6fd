"""What editors do to a front while others save and publish what stands on it."""

import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from articles.fronts.arranging import publish as arrange
from articles.fronts.models import Standing
from articles.models import Article
from articles.publishing import publish
from articles.revisions import revise
from tests.fronts.stories import home, story, with_slots

pytestmark = pytest.mark.django_db(transaction=True)
Crowd = Callable[..., list[Any]]


def test_a_front_goes_live_while_a_story_on_it_is_published(crowd: Crowd) -> None:
    (placed,) = crowd(lambda: story("The tram line opens").pk, 1)
    turns = count()

    def either() -> None:
        if next(turns) == 0:
            with transaction.atomic():
                article = Article.objects.select_for_update().get(pk=placed)
                time.sleep(0.4)
                publish(article, by=None, revision=revise(article, by=None))
        else:
            time.sleep(0.1)
            with transaction.atomic():
                front = home()
                arrange(front, by=None, content=with_slots(front, lead_1=placed))
                time.sleep(0.6)

    assert crowd(either, 2) == [None, None]
    assert crowd(lambda: Standing.objects.filter(slot="lead.1").count(), 1) == [1]
