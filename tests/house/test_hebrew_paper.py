"""A paper whose staff write Hebrew: not one word of another language reaches its readers."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.models import Article, Author, Byline, Column, Section
from articles.publishing import publish
from articles.publishing.withdraw import withdraw
from articles.revisions import revise
from articles.topics import for_names, put
from newsletter.models import Newsletter
from newsroom.pages.founding import found
from newsroom.pages.models import (
    Page,
    ServiceDesk,
    ServiceException,
    ServiceHours,
    ServiceNumber,
    StaffDesk,
    StaffMember,
    TermsVersion,
)

# Latin in every language; places of time zones are called what the zone database calls them.
LATIN = re.compile(r"\S+@\S+|https?://\S+|RSS|Jerusalem")
SAID = {"alt", "title", "placeholder", "aria-label"}
LETTER = {"newsletter": "boker", "form": "page", "language": "he"}
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


class Words(HTMLParser):
    """What a page says, to eyes and to ears."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.root: dict[str, str | None] = {}
        self.skipped = False
        self.feed(html.replace("<wbr>", ""))  # a word may break there, and is one

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped = tag in {"script", "style"}
        if tag == "html":
            self.root = dict(attrs)
        described = ("name", "description") in attrs
        self.said += [v for k, v in attrs if v and (k in SAID or (described and k == "content"))]

    def handle_endtag(self, tag: str) -> None:
        self.skipped = False

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.said.append(data)


def strangers(said: list[str]) -> list[str]:
    return [words for words in said if re.search(r"[A-Za-z]", LATIN.sub("", words))]


@pytest.fixture
def hebrew(db: None) -> Newsletter:
    """Something of everything that has an address, all in Hebrew."""
    at = timezone.now()
    found(name="הבוקר", language="he", time_zone="Asia/Jerusalem", tagline="עיתון")
    section = Section.objects.create(name="עיר", slug="city")
    columnist = Author.objects.create(name="נועה לוי", slug="noa", email="noa@paper.test")
    column = Column.objects.create(name="מהצד", slug="aside")
    column.columnists.add(columnist)
    for kind in ("news", "analysis", "interview", "editorial", "opinion", "opinion", "news"):
        article = Article.objects.create(
            headline="הגשר", standfirst="נפתח", body="<p>טקסט</p>" * 60, section=section,
            kind=kind, column=column if kind == "opinion" else None, slug="bridge",
        )  # fmt: skip
        Byline.objects.create(article=article, author=columnist)
        put(article, for_names(["גשרים"]))
        publish(article, by=None, revision=revise(article, by=None), at=at - timedelta(days=2))
        publish(article, by=None, revision=revise(article, by=None))
    withdraw(article, by=None, reason="טעות")
    desk = ServiceDesk.objects.create(name="שירות", slug="service", email="to@paper.test")
    ServiceNumber.objects.create(desk=desk, number="+972 2 000", extension="2")
    for day in range(4):
        ServiceHours.objects.create(desk=desk, weekday=day, opens=time(7), closes=time(14))
    ServiceException.objects.create(desk=desk, date=at.date() + timedelta(days=9), name="חג")
    staff = StaffDesk.objects.create(name="חדשות")
    StaffMember.objects.create(desk=staff, name="דן", email="dan@paper.test")
    Page.objects.create(title="תנאים", slug="terms", body="<p>טקסט</p>", shows_terms=True)
    for days in (-9, -1):
        TermsVersion.objects.create(
            title="תנאים", body="<p>טקסט</p>", effective_at=at + timedelta(days=days)
        )
    return Newsletter.objects.create(
        name="מכתב", slug="boker", language="he", statement="ההרשמה היא קבלת {terms}.",
        is_default=True,
    )  # fmt: skip


# {0}: the id of the first article made, as the database numbered it.
PAGES = (
    "/", "/city/", "/city/bridge-{0}/", "/city/bridge-{3}/", "/city/bridge-{5}/", "/opinion/",
    "/opinion/aside/", "/author/noa/", "/topic/גשרים/", "/contact/", "/contact/sent/", "/staff/",
    "/terms/", "/terms/version/1/", "/newsletter/", "/newsletter/check-mail/",
    "/newsletter/confirm/forged/", "/newsletter/unsubscribe/forged/", "/nowhere/",
    "/city/bridge-{6}/",
)  # fmt: skip


def test_every_page_is_hebrew_from_right_to_left(hebrew: Newsletter) -> None:
    ids = Article.objects.order_by("pk").values_list("pk", flat=True)
    codes = {"/nowhere/": 404, "/city/bridge-{6}/": 410}
    foreign = {}
    for address in PAGES:
        response = Client().get(address.format(*ids))
        assert response.status_code == codes.get(address, 200), address
        page = Words(response.content.decode())
        assert (page.root.get("lang"), page.root.get("dir")) == ("he", "rtl"), address
        assert len(page.said) > 10, address
        if words := strangers(page.said):
            foreign[address] = words
    assert foreign == {}


def test_the_complaints_of_the_forms_are_hebrew(hebrew: Newsletter) -> None:
    answers = [
        Client().post("/contact/", {"desk": "service", "email": "ש"}, **OWN),
        Client().post("/contact/", {"desk": "אין", "name": "ש" * 200, "email": "a@b.test",
                                    "subject": "ש" * 200, "body": " "}, **OWN),
        Client().post("/contact/", {"desk": "service", "email": "a@b.test", "subject": "ש",
                                    "body": "ש"}),
        *(Client().post("/newsletter/", {**LETTER, "email": email}, **OWN)
          for email in ("", "ש", "a@b", "@post.test", "ש" * 400 + "@post.test")),
    ]  # fmt: skip
    for answer in answers:
        assert answer.status_code in {200, 422}
        assert strangers(Words(answer.content.decode()).said) == []


def test_the_letters_to_readers_are_hebrew(
    hebrew: Newsletter, run_tasks: Callable[[], None]
) -> None:
    from newsletter.offers import offers

    [offer] = offers(timezone.now())
    form = {**LETTER, "email": "kore@post.test", "terms_version": offer.terms_version_id,
            "wording": offer.wording_hash}  # fmt: skip
    for _time in (1, 2):  # the second time, the address is known
        assert Client().post("/newsletter/", form, **OWN).status_code == 303
        run_tasks()
        link = re.search(r"/newsletter/confirm/\S+/", str(mail.outbox[-1].body))
        if link:
            assert Client().post(link[0]).status_code == 200
            run_tasks()
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        html = Words(str(letter.alternatives[0][0]))  # type: ignore[attr-defined]
        assert (html.root["lang"], html.root["dir"]) == ("he", "rtl")
        assert strangers([letter.subject, *str(letter.body).splitlines(), *html.said]) == []


def test_the_first_menus_of_a_new_paper_are_in_its_language(hebrew: Newsletter) -> None:
    foot = Client().get("/").content.decode().split("<footer")[1]
    assert "מידע" in foot
    assert "יצירת קשר" in foot
