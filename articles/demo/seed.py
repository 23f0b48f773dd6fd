"""Sections, authors, columns, topics and articles of the demo newspaper."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from articles.demo.files import read_page, read_toml
from articles.demo.pictures import take_in
from articles.models import (
    Article,
    Author,
    AuthorLink,
    Byline,
    Column,
    ColumnAuthor,
    Section,
    Series,
    SeriesPart,
)
from articles.models.kinds import ChangeKind
from articles.publishing import publish
from articles.publishing.correct import correct
from articles.revisions import revise
from articles.topics import find, find_or_make, for_names, learn, put
from newsroom.accounts.models import User
from newsroom.lib.html import clean_html
from newsroom.media.models import Picture

Pictures = dict[str, Picture]


def seed(content: Path, drawn: dict[str, bytes], *, at: datetime) -> int:
    """Make what is missing, leave what is there; the number of articles made."""
    paper = read_toml(content / "paper.toml")
    pictures = take_in(content, drawn)
    for order, entry in enumerate(paper["section"], start=1):
        Section.objects.get_or_create(
            slug=entry["slug"],
            defaults={
                "name": entry["name"],
                "description": entry["description"],
                "order": order * 10,
                "on_front": entry["slug"] != "opinion",
            },
        )
    for entry in paper["author"]:
        _author(entry, pictures)
    for entry in paper["column"]:
        _column(entry, pictures)
    for entry in paper["topic"]:
        _topic(entry, pictures)
    files = {path.stem: read_page(path) for path in sorted((content / "articles").glob("*.html"))}
    made = _articles(files, pictures, at)
    for entry in paper["series"]:
        _series(entry, pictures)
    return made


def _author(entry: dict[str, Any], pictures: Pictures) -> None:
    author, made = Author.objects.get_or_create(
        slug=entry["slug"],
        defaults={
            "name": entry["name"],
            "role": entry["role"],
            "biography": entry["biography"],
            "email": entry.get("email", ""),
            "portrait": pictures.get(entry.get("portrait", "")),
        },
    )
    if made and "account" in entry:
        # Whoever logs in under this address begins a new article under this name.
        author.user = User.objects.filter(email=entry["account"]).first()
        author.save(update_fields=["user"])
    if made:
        AuthorLink.objects.bulk_create(
            AuthorLink(author=author, label=link["label"], url=link["url"], order=order)
            for order, link in enumerate(entry.get("links", []))
        )


def _column(entry: dict[str, Any], pictures: Pictures) -> None:
    column, made = Column.objects.get_or_create(
        slug=entry["slug"],
        defaults={
            "name": entry["name"],
            "description": entry["description"],
            "disclaimer": entry.get("disclaimer", ""),
            "portrait": pictures.get(entry.get("portrait", "")),
        },
    )
    if made:
        guests = entry.get("guests", [])
        for order, slug in enumerate([*entry["authors"], *guests]):
            ColumnAuthor.objects.create(
                column=column, author=Author.objects.get(slug=slug), order=order,
                is_guest=slug in guests,
            )  # fmt: skip


def _topic(entry: dict[str, Any], pictures: Pictures) -> None:
    """A broader topic stands before its narrower ones in the list."""
    topic = find_or_make(entry["name"])
    if not topic.description:
        topic.description = entry["description"]
        topic.picture = pictures.get(entry.get("picture", ""))
        topic.parent = find(entry["parent"]) if "parent" in entry else None
        topic.save()
    for alias in entry.get("aliases", []):
        learn(topic, alias)


def _series(entry: dict[str, Any], pictures: Pictures) -> None:
    series, made = Series.objects.get_or_create(
        slug=entry["slug"],
        defaults={
            **{name: entry[name] for name in ("name", "kind", "description")},
            "picture": pictures.get(entry.get("picture", "")),
        },
    )
    if made:
        there = dict(Article.objects.filter(slug__in=entry["parts"]).values_list("slug", "pk"))
        for order, slug in enumerate(entry["parts"], start=1):
            if slug in there:  # somebody may have renamed it
                SeriesPart.objects.create(series=series, article_id=there[slug], order=order)


def _articles(
    files: dict[str, tuple[dict[str, Any], str]], pictures: Pictures, at: datetime
) -> int:
    """Two rounds, because related boxes point at articles that may come later in the list."""
    made: dict[str, Article] = {}
    ids: dict[str, int] = {}
    for name, (head, _body) in files.items():
        there = Article.objects.filter(slug=name).first()
        if there is None:
            there = made[name] = _article(name, head, pictures)
        ids[name] = there.pk
    # Oldest first, so that ids and dates rise together as they do in a paper.
    for name in sorted(made, key=lambda name: -files[name][0]["hours_ago"]):
        head, body = files[name]
        article = made[name]
        article.body = clean_html(_placed(body, pictures, ids))
        article.related = [ids[other] for other in head.get("related", [])]
        article.save()
        revision = revise(article, by=None, at=at)
        publish(article, by=None, revision=revision, at=at - timedelta(hours=head["hours_ago"]))
        if hours := head.get("updated_hours_ago"):
            publish(article, by=None, change=ChangeKind.UPDATE, at=at - timedelta(hours=hours))
        if text := head.get("correction"):
            told = at - timedelta(hours=head["corrected_hours_ago"])
            correct(article, by=None, text=text, at=told)
    return len(made)


def _article(name: str, head: dict[str, Any], pictures: Pictures) -> Article:
    sections = {section.slug: section for section in Section.objects.all()}
    column = head.get("column")
    article = Article.objects.create(
        slug=name,
        headline=head["headline"],
        kicker=head.get("kicker", ""),
        standfirst=head.get("standfirst", ""),
        dateline=head.get("dateline", ""),
        kind=head["kind"],
        section=sections[head["section"]],
        column=Column.objects.get(slug=column) if column else None,
        language=head.get("language", ""),
        lead_picture=pictures.get(head.get("picture", "")),
        seo_title=head.get("seo_title", ""),
        share_title=head.get("share_title", ""),
    )
    article.further_sections.set(sections[slug] for slug in head.get("further_sections", []))
    Byline.objects.bulk_create(
        Byline(
            article=article,
            author=Author.objects.get(slug=line["author"]) if "author" in line else None,
            text=line.get("text", ""),
            role=line.get("role", ""),
            order=order,
        )
        for order, line in enumerate(head["byline"])
    )
    put(article, for_names(head["topics"]))
    return article


def _placed(body: str, pictures: Pictures, ids: dict[str, int]) -> str:
    """Names in placeholders become ids; a placeholder of nothing goes."""
    body = re.sub(
        r'data-picture="([^"]+)"',
        lambda m: f'data-picture="{pictures[m[1]].pk}"' if m[1] in pictures else "",
        body,
    )
    return re.sub(
        r'data-article="([^"]+)"',
        lambda m: f'data-article="{ids[m[1]]}"' if m[1] in ids else "",
        body,
    )
