"""The questions asked of an article before it goes live; how strict they are is in `checks`."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.kinds import Kind, State
from articles.publishing.own_links import dead_links
from articles.publishing.twins import twins_of
from newsroom.lib.html import plain_text
from newsroom.lib.text import excerpt, tidy
from newsroom.media.models import Picture
from newsroom.pages.body import pictures_in

# Characters that still fit where a text stands besides the article's own page.
PLACES: Mapping[str, int] = {
    "headline": 90, "standfirst": 220, "kicker": 30, "seo_title": 70, "share_title": 90,
}  # fmt: skip

# What nobody writes for readers: "TKTK" and its like, dummy text, a row of capital X or of question
# marks. "TK" alone is the name of companies, and "XXX" a number.
_PLACEHOLDER = re.compile(
    r"\b(?:TK){2,}\b|\bTK TK\b|[\[(]TK[\])]|\bX{4,}\b|\?{4,}|\b[Ll]orem [Ii]psum\b|\bLOREM IPSUM\b"
)
READ = ("headline", "standfirst", "body", "kicker", "lead_caption", "dateline",
        "seo_title", "seo_description", "share_title", "share_text")  # fmt: skip

Said = Iterator[tuple[str, str]]


class Subject:
    """A snapshot under examination; what several rules need is read once."""

    def __init__(self, taken: Mapping[str, Any]) -> None:
        self.taken = taken

    @cached_property
    def body(self) -> str:
        return str(self.taken.get("body") or "")

    @cached_property
    def words(self) -> str:
        return plain_text(self.body)

    @cached_property
    def pictures(self) -> list[tuple[str, Picture]]:
        """Each picture once, with the field it stands in; one query."""
        places = dict.fromkeys(pictures_in(self.body), "body")
        if lead := self.taken.get("lead_picture_id"):
            places[lead] = "lead_picture"
        found = Picture.objects.in_bulk(list(places)) if places else {}
        return [(field, found[pk]) for pk, field in places.items() if pk in found]


Rule = Callable[[Subject], Said]


def headline(subject: Subject) -> Said:
    if not tidy(subject.taken.get("headline") or ""):
        yield "headline", _("An article needs a headline before it is published.")


def section(subject: Subject) -> Said:
    if "section_id" in subject.taken and subject.taken["section_id"] is None:
        yield "section", _("Choose a section: the article's address begins with it.")


def text(subject: Subject) -> Said:
    # A photo story may have no word of its own.
    if not subject.words.strip() and not pictures_in(subject.body):
        yield "body", _("There is no text yet.")


def placeholder(subject: Subject) -> Said:
    for field in READ:
        written = subject.words if field == "body" else str(subject.taken.get(field) or "")
        if match := _PLACEHOLDER.search(written):
            yield field, _("Placeholder text is left: “%s”.") % excerpt(match[0], 20)


def byline(subject: Subject) -> Said:
    lines = subject.taken.get("bylines")
    if subject.taken.get("kind") == Kind.EDITORIAL:
        return  # the paper's own: it carries the paper's name
    if lines is not None and not any(line["author_id"] or tidy(line["text"]) for line in lines):
        yield "bylines", _("There is no byline.")


def alt_text(subject: Subject) -> Said:
    for field, picture in subject.pictures:
        if not tidy(picture.alt_text):
            yield (
                field,
                _("“%s” has no alternative text for readers who cannot see it.") % picture,
            )


def credit(subject: Subject) -> Said:
    for field, picture in subject.pictures:
        if not tidy(picture.credit):
            yield field, _("“%s” names neither photographer nor agency.") % picture


def length(subject: Subject) -> Said:
    for field, most in PLACES.items():
        count = len(tidy(str(subject.taken.get(field) or "")))
        if count > most:
            yield (
                field,
                _("%(count)d characters; beyond %(most)d it is cut or crowds its neighbours.")
                % {"count": count, "most": most},
            )


def twins(subject: Subject) -> Said:
    for topic, other in twins_of(list(subject.taken.get("topics") or [])[:20]):
        yield (
            "tags",
            _("“%(tag)s” is nearly the tag “%(other)s”: perhaps one is meant.")
            % {"tag": topic.name, "other": other.name},
        )


def links(subject: Subject) -> Said:
    paths, boxes = dead_links(subject.body)
    for path in paths:
        yield "body", _("The link to %s leads nowhere.") % excerpt(path, 80)
    for pk in boxes:
        yield "body", _("The box of article %d stays empty: it is not live.") % pk


def related(subject: Subject) -> Said:
    """Stories that come are welcome among the related; one that was taken back shows nothing."""
    ids = subject.taken.get("related") or []
    found = Article.objects.only("headline", "state", "binned_at").in_bulk(ids) if ids else {}
    for pk in ids:
        article = found.get(pk)
        if article is None:
            yield "related", _("The related story number %d is no longer there.") % pk
        elif article.is_binned or article.state == State.WITHDRAWN:
            yield (
                "related",
                _("“%s” is no longer published: readers do not see it among the related.")
                % excerpt(tidy(article.headline), 60),
            )
