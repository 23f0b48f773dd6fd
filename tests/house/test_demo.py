"""The demo newspaper: enough of everything, and safe to make twice."""

import pytest
from django.utils import timezone

import articles.demo
from articles.models import Article, Author, Column, PublishedArticle, Revision, Section, Topic
from newsroom.addresses.models import Address
from newsroom.pages.models import Menu, Page, ServiceDesk
from tests.demo_paper import CONTENT

COUNTED = (Article, Author, Column, PublishedArticle, Revision, Section, Topic, Address, Menu, Page)


@pytest.mark.usefixtures("paper")
def test_the_demo_is_a_whole_paper_and_a_second_seeding_changes_nothing() -> None:
    assert PublishedArticle.objects.count() >= 40
    assert Section.objects.count() >= 8
    assert Author.objects.count() >= 10
    assert Column.objects.count() >= 4
    assert ServiceDesk.objects.exists()
    words = PublishedArticle.objects.values_list("words", flat=True)
    assert sum(words) / len(words) > 400
    first = Article.objects.order_by("pk")[:1].get()
    Article.objects.filter(pk=first.pk).update(headline="Changed by an editor")
    before = {model: model._default_manager.count() for model in COUNTED}
    assert articles.demo.seed(CONTENT, {}, at=timezone.now()) == 0
    assert {model: model._default_manager.count() for model in COUNTED} == before
    first.refresh_from_db()
    assert first.headline == "Changed by an editor"
