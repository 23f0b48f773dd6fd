"""Who may open what in the admin: every address, every role, on things that are somebody else's."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.breaking.models import BreakingItem
from articles.fronts.finding import front_of
from articles.fronts.models import Front
from articles.live.models import Coverage
from articles.models import Article, Author, Column, History, Section, Series, Topic
from articles.popularity.models import Exclusion
from articles.publishing import publish, withdraw
from articles.reports.models import ErrorReport
from articles.revisions import revise
from newsletter.models import Newsletter, Subscriber
from newsroom.accounts import roles
from newsroom.accounts.models import User
from newsroom.addresses.models import Address
from newsroom.media.models import Picture
from newsroom.pages.models import (
    Menu,
    Message,
    Page,
    ServiceDesk,
    SiteSettings,
    StaffDesk,
    TermsVersion,
)
from tests.conftest import person

# The roles by letter, and people who are none: of the staff without a role, not of the staff any
# more, of the staff and deactivated, not logged in.
PEOPLE = dict(zip("CERNS", roles.ROLES, strict=True)) | dict.fromkeys("0xi-")
STAFF = "CERNS0"
# Who may look at the list and at one, add one, change and delete one of somebody else's.
RIGHTS = {
    "accounts.user": ("C", "C", "C", ""),
    "addresses.address": ("C", "C", "C", "C"),
    "articles.article": ("CER", "CER", "CE", ""),  # deleted from the bin alone
    "articles.author": ("CERN", "CE", "CE", "C"),
    "articles.checklevel": ("CER", "C", "C", "C"),
    "articles.column": ("CERN", "CE", "CE", "CE"),
    "articles.history": ("CE", "", "", ""),
    "articles.section": ("CERN", "C", "C", "C"),
    "articles.series": ("CER", "CE", "CE", "CE"),
    "articles.topic": ("CERN", "CER", "CE", "CE"),
    "breaking.breakingitem": ("CE", "CE", "CE", "C"),
    "django_tasks_database.dbtaskresult": ("", "", "", ""),
    "live.coverage": ("CER", "", "CE", ""),
    "fronts.front": ("CER", "", "CE", ""),
    "media.picture": ("CERN", "CER", "CE", "CE"),
    "newsletter.newsletter": ("CNS", "CN", "CN", "CN"),
    "newsletter.subscriber": ("CNS", "", "", ""),
    "pages.menu": ("C", "C", "C", "C"),
    "pages.message": ("CS", "", "CS", "C"),
    "pages.page": ("CE", "C", "C", "C"),
    "pages.quietwindow": ("C", "C", "C", "C"),
    "pages.rootfile": ("C", "C", "C", "C"),
    "pages.servicedesk": ("CS", "CS", "CS", "CS"),
    "pages.sitesettings": ("C", "", "C", ""),
    "pages.staffdesk": ("CES", "CS", "CS", "CS"),
    "pages.termsversion": ("C", "C", "", ""),
    "popularity.exclusion": ("CE", "CE", "", ""),
    "reports.errorreport": ("CES", "", "CES", "C"),
}
CHOICES = "/admin/autocomplete/?term=&"


@pytest.fixture
def foreign(db: None) -> dict[str, models.Model]:
    """One of everything, none of it made by anybody who is asked here."""
    section = Section.objects.create(name="City", slug="city")
    draft = Article.objects.create(headline="Nobody's draft", body="<p>Text</p>", section=section)
    revision = revise(draft, by=None)
    now = timezone.now()
    made: list[models.Model] = [
        section,
        front_of(Front.Kind.HOME),
        draft,
        History.objects.get(article=draft),
        Author.objects.create(name="Agencies", slug="agencies"),
        Column.objects.create(name="Column", slug="column"),
        Topic.objects.create(name="Water"),
        Series.objects.create(name="The tunnel", slug="the-tunnel"),
        Picture.objects.create(extension="jpg", width=9, height=6, caption="Tram", alt_text="Tram"),
        Page.objects.create(title="About us", slug="about-us", body="<p>Us</p>"),
        Menu.objects.create(place=Menu.Place.FOOTER, title="More"),
        Message.objects.create(email="reader@post.example", subject="Hello", body="Words"),
        ServiceDesk.objects.create(name="Subscriptions", slug="subscriptions"),
        StaffDesk.objects.create(name="Pictures"),
        SiteSettings.objects.get_or_create(pk=1)[0],
        TermsVersion.objects.create(title="Terms", body="<p>1</p>", effective_at=now),
        Newsletter.objects.create(name="Morning", slug="morning"),
        Subscriber.objects.create(
            email="reader@post.example", folded="reader@post.example", created_at=now
        ),
        ErrorReport.objects.create(article=draft, revision=revision, text="It was six trams."),
        BreakingItem.objects.create(text="Rain", starts_at=now, ends_at=now),
        Exclusion.objects.create(article=draft, reason="A campaign", at=now),
        Coverage.objects.create(article=draft, opened_at=now),
        Address.objects.create(path="/old/", target="/about-us/"),
        person(roles.SECTION_EDITOR, "Other Person"),
    ]
    return {thing._meta.label_lower: thing for thing in made}


def browser(letter: str) -> Client:
    client = Client()
    if letter != "-":
        standing = {"is_staff": letter != "x", "is_active": letter != "i"}
        user = person(PEOPLE[letter], f"who{'c' if letter == '-' else letter}", **standing)
        if letter == "i":  # deactivated while logged in
            User.objects.filter(pk=user.pk).update(is_active=True)
        client.force_login(user)
        User.objects.filter(pk=user.pk).update(**standing)
    return client


def let_in(response: HttpResponse) -> bool:
    """Whether the page was shown; asking an entitled person for the password again counts."""
    if response.status_code == 302:  # site identity is one: its list leads to it
        return response["Location"].startswith(
            ("/accounts/reauthenticate/", "/admin/pages/", "/admin/reports/", "/admin/live/")
        )
    return response.status_code == 200


def requests(label: str, pk: object) -> Iterator[tuple[str, str, str, str]]:
    """(method, address, what it needs, why) of the stock pages of one model."""
    look, add, change, delete = RIGHTS[label]
    base = f"/admin/{label.replace('.', '/')}/"
    yield "get", base, look, "list"
    yield "get", f"{base}add/", add, "form to add"
    yield "post", f"{base}add/", add, "add"
    yield "get", f"{base}{pk}/change/", look, "look"
    yield "get", f"{base}{pk}/history/", look, "history"
    yield "get", f"{base}{pk}/delete/", delete, "ask to delete"
    yield "post", f"{base}{pk}/change/", change, "change"


@pytest.mark.parametrize("letter", PEOPLE)
def test_every_page_of_the_admin_opens_for_its_roles_alone(
    letter: str, foreign: dict[str, models.Model]
) -> None:
    client = browser(letter)
    wrong = []
    for label, thing in foreign.items():
        for method, address, may, what in requests(label, thing.pk):
            response = getattr(client, method)(address)
            shown = let_in(response)
            refused = response.status_code in {302, 403, 404}
            if shown != (letter in may) or not (shown or refused):
                wrong.append((label, what, response.status_code))
    assert wrong == []


@pytest.mark.django_db
def test_every_model_of_the_admin_stands_in_the_table() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == {*RIGHTS}


# What is not a stock page: (method, address, who may). "{article}" and the like are foreign things.
VERBS = (
    ("get", "/admin/articles/article/{article}/withdraw/", "CE"),
    ("get", "/admin/articles/article/{article}/unpublish/", "CE"),
    ("get", "/admin/articles/article/pictures/?ids={picture}", "CERN"),
    ("get", "/admin/articles/article/headlines/?ids={article}", "CER"),
    ("get", "/admin/articles/topic/suggest/?q=water", "CERN"),
    ("get", "/admin/media/picture/several/", "CER"),
    ("get", "/admin/newsletter/newsletter/{newsletter}/export/", "CN"),
    ("post", "/admin/newsletter/newsletter/{newsletter}/export/", "CN"),
    ("get", "/admin/newsletter/subscriber/{subscriber}/receipt/", "CNS"),
    ("get", CHOICES + "app_label=articles&model_name=article&field_name=lead_picture", "CERN"),
    ("get", CHOICES + "app_label=articles&model_name=byline&field_name=author", "CERN"),
    ("get", CHOICES + "app_label=articles&model_name=author&field_name=user", "C"),
    ("get", CHOICES + "app_label=pages&model_name=message&field_name=desk", "CS"),
    ("get", CHOICES + "app_label=newsletter&model_name=subscription&field_name=subscriber", "CNS"),
    ("get", CHOICES + "app_label=pages&model_name=message&field_name=assigned_to", "C"),
    ("post", "/admin/articles/article/{article}/restore/", ""),  # not withdrawn: nothing to do
    ("post", "/admin/taggit/tag/merge-tags/", ""),
    ("get", "/admin/r/{type}/{article}/", ""),
)


@pytest.mark.parametrize("letter", PEOPLE)
def test_what_the_desk_adds_to_the_admin_opens_for_its_roles_alone(
    letter: str, foreign: dict[str, models.Model]
) -> None:
    article = foreign["articles.article"]
    publish(article, by=None)  # type: ignore[arg-type]
    keys = {label.split(".")[1]: thing.pk for label, thing in foreign.items()}
    keys["type"] = ContentType.objects.get_for_model(Article).pk
    client = browser(letter)
    wrong = []
    for method, address, may in VERBS:
        response = getattr(client, method)(
            address.format(**keys), {"new_tag_name": "x"} if method == "post" else None
        )
        if let_in(response) != (letter in may) or response.status_code not in {200, 302, 403, 404}:
            wrong.append((address, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("letter", [letter for letter in PEOPLE if letter not in "CE"])
def test_nobody_else_takes_down_brings_back_or_publishes(
    letter: str, foreign: dict[str, models.Model]
) -> None:
    article = Article.objects.get()
    Article.objects.update(created_by=None)
    client = browser(letter)
    base = f"/admin/articles/article/{article.pk}/"
    chosen = {"action": "publish_selected", "_selected_action": article.pk}

    def state_after(*requests: tuple[str, dict[str, object]]) -> set[str]:
        for address, data in requests:
            assert client.post(address, data).status_code in {200, 302, 403}
        return set(Article.objects.values_list("state", flat=True))

    publishing = {"headline": "Mine", "_publish": "1", "body": "<p>x</p>"}
    tries = (("/admin/articles/article/", chosen), (f"{base}change/", publishing))
    assert state_after(*tries) == {"draft"}
    publish(article, by=None)
    taking = ((f"{base}withdraw/", {"reason": "x"}), (f"{base}unpublish/", {}))
    assert state_after(*taking, (f"{base}delete/", {"post": "yes"})) == {"live"}
    withdraw(article, by=None, reason="A mistake")
    assert state_after((f"{base}restore/", {})) == {"withdrawn"}


@pytest.mark.parametrize("letter", [letter for letter in PEOPLE if letter != "C"])
def test_nobody_else_makes_or_raises_anybody(letter: str, foreign: dict[str, models.Model]) -> None:
    client = browser(letter)
    other = foreign["accounts.user"]
    me = User.objects.exclude(pk=other.pk).first() or other
    before = [*User.objects.order_by("pk").values_list("email", "is_superuser", "groups")]
    every = [*Group.objects.values_list("pk", flat=True)]
    grand = {"name": "Grand", "groups": every, "is_staff": "on", "is_superuser": "on",
             "is_active": "on", "user_permissions": [*range(1, 9)]}  # fmt: skip
    for address in (f"{other.pk}/change/", f"{me.pk}/change/", "add/"):
        client.post(f"/admin/accounts/user/{address}", {"email": "new@paper.test", **grand})
    chosen = {"action": "deactivate", "_selected_action": other.pk}
    client.post("/admin/accounts/user/", chosen)
    client.post("/admin/auth/group/add/", {"name": "Gods"})
    assert [*User.objects.order_by("pk").values_list("email", "is_superuser", "groups")] == before
    assert User.objects.get(pk=other.pk).is_active
    assert Group.objects.count() == len(every)


@pytest.mark.django_db
def test_several_people_are_deactivated_only_after_the_password_was_typed_again() -> None:
    other = person(roles.REPORTER, "Other Person")
    client = browser("C")
    chosen = {"action": "deactivate", "_selected_action": other.pk}
    answer = client.post("/admin/accounts/user/", chosen)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.get(pk=other.pk).is_active


@pytest.mark.parametrize(
    ("letter", "address"),
    [
        ("C", "accounts/user/?password__startswith=md5"),
        ("C", "articles/author/?user__password__startswith=md5"),
        ("E", "articles/article/?created_by__password__startswith=md5"),
        ("R", "articles/article/?latest_revision__by__password__contains=a"),
        ("R", "media/picture/?uploaded_by__email__startswith=c"),
        ("S", "pages/message/?assigned_to__password__regex=^p"),
        ("N", "newsletter/subscriber/?subscriptions__newsletter__statement__regex=(a%2B)%2B$"),
    ],
)
def test_a_list_answers_no_question_about_what_it_does_not_show(
    letter: str, address: str, db: None
) -> None:
    assert browser(letter).get(f"/admin/{address}").status_code == 400


def test_odd_queries_to_the_admin_make_no_5xx(foreign: dict[str, models.Model]) -> None:
    client = browser("C")
    odd = ("?q=%00", "?section__name__startswith=C", "?_changelist_filters=%00%FF", "?o=9.-9.x",
           "?p=-1", "?e=1", "?section__id__exact=%00", "?_to_field=password&_popup=1",
           "?is_active__exact=maybe")  # fmt: skip
    broken = {}
    for name in ("articles/article", "accounts/user", "media/picture", "newsletter/subscriber"):
        for query in odd:
            code = client.get(f"/admin/{name}/{query}").status_code
            if code >= 500:
                broken[name, query] = code
    for path in ("articles/article/%00/change/", f"articles/article/{'9' * 30}/withdraw/",
                 "media/picture/_5F/change/", "autocomplete/?app_label=%00"):  # fmt: skip
        code = client.get(f"/admin/{path}").status_code
        if code >= 500:
            broken["", path] = code
    assert broken == {}


@pytest.mark.django_db
def test_a_reporter_changes_own_pictures_until_readers_see_them(reporter: User) -> None:
    picture = Picture.objects.create(
        extension="jpg", width=9, height=6, uploaded_by=reporter, alt_text="A tram"
    )
    client = Client()
    client.force_login(reporter)
    address = f"/admin/media/picture/{picture.pk}/change/"
    assert client.post(address, {}).status_code == 200
    section = Section.objects.create(name="City", slug="city")
    article = Article.objects.create(
        headline="Tram", body="<p>Text</p>", section=section, lead_picture=picture
    )
    assert client.post(address, {}).status_code == 200
    publish(article, by=None, revision=revise(article, by=None))
    assert client.post(address, {"caption": "Seen by all"}).status_code == 403
