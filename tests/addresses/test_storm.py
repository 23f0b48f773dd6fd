"""After any number of renames, redirects and imports a reader is sent on once at most."""

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.test import Client

from articles.models import (
    Article,
    Author,
    Column,
    PublishedArticle,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.publishing import CannotPublish, publish, unpublish, withdraw
from articles.revisions import revise
from articles.topics import find_or_make
from articles.topics.merging import CannotMerge, merge
from newsroom.addresses.book import AddressTaken
from newsroom.addresses.models import Address
from newsroom.addresses.redirects import NotLaid, lay, redirect
from newsroom.pages.models import Page
from tests.conftest import rounds

pytestmark = pytest.mark.django_db

NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")
KINDS = (Section, Page, Author, Column, Series)
ACTS = 120


class Storm:
    """Acts of editors and web teams, drawn by lot; what the rules refuse is no act."""

    def __init__(self, seed: int, live: Callable[..., PublishedArticle]) -> None:
        self.lot = random.Random(seed)
        self.section = Section.objects.create(name="City", slug="desk-of-city")
        for number, model in enumerate(KINDS):
            field = "title" if model is Page else "name"
            for slug in NAMES[:2]:
                made = model.objects.create(**{field: slug, "slug": f"{slug}-{number}"})
                if model is Series:
                    SeriesPart.objects.create(series=made, article=live(slug).article, order=1)
        for name in NAMES:
            live(name, topics=[name], section=self.section)

    def path(self) -> str:
        """Of something that is or was there, or of nothing."""
        known = list(Address.objects.order_by("path").values_list("path", flat=True))
        rows = PublishedArticle.objects.select_related("section").order_by("pk")
        known += [row.get_absolute_url() for row in rows]
        made_up = [f"/old/{name}/" for name in NAMES] + [f"/{name}/" for name in NAMES]
        return self.lot.choice([self.lot.choice(known), self.lot.choice(made_up)])

    def act(self) -> None:
        deed = self.lot.choice(
            [self.rename, self.rename, self.redirect, self.redirect, self.take_in, self.retitle,
             self.take_down, self.merge, self.delete]
        )  # fmt: skip
        with suppress(AddressTaken, NotLaid, CannotMerge, CannotPublish):
            deed()

    def rename(self) -> None:
        model = self.lot.choice([*KINDS, Topic])
        thing = self.lot.choice(list(model.objects.order_by("pk")))
        thing.slug = f"{self.lot.choice(NAMES)}-{self.lot.randrange(3)}s"
        if not model.objects.filter(slug=thing.slug).exclude(pk=thing.pk).exists():
            thing.save()

    def redirect(self) -> None:
        redirect(self.path(), self.path())

    def take_in(self) -> None:
        lay({self.path(): self.path() for _ in range(4)})

    def retitle(self) -> None:
        article = self.lot.choice(list(Article.objects.order_by("pk")))
        article.slug = f"{self.lot.choice(NAMES)}-story"
        article.save()
        publish(article, by=None, revision=revise(article, by=None))

    def take_down(self) -> None:
        row = PublishedArticle.objects.order_by("slug").first()
        if row is None:
            return
        if self.lot.random() < 0.5:
            withdraw(row.article, by=None, reason="Wrong.")
        else:
            unpublish(row.article, by=None)

    def merge(self) -> None:
        topics = list(Topic.objects.order_by("pk"))
        merge(*self.lot.sample(topics, 2), by=None)
        find_or_make(f"{self.lot.choice(NAMES)} {self.lot.randrange(9)}")

    def delete(self) -> None:
        if self.lot.random() < 0.2:
            Page.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
            Page.objects.create(title=self.lot.choice(NAMES), slug=f"p{self.lot.randrange(10**9)}")


@pytest.mark.parametrize("seed", range(rounds(2, 60)))
def test_every_address_there_ever_was_takes_one_step_at_most(
    seed: int, live: Callable[..., PublishedArticle], client: Client
) -> None:
    storm = Storm(seed, live)
    seen: set[str] = set()
    for _act in range(ACTS):
        storm.act()
        seen |= set(Address.objects.values_list("path", flat=True))
    rows = PublishedArticle.objects.select_related("section")
    seen |= {row.get_absolute_url() for row in rows} | {f"/old/{name}/" for name in NAMES}
    wrong, moved = {}, 0
    for path in sorted(seen):
        response = client.get(path)
        if response.status_code == 301:
            moved += 1
            onward = response["Location"]
            response = client.get(onward)
            if response.status_code not in {200, 404, 410}:
                wrong[path] = (onward, response.status_code, response.get("Location"))
        elif response.status_code not in {200, 404, 410}:
            wrong[path] = (response.status_code,)
    assert wrong == {}
    assert moved > 10
    stored = dict(Address.objects.exclude(target="").values_list("path", "target"))
    assert {p: t for p, t in stored.items() if t in stored} == {}, "a redirect to a redirect"
