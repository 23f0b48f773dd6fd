"""What the paper says of itself to machines is all that they document, and what readers see."""

from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

import articles.live.demo
from articles.models import Author, Column, PublishedArticle, Section, Series, Topic
from articles.publishing.correct import correct
from newsroom.media import renditions
from newsroom.media.models import Picture
from newsroom.pages.models import Page, ServiceDesk, SiteSettings
from tests.demo_paper import CONTENT
from tests.house.documented import (
    ADDRESSES,
    KINDS,
    MOMENTS,
    RECOMMENDED,
    REQUIRED,
)
from tests.pages.heads import data, meta

PROFILE = "https://encyclopedia.example/courier"


@pytest.fixture
def whole_paper(paper: None) -> None:
    """The demo paper with everything filled in that staff can fill in."""
    for picture in Picture.objects.all():
        picture.photographer, picture.agency = "Inga Sorvald", "Courier Pictures"
        picture.save()
        renditions.develop(picture)
    identity = SiteSettings.objects.get()
    identity.logo, identity.profiles = picture, PROFILE
    for number, policy in enumerate(SiteSettings.PROPERTIES):
        page = Page.objects.create(title=f"Policy {number}", slug=f"policy-{policy}")
        setattr(identity, policy, page)
    identity.save()
    ServiceDesk.objects.update(address="12 Quay Street\nHalimar")
    Author.objects.filter(is_institution=False).update(portrait=picture)
    articles.live.demo.seed(CONTENT, at=timezone.now())
    for row in PublishedArticle.objects.all()[:2]:
        correct(row.article, by=None, text=f"A wrong number in {row.pk}.")


def addresses() -> Iterator[str]:
    yield from ("/", "/opinion/", "/contact/", "/staff/", "/corrections/", "/about-us/")
    for row in PublishedArticle.objects.select_related("section"):
        yield row.get_absolute_url()
    for model in (Section, Author, Column, Series):
        yield from (each.get_absolute_url() for each in model._default_manager.all())
    named = Topic.objects.filter(published_places__isnull=False).distinct()[:6]
    yield from (topic.get_absolute_url() for topic in named)


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Everything that has a type, wherever it stands."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things(inner)


def lacking(thing: dict[str, Any]) -> list[str]:
    """What of the documented properties is not there, or not as documented."""
    kind = KINDS.get(thing["@type"], thing["@type"])
    wanted = [*REQUIRED[kind], *RECOMMENDED.get(kind, [])]
    found = [f"{kind} lacks {name}" for name in wanted if thing.get(name) in (None, "", [], {})]
    for name, value in thing.items():
        if value in (None, "", [], {}):
            found.append(f"{kind} has an empty {name}")
        for one in value if isinstance(value, list) else [value]:
            if name in ADDRESSES and not str(one).startswith(f"{settings.SITE_URL}/"):
                found.append(f"{kind}.{name} is no address of ours: {one}")
        if name in MOMENTS and datetime.fromisoformat(value).tzinfo is None:
            found.append(f"{kind}.{name} has no zone: {value}")
    if kind == "BreadcrumbList":
        steps = thing["itemListElement"]
        if [step["position"] for step in steps] != [*range(1, len(steps) + 1)] or len(steps) < 2:
            found.append("the steps of a trail count from one, and are two at least")
        if not all("item" in step and "name" in step for step in steps[:-1]):
            found.append("each step but the last leads somewhere")
    return found


class Seen(HTMLParser):
    """The words of the parts of a page, by the class of the element that holds them."""

    WANTED = {"article__headline", "byline__names", "byline__times", "breadcrumb__list",
              "note__text", "byline__role"}  # fmt: skip

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.words: dict[str, list[str]] = {}
        self.times: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside = {name for _tag, name in self._open}
        if tag == "time" and "byline__times" in inside:
            self.times.append(given["datetime"] or "")
        name = next(iter(self.WANTED & {*(given.get("class") or "").split()}), "")
        if name and "byline__role" not in inside:
            self.words.setdefault(name, []).append("")
        if tag not in {"img", "br", "meta", "link", "input", "source", "hr"}:
            self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        inside = [name for _tag, name in self._open if name]
        if inside and "byline__role" not in inside[:-1]:
            self.words[inside[-1]][-1] += text


def tidy(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def differences(response: HttpResponse, found: list[dict[str, Any]]) -> list[str]:
    """What an article's page says otherwise to readers than to machines."""
    seen, told = Seen(response), meta(response)
    story = next(thing for thing in found if "headline" in thing)
    trail = next(thing for thing in found if thing["@type"] == "BreadcrumbList")
    names = [step["name"] for step in trail["itemListElement"]]
    authors = [author["name"] for author in story["author"]]
    bylines = tidy("".join(seen.words.get("byline__names", [])))
    moments = [datetime.fromisoformat(each) for each in seen.times]
    pairs = {
        "headline": (story["headline"], tidy(seen.words["article__headline"][0])),
        "url": (story["url"], told["canonical"]),
        "og:url": (told["og:url"], told["canonical"]),
        "description": (story["description"], told["description"]),
        "published": (datetime.fromisoformat(story["datePublished"]).replace(microsecond=0),
                      moments[0]),
        "article:published_time": (datetime.fromisoformat(told["article:published_time"]),
                                   moments[0]),
        "authors": ([name for name in authors if name not in bylines], []),
        "trail": (squeezed("".join(names[:-1])), squeezed(seen.words["breadcrumb__list"][0])),
        "end of the trail": (names[-1], story["headline"]),
        "section": (story["articleSection"], told["article:section"]),
    }  # fmt: skip
    if story["@type"] != "LiveBlogPosting":
        pairs["modified"] = (datetime.fromisoformat(story["dateModified"]), moments[-1])
    for correction in story.get("correction", []):
        shown = any(correction["text"] in words for words in seen.words.get("note__text", []))
        pairs[f"correction {correction['text']}"] = (shown, True)
    return [f"{name}: {one!r} is not {two!r}" for name, (one, two) in pairs.items() if one != two]


def unshared(told: dict[str, str]) -> list[str]:
    """What networks and messengers are not told of a page."""
    wanted = ("og:site_name", "og:type", "og:locale", "og:title", "og:description", "og:url",
              "og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt",
              "twitter:card", "twitter:title", "twitter:description", "twitter:image",
              "twitter:image:alt")  # fmt: skip
    found = [f"no {name}" for name in wanted if not told.get(name)]
    if told.get("og:url") != told.get("canonical"):
        found.append(f"og:url is {told.get('og:url')}")
    if told.get("og:title", "").endswith("| The Halimar Courier"):
        found.append("the paper's name stands in the title")
    if not told.get("og:image", "").startswith(f"{settings.SITE_URL}/"):
        found.append("the picture is not ours")
    return found


@pytest.mark.usefixtures("whole_paper")
def test_every_page_says_all_that_is_documented_and_what_readers_see(client: Client) -> None:
    wrong: dict[str, list[str]] = {}
    pictures: set[str] = set()
    kinds: set[str] = set()
    named: set[str] = set()
    for address in addresses():
        response = client.get(address)
        found = data(response)
        every = [*things(found)]
        kinds |= {thing["@type"] for thing in every}
        faults = [fault for thing in every for fault in lacking(thing)]
        if any("headline" in thing for thing in found):
            faults += differences(response, found)
        if not any(thing["@type"] == "BreadcrumbList" for thing in found) and address != "/":
            faults.append("no trail")
        told = meta(response)
        faults += unshared(told)
        pictures.add(told["og:image"])
        if faults:
            wrong[address] = faults
        for thing in every:
            named |= {str(thing[key]).partition("#")[0] for key in ADDRESSES & thing.keys()}
    assert wrong == {}
    assert kinds >= {"NewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting",
                     "BlogPosting", "ProfilePage", "Person", "Organization", "WebSite",
                     "CorrectionComment", "CollectionPage", "ContactPoint", "ImageObject",
                     "CreativeWorkSeries", "PostalAddress"}  # fmt: skip
    for address in ("/newsletter/", "/most-read/", "/breaking/", "/ticker/", "/contact/sent/"):
        assert unshared(meta(client.get(address))) == [], address
    dead = {}
    for address in (*named, *sorted(pictures)[:3]):
        path = address.removeprefix(settings.SITE_URL)
        if "{" in path:  # what a reader types stands in its place
            continue
        response = client.get(path, follow=True)  # a live post leads to its place
        if response.status_code != 200:
            dead[path] = response.status_code
        b"".join(response)  # an open file warns
    assert dead == {}
    assert len(named) > 100
