"""From published rows to entries: one query for a list, one more for the pictures in its texts."""

from typing import Any

from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from articles.feeds.document import ITEMS, Entry, Image, Person, address_of
from articles.feeds.text import any_text, extract, pictures_of, whole_text
from articles.models import Change, PublishedByline, PublishedTopic
from articles.models.kinds import Kind
from articles.querysets import PublishedQuerySet
from newsroom.cache.tags import seen
from newsroom.lib.gathered import Gathered
from newsroom.pages.identity import identity


def of_stories(listed: PublishedQuerySet, *, own_column: bool = False) -> tuple[Entry, ...]:
    """The newest of a list. In a column's own feed its name does not lead the headlines."""
    stories = list(_with_names(listed)[:ITEMS])
    pictures = pictures_of(stories)
    for each in stories:  # of these the names alone were read
        seen(*(f"topic:{one['pk']}" for one in each.topics))
        seen(*(f"author:{one['pk']}" for one in each.names if one["pk"]))
    return tuple(
        Entry(
            key=f"article-{each.pk}",
            title=each.headline if own_column else each.card_headline,
            url=address_of(each.get_absolute_url()),
            published=each.published_at,
            updated=each.updated_at or each.published_at,
            summary=extract(each),
            html=whole_text(each, pictures, each.standing_corrections),
            authors=_authors(each),
            categories=_categories(each),
            language="" if each.language == identity().language else each.language,
            image=Image.of(each.lead_picture) if each.lead_picture else None,
        )
        for each in stories
    )


def _with_names(listed: PublishedQuerySet) -> Any:
    """With what cards do not show: the tags, and each author by name and page."""
    own = {"article": OuterRef("pk")}
    topics = PublishedTopic.objects.filter(**own)
    names = PublishedByline.objects.filter(**own)
    standing = Change.objects.filter(article=OuterRef("pk")).corrections()
    gathered = {
        "topics": Gathered(topics.values(row=JSONObject(pk="topic_id", name="topic__name"))),
        "names": Gathered(
            names.values(
                row=JSONObject(
                    pk="author_id",
                    name="author__name",
                    slug="author__slug",
                    text="text",
                    role="role",
                )
            )
        ),
        "standing_corrections": Gathered(standing.values(row=JSONObject(text="text"))),
    }
    rows = listed.select_related("section", "column", "lead_picture").annotate(**gathered)
    return rows.defer("text", *([] if any_text() else ["body"]))


def _authors(story: Any) -> tuple[Person, ...]:
    """The writers, other roles only if alone; an editorial that names nobody is the paper's own."""
    people = tuple(
        Person(each["name"], address_of(reverse("author", args=[each["slug"]])))
        if each["name"]
        else Person(each["text"])
        for each in [one for one in story.names if not one["role"]] or story.names
    )
    return people or ((Person(story.byline_line),) if story.byline_line else ())


def _categories(story: Any) -> tuple[str, ...]:
    """The section, what is no plain news (opinion, live coverage), the topics."""
    kind = [] if story.kind == Kind.NEWS else [str(Kind(story.kind).label)]
    return tuple(dict.fromkeys([story.section.name, *kind, *(t["name"] for t in story.topics)]))
