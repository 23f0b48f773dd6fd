"""What of a page is somebody's own: who is told what, and the mark by which a script asks."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.fronts.finding import all_fronts
from articles.live.models import Coverage
from articles.models import Article, Author, Column, PublishedArticle, Section, Series, Topic
from articles.publishing import withdraw
from newsroom.accounts import own_parts
from newsroom.accounts.mark import COOKIE
from newsroom.accounts.models import User
from newsroom.pages.models import Page
from tests.accounts.doors import PASSWORD, log_in
from tests.articles.conftest import author, live, section, write

__all__ = ["author", "live", "section", "write"]

ClientFor = Callable[[User], Client]


def ask(client: Client, page: str = "/") -> str:
    answer = client.get("/me/", {"page": page})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def forms(client: Client, page: str) -> list[str]:
    """The pages of the admin that are offered for a page."""
    return re.findall(r'href="/admin/([^"]+)change/"', ask(client, page))


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def test_a_stranger_is_told_nothing_and_gets_no_cookie(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    for page in ("/", live().get_absolute_url(), "/admin/", "/nowhere/"):
        answer = client.get("/me/", {"page": page})
        assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})


def test_no_answer_may_be_kept_by_anybody(client: Client, editor: User) -> None:
    answers = [client.get("/me/", {"page": "/"}), client.get("/me/"), client.head("/me/?page=/")]
    client.force_login(editor)
    answers += [client.get("/me/", {"page": "/"}), client.get("/me/"), client.post("/me/")]
    assert [answer.status_code for answer in answers] == [204, 400, 204, 200, 400, 405]
    for answer in answers:
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    "page",
    ["", "contact/", "//evil.example/", "/\\evil.example/", "///evil.example", "https://evil.example/",
     "javascript:alert(1)", "/%00/", "/a\nb/", "/\x00/", "?page=/", "/" + "a" * 5000 + "/"],
)  # fmt: skip
def test_what_is_no_page_of_this_site_is_refused(page: str, client: Client, editor: User) -> None:
    client.force_login(editor)
    answer = client.get("/me/", {"page": page})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


@pytest.mark.parametrize(
    "page",
    ["/nowhere/", "/%FF/", "/" + "a" * 1000 + "/", "/politics/x-" + "9" * 18 + "/", "/admin/",
     "/topic/%D7%A9%D7%9C%D7%95%D7%9D/", "/static/css/site.css", '/"><script>x</script>/'],
)  # fmt: skip
def test_an_address_of_nothing_offers_the_desk_alone(
    page: str, client: Client, chief: User
) -> None:
    client.force_login(chief)
    assert forms(client, page) == []
    assert "<script>" not in ask(client, page)


def test_numbers_too_large_make_no_5xx(client: Client, chief: User) -> None:
    client.force_login(chief)
    assert client.get("/me/", {"page": "/city/x-" + "9" * 40 + "/"}).status_code < 500


def test_who_may_change_what_a_page_is_about_is_led_to_its_form(
    client_for: ClientFor, chief: User, section: Section, author: Author,
    live: Callable[..., PublishedArticle],
) -> None:  # fmt: skip
    story = live(topics=["Water"])
    topic = Topic.objects.get()
    column = Column.objects.create(name="Column", slug="column")
    series = Series.objects.create(name="The tunnel", slug="the-tunnel")
    page = Page.objects.create(title="About us", slug="about-us", body="<p>Us</p>")
    fronts = {(f.kind, f.section_id): f.pk for f in all_fronts()}
    client = client_for(chief)
    front = fronts["section", section.pk]
    assert {path: forms(client, path) for path in (
        story.get_absolute_url(), f"/city/any-slug-{story.pk}/",
        f"{story.get_absolute_url()}versions/",
        "/", "/opinion/", "/city/", topic.get_absolute_url(), author.get_absolute_url(),
        column.get_absolute_url(), series.get_absolute_url(), "/about-us/", "/contact/",
    )} == {
        story.get_absolute_url(): [f"articles/article/{story.pk}/"],
        f"/city/any-slug-{story.pk}/": [f"articles/article/{story.pk}/"],
        f"{story.get_absolute_url()}versions/": [f"articles/article/{story.pk}/"],
        "/": [f"fronts/front/{fronts['home', None]}/"],
        "/opinion/": [f"fronts/front/{fronts['opinion', None]}/"],
        "/city/": [f"fronts/front/{front}/", f"articles/section/{section.pk}/"],
        topic.get_absolute_url(): [f"articles/topic/{topic.pk}/"],
        author.get_absolute_url(): [f"articles/author/{author.pk}/"],
        column.get_absolute_url(): [f"articles/column/{column.pk}/"],
        series.get_absolute_url(): [f"articles/series/{series.pk}/"],
        "/about-us/": [f"pages/page/{page.pk}/"],
        "/contact/": [],
    }  # fmt: skip


def test_an_address_in_hebrew_is_understood_as_browsers_write_it(
    client_for: ClientFor, chief: User
) -> None:
    page = Page.objects.create(title="אודות", slug="אודות", body="<p>x</p>")
    assert forms(client_for(chief), "/%D7%90%D7%95%D7%93%D7%95%D7%AA/") == [
        f"pages/page/{page.pk}/"
    ]


def test_a_live_coverage_has_its_own_form_beside_the_article_s(
    client_for: ClientFor, chief: User, live: Callable[..., PublishedArticle]
) -> None:
    story = live(kind="live")
    coverage, _made = Coverage.objects.get_or_create(
        article_id=story.pk, defaults={"opened_at": story.published_at}
    )
    assert forms(client_for(chief), story.get_absolute_url()) == [
        f"articles/article/{story.pk}/", f"live/coverage/{coverage.pk}/",
    ]  # fmt: skip


def test_the_right_is_asked_for_this_very_thing(
    client_for: ClientFor, editor: User, reporter: User, letters: User, service: User,
    section: Section, live: Callable[..., PublishedArticle], write: Callable[..., Article],
) -> None:  # fmt: skip
    foreign, own = live("Foreign"), live("Own", created_by=reporter)
    there = {client_for(user): user for user in (editor, reporter, letters, service)}
    may = [{story.headline for story in (foreign, own) if forms(client, story.get_absolute_url())}
           for client in there]  # fmt: skip
    assert may == [{"Foreign", "Own"}, {"Own"}, set(), set()]
    # A section that names other editors is no longer this one's.
    section.editors.add(reporter)
    assert forms(client_for(editor), foreign.get_absolute_url()) == []


def test_a_draft_s_number_tells_nothing_to_who_may_not_change_it(
    client_for: ClientFor, reporter: User, letters: User, write: Callable[..., Article]
) -> None:
    draft = write("A secret of tomorrow")
    for user in (reporter, letters):
        client = client_for(user)
        there, nothing = (ask(client, f"/city/x-{number}/") for number in (draft.pk, draft.pk + 1))
        token = re.compile(r'value="[^"]+"')
        assert token.sub("", there) == token.sub("", nothing)


def test_a_withdrawn_article_is_still_led_to(
    client_for: ClientFor, chief: User, live: Callable[..., PublishedArticle]
) -> None:
    story = live()
    address = story.get_absolute_url()
    withdraw(story.article, by=None, reason="A mistake")
    assert forms(client_for(chief), address) == [f"articles/article/{story.pk}/"]


def test_who_is_not_of_the_staff_sees_a_name_and_the_way_out_alone(
    client_for: ClientFor, chief: User, live: Callable[..., PublishedArticle]
) -> None:
    User.objects.filter(pk=chief.pk).update(is_staff=False, is_superuser=True)
    html = ask(client_for(chief), live().get_absolute_url())
    assert "Chiara Chief" in html
    assert "/admin/" not in html
    assert f'action="{reverse("account_logout")}"' in html


def test_a_name_is_shown_as_it_is_written(client_for: ClientFor, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(name="<b>Edith</b> & co")
    assert ">&lt;b&gt;Edith&lt;/b&gt; &amp; co</p>" in ask(client_for(editor))


def test_an_app_adds_a_part_and_what_is_no_html_is_escaped(
    client_for: ClientFor, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(own_parts.parts, "meter", lambda request, page: "")  # gone after the test
    own_parts.register_part("meter", lambda request, page: f"3 of 10 <{request.user}> {page}")
    assert "3 of 10 &lt;Edith Editor&gt; /contact/" in ask(client_for(editor), "/contact/")


def test_it_costs_no_more_queries_than_it_says(
    client_for: ClientFor, editor: User, live: Callable[..., PublishedArticle],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    address = live().get_absolute_url()
    client = client_for(editor)
    ask(client, address)
    with django_assert_max_num_queries(12):
        ask(client, address)


# --- the way out


def test_log_out_takes_a_token_and_leads_back_to_the_page(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    html = ask(client, "/city/")
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', html))
    assert fields["next"] == "/city/"
    assert client.post(reverse("account_logout"), {"next": "/city/"}).status_code == 403
    assert client.get("/me/?page=/").status_code == 200
    answer = client.post(reverse("account_logout"), fields)
    assert (answer.status_code, answer["Location"]) == (302, "/city/")
    assert client.get("/me/?page=/").status_code == 204


# --- the mark


def test_log_in_leaves_a_mark_for_as_long_as_the_session_and_log_out_takes_it(editor: User) -> None:
    for remember in (False, True):
        client = Client()
        words = {
            "login": editor.email,
            "password": PASSWORD,
            **({"remember": "on"} if remember else {}),
        }
        answer = client.post(reverse("account_login"), words)
        mark, session = answer.cookies[COOKIE], answer.cookies[settings.SESSION_COOKIE_NAME]
        assert mark.value == "1"
        assert bool(mark["max-age"]) is remember
        assert abs(int(mark["max-age"] or 0) - int(session["max-age"] or 0)) <= 1
        assert (mark["httponly"], session["httponly"]) == ("", True)
        assert (mark["samesite"], mark["path"]) == ("Lax", "/")
        gone = client.post(reverse("account_logout")).cookies[COOKIE]
        assert (gone.value, gone["max-age"]) == ("", 0)


def test_a_refused_try_leaves_no_mark(client: Client, editor: User) -> None:
    assert log_in(client, editor.email, "wrong") == 200
    assert COOKIE not in client.cookies


def test_who_was_logged_in_before_there_were_marks_gets_one_at_the_desk(
    client_for: ClientFor, editor: User
) -> None:
    client = client_for(editor)
    assert COOKIE in client.get("/admin/").cookies
    assert COOKIE not in client.get("/admin/").cookies  # once


def end_by_password(user: User) -> None:
    user.set_password("another-long-password")
    user.save()


def end_by_deactivation(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("end", [end_by_password, end_by_deactivation])
def test_the_mark_goes_when_the_session_is_over(
    end: Callable[[User], None], client: Client, editor: User
) -> None:
    log_in(client, editor.email)
    assert client.get("/me/?page=/").status_code == 200
    end(editor)
    answer = client.get("/me/?page=/")
    assert answer.status_code == 204
    assert answer.cookies[COOKIE]["max-age"] == 0


def test_a_forged_mark_opens_nothing_and_is_taken(client: Client) -> None:
    client.cookies[COOKIE] = "1"
    answer = client.get("/me/?page=/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.cookies[COOKIE]["max-age"] == 0


def test_no_page_of_readers_varies_by_the_mark_or_sets_it(
    client_for: ClientFor, editor: User, live: Callable[..., PublishedArticle]
) -> None:
    story = live()
    strange, known = Client(), client_for(editor)
    known.cookies[COOKIE] = "1"
    for page in (story.get_absolute_url(), "/", "/city/", "/contact/", "/nowhere/", "/lite/"):
        answer = known.get(page)
        assert answer.content == strange.get(page).content, page
        assert "Cookie" not in answer.get("Vary", ""), page
        assert answer.cookies == {}, page
