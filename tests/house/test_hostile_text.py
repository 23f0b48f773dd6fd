"""What staff, readers and cameras type stays text: on every page, feed, mail and desk form."""

import json
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Byline,
    Column,
    PublishedArticle,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.publishing import publish, withdraw
from articles.revisions import revise
from articles.topics import for_names, put
from newsletter import mails
from newsletter.models import Newsletter, Subscriber, Subscription
from newsletter.offers import offers
from newsroom.accounts.invitations import send_invitation
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from newsroom.pages.models import (
    Menu,
    Message,
    Page,
    ServiceDesk,
    SiteSettings,
    StaffDesk,
    StaffMember,
    TermsVersion,
)
from tests.media.conftest import drawing, encoded, upload, with_iptc

# Each tells by the word "pwn" where it ends up.
VECTORS = (
    "<script>pwn()</script>",
    "\"><script>pwn()</script>",
    "'><img src=x onerror=pwn()>",
    "</title><script>pwn()</script>",
    "</textarea><script>pwn()</script>",
    "</script><script>pwn()</script><!--",
    "<svg/onload=pwn()>",
    "<iframe srcdoc='<script>pwn()</script>'>",
    "javascript:pwn()",
    "{{ pwn }}{% pwn %}{{ 7|add:7 }}",
    "<a href=\"javascript:pwn()\">x</a>",
    "<a href='jav&#x09;ascript:pwn()'>x</a>",
    "<!--><img src=x onerror=pwn()>-->",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwn()>",
    "<noscript><p title='</noscript><img src=x onerror=pwn()>'>",
    "]]><script>pwn()</script>",
    "&lt;script&gt;pwn()&lt;/script&gt;",
    "\" onmouseover=pwn() autofocus onfocus=pwn() x=\"",
    "<base href=//pwn.example>",
    "<meta http-equiv=refresh content='0;url=javascript:pwn()'>",
    "<style>@import '//pwn.example'</style>",
    "<form action=//pwn.example><button>pwn",
    "pwn\u2028pwn\u2029pwn",
    "\u202epwn\u2066pwn\u200f",  # shown from right to left, and never closed
    "p\u200bw\u200dn pwn\ufeff",
    "pwn\x01\x08\x0b\x1f\x7f\x9f\ufffe\uffff",  # what XML cannot hold
    "pwn\r\nBcc: pwn@evil.example\r\n\r\npwn",
    "pwn" + "W" * 400,
    "p\u0336\u0335\u0334wn pwn" + "\u0301" * 60,
)  # fmt: skip
SCHEMES = ("http:", "https:", "mailto:", "tel:", "data:image/")
ADDRESSES = {"href", "src", "action", "formaction", "poster"}
RAW = {"URLField", "EmailField", "SlugField"}
OWN = {"sec-fetch-site": "same-origin"}


class Nodes(HTMLParser):
    """Collects what would act: foreign elements, handlers, addresses of bad schemes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.live: list[str] = []
        self.data: list[str] = []
        self.inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = f"{tag} {given.get('type') or ''}".strip() if tag == "script" else ""
        for name, value in attrs:
            address = (value or "").strip().lower()
            scheme = re.match(r"[a-z][^/?#]*?:", re.sub(r"[\x00-\x20]", "", address))
            bad = scheme and not address.startswith(SCHEMES)
            if (name in ADDRESSES and (bad or "//pwn" in address.partition("?")[0])) or (
                name.startswith("on") or name in {"style", "srcdoc"}
            ):
                self.live.append(f"{tag} {name}={value}")
        if tag in {"iframe", "object", "embed", "base", "style", "math", "mglyph"} or (
            tag == "meta" and "http-equiv" in given
        ):
            self.live.append(tag)

    def handle_data(self, data: str) -> None:
        kind, self.inside = self.inside, ""
        if kind in {"script", "script module"} and data.strip():
            self.live.append(f"script {data[:60]}")
        if kind == "script application/ld+json":
            self.data.append(data)


def faults(response: HttpResponse) -> list[str]:
    """What is wrong with an answer: live nodes, broken JSON-LD, a 5xx."""
    if response.status_code >= 500:
        return [str(response.status_code)]
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    nodes = Nodes(response.content.decode())
    for text in nodes.data:
        json.loads(text)
    return nodes.live


def hostile(model: type[models.Model], vector: str, **fixed: Any) -> Any:
    """A row whose every text is the vector, cut to what the field holds."""
    texts = {
        field.name: vector[: field.max_length or None]
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.get_internal_type() not in RAW
        and type(field).__name__ not in RAW
        and not field.choices
        and field.editable
        and field.name not in {"slug", "url", "link", "language", "time_zone", "extension"}
    }
    return model._default_manager.create(**{**texts, **fixed})


@pytest.fixture
def hostile_paper(db: None, editor: User) -> list[Article]:
    """A paper whose every word is an attack: an article, author, topic ... for each vector."""
    SiteSettings.objects.filter(pk=1).delete()
    hostile(SiteSettings, VECTORS[1], email="paper@paper.test")
    hostile(TermsVersion, VECTORS[2], effective_at=timezone.now())
    statement = f"{VECTORS[4]}{{terms}}"
    hostile(Newsletter, VECTORS[3], slug="news", is_default=True, statement=statement)
    hostile(Page, VECTORS[5], slug="us")
    menu = hostile(Menu, VECTORS[6], place=Menu.Place.FOOTER)
    menu.entries.create(url="/us/", label=VECTORS[7])
    desk = hostile(ServiceDesk, VECTORS[8], slug="service", email="desk@paper.test")
    desk.numbers.create(number="+357 20", label=VECTORS[0])
    hostile(StaffMember, VECTORS[11], desk=hostile(StaffDesk, VECTORS[10]))
    written = []
    for number, vector in enumerate(VECTORS):
        hostile(Message, vector, email="reader@post.example", desk=desk, page="/x/")
        author = hostile(Author, vector, slug=f"author-{number}")
        author.links.create(label=vector[:60], url="https://post.example/?a=\"b'c")
        picture = hostile(Picture, vector, extension="jpg", width=900, height=600)
        section = hostile(Section, vector, slug=f"section-{number}")
        column = hostile(Column, vector, slug=f"column-{chr(97 + number % 26)}{number}")
        article = hostile(
            Article, vector, section=section, lead_picture=picture, column=column,
            body=f'<p>Text.</p><p>{vector}</p><p class="link-card"><a href="https://post.example/">{vector}</a>'
            f'</p><figure data-picture="{picture.pk}"><figcaption>{vector}</figcaption></figure>',
            kind="opinion" if number % 2 else "news",
        )  # fmt: skip
        Byline.objects.create(article=article, author=author, role=vector[:60])
        Byline.objects.create(article=article, text=vector[:150], order=1)
        put(article, for_names([vector[:100]]))
        series = hostile(Series, vector, slug=f"series-{number}", picture=picture)
        SeriesPart.objects.create(series=series, article=article)
        if written:
            SeriesPart.objects.create(series=series, article=written[-1], order=1)
            article.related = [written[0].pk]
            article.save()
        publish(article, by=editor, revision=revise(article, by=editor))
        written.append(article)
    return written


def public_addresses() -> Iterator[str]:
    yield from ("/", "/opinion/", "/contact/", "/staff/", "/newsletter/", "/us/", "/nowhere/")
    for row in PublishedArticle.objects.select_related("section"):
        yield row.get_absolute_url()
    for model in (Section, Author, Column, Series, Topic):
        for found in model._default_manager.all()[:6]:
            yield found.get_absolute_url()


@pytest.mark.usefixtures("hostile_paper")
def test_hostile_text_is_text_on_every_page_for_readers(client: Client) -> None:
    found, shown = {}, 0
    for address in public_addresses():
        response = client.get(address)
        shown += b"pwn" in response.content
        if wrong := faults(response):
            found[address] = wrong
    assert found == {}
    assert shown > 50


@pytest.mark.usefixtures("hostile_paper")
def test_hostile_text_leaves_the_feeds_well_formed(client: Client) -> None:
    feed = ElementTree.fromstring(client.get("/feed/").content)
    assert len(feed.findall("./channel/item")) == len(VECTORS)
    for section in Section.objects.all():
        content = client.get(f"/{section.slug}/feed/").content
        item = ElementTree.fromstring(content).find("./channel/item")
        assert item is not None
        assert "pwn" in "".join(item.itertext())


def test_hostile_text_is_text_on_the_desk(
    hostile_paper: list[Article], chief: User, client_for: Callable[[User], Client]
) -> None:
    client = client_for(chief)
    lists = ("articles/article", "articles/author", "articles/column", "articles/section",
             "articles/series", "articles/topic", "media/picture", "pages/message", "pages/page",
             "pages/menu", "pages/servicedesk", "pages/staffdesk", "pages/termsversion",
             "newsletter/newsletter")  # fmt: skip
    found = {}
    for name in lists:
        page = client.get(f"/admin/{name}/")
        rows = re.findall(rf'href="(/admin/{name}/\d+/change/)', page.content.decode())
        assert rows, name
        for response in (page, *map(client.get, rows[:2]), client.get(rows[0][:-7] + "history/")):
            if wrong := faults(response):
                found[name, response.request["PATH_INFO"]] = wrong
    # What was typed comes back: searched for, refused, said in a message.
    for vector, article in zip(VECTORS[:8], hostile_paper, strict=False):
        base = f"/admin/articles/article/{article.pk}/"
        for response in (
            client.get("/admin/articles/article/", {"q": vector, "whose": vector}),
            client.post(f"{base}change/", {"headline": vector, "tags": vector, "_publish": "1"}),
            client.post(
                "/admin/articles/article/",
                {"action": "publish_selected", "_selected_action": article.pk},
                follow=True,
            ),
        ):
            if wrong := faults(response):
                found[vector, response.request["PATH_INFO"]] = wrong
    if wrong := faults(client.get("/admin/")):
        found["desk", "/admin/"] = wrong
    assert found == {}


def test_the_reason_of_a_withdrawal_is_text(hostile_paper: list[Article], client: Client) -> None:
    for article, vector in zip(hostile_paper, VECTORS, strict=True):
        address = PublishedArticle.objects.get(pk=article.pk).get_absolute_url()
        withdraw(article, by=None, reason=vector)
        response = client.get(address)
        assert response.status_code == 410
        assert faults(response) == []


@pytest.mark.django_db
def test_what_a_camera_wrote_is_text(client: Client, chief: User) -> None:
    words = " ".join(vector for vector in VECTORS[:20])
    latin = words.encode("ascii", "ignore")
    jpeg = with_iptc(
        encoded(drawing()), {(2, 120): [latin], (2, 80): [latin[:32]], (2, 5): [latin[:64]]}
    )
    picture = accept(upload(jpeg, "<img src=x onerror=pwn()>.jpg"))
    assert "pwn" in picture.caption
    client.force_login(chief)
    for address in ("", f"{picture.pk}/change/", f"{picture.pk}/delete/"):
        assert faults(client.get(f"/admin/media/picture/{address}")) == []


@pytest.mark.usefixtures("hostile_paper")
def test_hostile_forms_come_back_as_text_and_make_one_clean_mail(
    client: Client, run_tasks: Callable[[], None], chief: User
) -> None:
    offer = offers(timezone.now())[0]
    for vector in VECTORS:
        letter = {"desk": "service", "name": vector, "subject": vector, "body": vector,
                  "email": vector, "page": vector}  # fmt: skip
        assert faults(client.post("/contact/", letter, headers=OWN)) == []
        sign_up = {"newsletter": offer.slug, "email": vector, "form": vector, "language": vector,
                   "terms_version": offer.terms_version_id, "wording": vector}  # fmt: skip
        assert faults(client.post("/newsletter/", sign_up, headers=OWN)) == []
        assert faults(client.post("/newsletter/", sign_up)) == []  # asks once more
        assert faults(client.get("/contact/", {"desk": vector, "page": vector})) == []
    mail.outbox.clear()
    person = User.objects.create_user("new@paper.test", name=VECTORS[-3][:150], is_staff=True)
    send_invitation.enqueue(person.pk, VECTORS[-3])
    for number, vector in enumerate(VECTORS):
        Newsletter.objects.update(name=vector[:100], from_name=vector[:100])
        reader = Subscriber.objects.create(
            email=f"r{number}@post.example", folded=f"r{number}@post.example",
            created_at=timezone.now(),
        )  # fmt: skip
        state = Subscription.objects.create(
            subscriber=reader, newsletter=Newsletter.objects.get(), asked_at=timezone.now()
        )
        mails.confirmation.call(state.pk, state.version)
    run_tasks()
    assert len(mail.outbox) > len(VECTORS)
    for sent in mail.outbox:
        raw = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
        assert len(raw.get_all("To", [])) == 1
        assert raw["Bcc"] is None
        assert "\n" not in raw["Subject"]
        html = raw.get_body(("html",))
        assert html is None or [n for n in Nodes(html.get_content()).live if "pwn" in n] == []


@pytest.mark.django_db
def test_a_page_named_in_a_message_is_one_of_ours(client: Client) -> None:
    for page in ("//evil.example", "/\\evil.example", "https://evil.example", "javascript:pwn()"):
        letter = {"subject": "x", "body": "x", "email": "reader@post.example", "page": page}
        client.post("/contact/", letter, headers=OWN)
        assert Message.objects.latest("pk").page == ""
