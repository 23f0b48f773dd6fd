"""Who writes the made-up archive, and what its stories are about: few names often, many seldom."""

import random
from dataclasses import dataclass

from articles.demo.archive.words import OFTEN, vocabulary, zipf
from articles.models import Author, Column, Section, Topic
from newsroom.addresses.book import ending_of
from newsroom.addresses.models import Address
from newsroom.lib.latin import sounds
from newsroom.lib.text import fold
from newsroom.media.models import Picture

AUTHORS, SECTIONS, MOST_TOPICS = 200, 8, 20_000
# Of authors and topics that are made here; what is already there keeps its own.
PREFIX = "archive-"


@dataclass
class Cast:
    """What articles may name, with the weights by which it is drawn."""

    sections: list[Section]
    authors: list[Author]
    topics: list[int]
    columns: list[int]
    pictures: list[int]

    def __post_init__(self) -> None:
        self.author_weights = zipf(len(self.authors))
        self.topic_weights = zipf(len(self.topics))
        self.section_weights = zipf(len(self.sections))


def cast_for(articles: int) -> Cast:
    """The paper's sections, columns and pictures, and authors and topics made for the archive."""
    if not Section.objects.exists():
        for number in range(1, SECTIONS + 1):
            Section.objects.create(name=f"Section {number}", slug=f"section-{number}")
    return Cast(
        sections=list(Section.objects.order_by("pk")),
        authors=_authors(),
        topics=_topics(min(MOST_TOPICS, max(50, articles // 50))),
        columns=list(Column.objects.order_by("pk").values_list("pk", flat=True)),
        pictures=list(Picture.objects.order_by("pk").values_list("pk", flat=True)),
    )


def _authors() -> list[Author]:
    names = vocabulary()[OFTEN:]
    made = [
        Author(
            name=f"{names[number].capitalize()} {names[number + AUTHORS].capitalize()}",
            slug=f"{PREFIX}{number}",
        )
        for number in range(AUTHORS)
    ]
    there = set(Author.objects.values_list("slug", flat=True))
    Author.objects.bulk_create(author for author in made if author.slug not in there)
    found = Author.objects.filter(slug__startswith=PREFIX).order_by("pk")
    _give_addresses("author", [(a.pk, a.get_absolute_url(), a.name) for a in found], public=True)
    return list(found)


def _topics(count: int) -> list[int]:
    """Two-word names; each with a number, so that no two fold to one."""
    lot, names = random.Random("topics"), vocabulary()[OFTEN:]  # noqa: S311  (no secret)
    made = []
    for number in range(count):
        name = f"{lot.choice(names)} {lot.choice(names)} {number}".capitalize()
        slug = f"{PREFIX}{name.lower().replace(' ', '-')}"
        made.append(Topic(name=name, slug=slug, folded=fold(name), sounds=sounds(name)))
    there = set(Topic.objects.values_list("slug", flat=True))
    Topic.objects.bulk_create((t for t in made if t.slug not in there), batch_size=1000)
    wanted = {topic.slug for topic in made}
    found = [t for t in Topic.objects.filter(slug__startswith=PREFIX).order_by("pk")
             if t.slug in wanted]  # fmt: skip
    # Linked to from their first live article on (`rows.write`).
    _give_addresses("topic", [(t.pk, t.get_absolute_url(), t.name) for t in found], public=False)
    return [topic.pk for topic in found]


def _give_addresses(kind: str, of: list[tuple[int, str, str]], *, public: bool) -> None:
    there = set(Address.objects.filter(kind=kind).values_list("object_id", flat=True))
    Address.objects.bulk_create(
        [
            Address(
                path=path, kind=kind, object_id=pk, is_current=True, is_public=public, label=name,
                ending=ending_of(path),
            )
            for pk, path, name in of
            if pk not in there
        ],
        batch_size=1000,
    )  # fmt: skip
