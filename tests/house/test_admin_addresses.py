"""Every address of the admin beside the stock pages, for every role, on what is somebody else's.

The addresses are walked from the URL conf: one that is added later fails until it stands here.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, product
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from articles.breaking.models import BreakingItem
from articles.fronts.finding import front_of
from articles.fronts.models import Arrangement, Front, Record
from articles.live.closing import coverage_of
from articles.live.models import Coverage, LivePost
from articles.live.posting import post
from articles.live.words import Words
from articles.models import (
    Article,
    Autosave,
    Change,
    History,
    NotTwins,
    Presence,
    PreviewLink,
    PublishedArticle,
    Revision,
    Section,
    Topic,
)
from articles.popularity.models import Exclusion
from articles.publishing import publish, withdraw
from articles.publishing.bin import bin_article
from articles.publishing.workflow import Workflow, move
from articles.reports.models import ErrorReport
from articles.revisions import revise
from articles.topics import for_names
from articles.topics.merging import merge as merge_topics
from articles.topics.twins import say_no_twins
from newsletter.models import Newsletter, Subscriber
from newsroom.accounts import roles
from newsroom.accounts.models import User
from newsroom.cache.models import Purge
from newsroom.cache.proof.token import token as proof_token
from tests.conftest import cases, person
from tests.house.test_rights import PEOPLE, browser

STOCK = re.compile(r"_(changelist|add|change|history|delete)$")  # in tests/house/test_rights.py
# The admin's own, without an object; `logout` and the like ask nobody's permission.
OWN = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete",
       "jsi18n", "view_on_site", "app_list"}  # fmt: skip
# Who may at least read there, with an article of a section that is not theirs and that they have
# no part in. C: the chief, E: a section editor, R: a reporter, N: newsletters, S: service.
READ, CHIEF = "CER", "C"
MAY = {
    **dict.fromkeys(
        ("release", "unschedule", "expiry", "correct", "unpublish", "withdraw", "restore",
         "restore_revision", "presence", "make_link", "revoke_link", "stage", "bin", "unbin",
         "undo"), CHIEF,
    ),
    **dict.fromkeys(
        ("acts", "revisions", "compare", "preview", "preview_frame", "preview_share_card"), READ
    ),
    **dict.fromkeys(("pictures",), "CERN"),
    "join": "CE",  # a change of the series, which every editor may make
    "find": READ,
    **dict.fromkeys(("headlines", "day", "autosave"), READ),  # no object: own work alone
}  # fmt: skip
ALLOWED = {
    **{f"articles_article_{name}": letters for name, letters in MAY.items()},
    "articles_topic_suggest": "CERN",
    **dict.fromkeys(
        (
            f"articles_topic_{name}"
            for name in ("twins", "apart", "revoke_apart", "merge", "split", "merges", "undo_merge")
        ),
        "CE",
    ),
    "breaking_breakingitem_end": "CE",
    "breaking_breakingitem_again": "CE",
    "breaking_breakingitem_from_article": CHIEF,
    "popularity_exclusion_numbers": "CE",
    "popularity_exclusion_lift": CHIEF,
    **{f"live_coverage_{name}": CHIEF for name in ("of", "desk", "state", "post", "act")},
    "live_coverage_pictures": READ,  # the library's, no object
    **{f"fronts_front_{name}": READ for name in ("past", "past_frame", "changes", "compare")},
    **{f"fronts_front_{name}": READ for name in ("preview", "preview_frame", "stories")},
    "fronts_front_standings": READ,
    "fronts_front_presence": CHIEF,
    "fronts_front_restore": CHIEF,
    "media_picture_several": "CER",
    "addresses_address_import": CHIEF,
    "addresses_address_export": CHIEF,
    "reports_errorreport_close": "CES",
    "reports_errorreport_reopen": "CES",
    "newsletter_newsletter_export": "CN",
    "newsletter_subscriber_receipt": "CNS",
    **dict.fromkeys(("proof", "proof_line"), ""),  # for who did the act alone
}
# Where who may look may also act.
THEIRS = ("reports", "newsletter", "breaking", "articles_topic")
REFUSED = {302, 400, 403, 404, 405}
STATES = ("draft", "live", "withdrawn", "binned")


def patterns(found: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, pattern


def extra() -> dict[str, URLPattern]:
    """Those this file is about, by name."""
    named = dict(patterns(admin.site.get_urls()))
    return {n: p for n, p in named.items() if not STOCK.search(n) and n not in OWN}


@pytest.mark.django_db
def test_every_address_of_the_admin_stands_in_the_table() -> None:
    assert {*extra()} == {*ALLOWED}, "say in ALLOWED who may open the new address"


@pytest.fixture
def things(db: None) -> dict[str, Any]:
    """What the addresses are about; none of it is anybody's who asks."""
    owner = person(roles.CHIEF, "Owner Somebody")
    section = Section.objects.create(name="City", slug="city")
    section.editors.add(owner)
    article = Article.objects.create(headline="Foreign", body="<p>Text</p>", section=section)
    revision = revise(article, by=owner)
    batch, now = uuid4(), timezone.now()
    move(article, by=owner, to=Workflow.IN_EDIT, batch=batch)
    link = PreviewLink.objects.create(
        article=article, revision=revision, by=owner, at=now,
        expires_at=now + timedelta(days=2),
    )  # fmt: skip
    report = ErrorReport.objects.create(article=article, revision=revision, text="Six trams.")
    line = BreakingItem.objects.create(
        text="Foreign", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    kept_out = Exclusion.objects.create(article=article, reason="A campaign", at=now)
    said = post(coverage_of(article), by=owner, words=Words(text="Foreign"))
    front = front_of("section", section)
    arrangement = Arrangement.objects.create(front=front, number=1, content={}, made_at=now)
    record = Record.objects.create(front=front, at=now, shown={"blocks": []})
    letter = Newsletter.objects.create(name="Morning", slug="morning")
    reader = Subscriber.objects.create(
        email="r@post.example", folded="r@post.example", created_at=now
    )
    topics = for_names(["Rail", "Rails", "Trams"])
    done = merge_topics(topics[0], topics[1], by=owner)
    apart = say_no_twins(topics[1], topics[2], by=owner)
    entry = Purge.objects.latest("pk").pk
    return {"article_id": article.pk, "number": 1, "topic_id": topics[1].pk,
            "merge_id": done.pk, "pair_id": apart.pk, "link_id": link.pk, "what": "page",
            "batch": batch, "report_id": report.pk, "front_id": front.pk, "record_id": record.pk,
            "arrangement_id": arrangement.pk, "item_id": line.pk,
            "exclusion_id": kept_out.pk, "coverage_id": said.coverage_id, "post_id": said.pk,
            "newsletter_newsletter_export": letter.pk, "key": proof_token(owner, entry, entry),
            "newsletter_subscriber_receipt": reader.pk}  # fmt: skip


def address(name: str, pattern: URLPattern, things: dict[str, Any]) -> str:
    keys = {key: things[name] if key == "pk" else things[key] for key in pattern.pattern.converters}
    return reverse(f"admin:{name}", kwargs=keys)


def standing() -> list[Any]:
    """Everything a hand-made request could change."""
    counted = (Revision, History, Change, Presence, Autosave, PublishedArticle, PreviewLink)
    return [
        *Article.objects.order_by("pk").values(),
        [model._default_manager.count() for model in counted],
        *PreviewLink.objects.values(),
        *ErrorReport.objects.values(),
        *BreakingItem.objects.order_by("pk").values(),
        *Topic.objects.order_by("pk").values(),
        NotTwins.objects.count(),
        *Front.objects.values(),
        *Arrangement.objects.values(),
        *Record.objects.values(),
        *Exclusion.objects.values(),
        *Coverage.objects.values(),
        *LivePost.objects.values(),
        *User.objects.order_by("pk").values_list("email", "is_staff", "is_superuser", "groups"),
    ]


def bring(state: str) -> None:
    article = Article.objects.get()
    if state in {"live", "withdrawn"}:
        publish(article, by=None)
    if state == "withdrawn":
        withdraw(article, by=None, reason="A mistake")
    if state == "binned":
        bin_article(article, by=None)


OTHERS = [letter for letter in PEOPLE if letter != "C"]
EACH_ONCE = list(zip(OTHERS, cycle(STATES), strict=False))


@pytest.mark.parametrize(
    ("letter", "state"),
    cases(*EACH_ONCE, drill=[each for each in product(OTHERS, STATES) if each not in EACH_ONCE]),
)
def test_nobody_opens_or_changes_at_any_address_what_is_not_theirs(
    letter: str, state: str, things: dict[str, Any]
) -> None:
    bring(state)
    client = browser(letter)
    before, wrong = standing(), []
    for name, pattern in extra().items():
        url, may = address(name, pattern, things), letter in ALLOWED[name]
        for method in ("get", "post"):
            if method == "post" and may and name.startswith(THEIRS):
                continue  # theirs to act on
            if method == "post" and ("export" in name or (may and "autosave" in name)):
                continue
            code = getattr(client, method)(url).status_code
            if code not in ({*REFUSED, 200} if may else REFUSED):
                wrong.append((name, method, code))
    assert wrong == []
    assert standing() == before


@pytest.mark.parametrize("state", cases("live", "binned", drill=["draft", "withdrawn"]))
def test_no_address_breaks_for_who_may(state: str, things: dict[str, Any]) -> None:
    bring(state)
    client = browser("C")
    broken = []
    for name, pattern in extra().items():
        for data in ({}, {"to": "\x00", "note": "\x00" * 9, "on": "\x00", "number": "9" * 40}):
            for method in ("get", "post"):
                response = getattr(client, method)(address(name, pattern, things), data)
                if response.status_code >= 500:
                    broken.append((name, method, response.status_code))
    assert broken == []


@pytest.mark.parametrize("role", roles.ROLES)
def test_what_is_not_there_is_not_found(role: str, things: dict[str, Any]) -> None:
    client = Client()
    client.force_login(person(role, "Asking Somebody"))
    gone = {**things, "article_id": 10**12, "report_id": 10**12, "link_id": 10**12,
            "number": 10**9, "batch": uuid4(), "front_id": 10**12, "record_id": 10**12}  # fmt: skip
    found = {}
    for name, pattern in extra().items():
        if {*pattern.pattern.converters} & {"article_id", "report_id", "batch", "front_id"}:
            code = client.get(address(name, pattern, gone)).status_code
            if code not in {403, 404, 405}:
                found[name] = code
    assert found == {}
