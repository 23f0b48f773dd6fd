"""robots.txt, security.txt, ads.txt: always there as they must be, and never saved when wrong."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.accounts.models import User
from newsroom.pages.models import RootFile, SiteSettings
from newsroom.pages.root_files import problems

ClientFor = Callable[[User], Client]
SECURITY = "/.well-known/security.txt"
pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


def form(name: str) -> str:
    return f"/admin/pages/rootfile/{name}/change/"


# robots.txt -----------------------------------------------------------------------------------


def test_robots_may_read_everything_but_the_desk_previews_and_the_search(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(text(client, "/robots.txt").splitlines())
    for path in ("/", "/politics/", "/city/tram-1/", "/archive/2024/05/17/", "/sitemap.xml"):
        assert robots.can_fetch("Googlebot", f"{settings.SITE_URL}{path}"), path
    for path in ("/admin/", "/preview/x/", "/search/?q=x", "/accounts/login/"):
        assert not robots.can_fetch("Googlebot", f"{settings.SITE_URL}{path}"), path


def test_the_sitemaps_are_named_whatever_staff_write(client: Client) -> None:
    for written in ("", "User-agent: GPTBot\nDisallow: /"):
        RootFile.objects.update_or_create(name="robots", defaults={"text": written})
        robots = RobotFileParser()
        robots.parse(text(client, "/robots.txt").splitlines())
        assert robots.site_maps() == [
            f"{settings.SITE_URL}/sitemap.xml", f"{settings.SITE_URL}/news-sitemap.xml",
        ]  # fmt: skip
    assert not robots.can_fetch("GPTBot", f"{settings.SITE_URL}/")
    assert robots.can_fetch("Googlebot", f"{settings.SITE_URL}/")


@pytest.mark.parametrize(
    "written",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: *\nDisallow: /*",
        "User-agent: *\nDisallow: *",
        "user-agent:*\ndisallow:/ # all of it",
        "User-agent: Googlebot\nUser-agent: Other\nDisallow: /\n\nUser-agent: *\nAllow: /",
        "User-agent: Bingbot\nDisallow: /",
        "User-agent: *\nDisallow: /\nAllow: /$",
        "User-agent: *\nDisallow: /*/",
        "User-agent: *\nDisallow: /*-1/$",
        "User-agent: *\nDisallow: /$",
    ],
)  # fmt: skip
def test_a_text_that_hides_the_paper_from_search_engines_is_refused(written: str) -> None:
    assert any("out of the whole paper" in sentence for sentence in problems("robots", written))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "# nothing",
        "User-agent: *\nDisallow:",
        "User-agent: *\nDisallow: /admin/\nDisallow: /*?print=\nCrawl-delay: 5",
        "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /",
        "User-agent: *\nDisallow: /\nAllow: /*",
        "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nUser-agent: Bingbot\nAllow: /",
        "User-agent: *\nDisallow: /politics/",
        "Sitemap: https://example.org/other.xml",
    ],
)  # fmt: skip
def test_other_rules_are_the_papers_to_choose(written: str) -> None:
    assert problems("robots", written) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Hide the admin", "Line 1 is no rule."),
        ("# ok\nDisallow: /x/", "Line 2 stands above every"),
        ("User-agent: *\nDisallow: admin/", "Line 2: a path begins with /."),
        ("User-agent:\nDisallow: /x/", "Line 1 names no robot"),
        ("Sitemap: /sitemap.xml", "Line 1: a sitemap has a whole address."),
        ("<html>", "Line 1 is no rule."),
        ("User-agent: *\nDisalow: /x/", "Line 2: “Disalow” is no rule. Is “Disallow” meant?"),
        ("Useragent: *", "Line 1: “Useragent” is no rule. Is “User-agent” meant?"),
    ],
)
def test_what_robots_would_not_understand_is_named_by_its_line(written: str, said: str) -> None:
    assert said in problems("robots", written)[0]


# security.txt ---------------------------------------------------------------------------------


def test_there_is_no_security_txt_without_a_contact(client: Client) -> None:
    assert client.get(SECURITY).status_code == 404
    assert client.get("/security.txt")["Location"] == SECURITY


def test_the_papers_address_is_the_contact_until_staff_name_another(client: Client) -> None:
    SiteSettings(email="desk@paper.test", language="he").save()
    lines = text(client, SECURITY).splitlines()
    assert lines[0] == "Contact: mailto:desk@paper.test"
    assert "Preferred-Languages: he" in lines
    assert f"Canonical: {settings.SITE_URL}{SECURITY}" in lines
    RootFile.objects.create(name="security", text="Contact: https://paper.test/security/")
    assert text(client, SECURITY).startswith("Contact: https://paper.test/security/\n")
    assert "mailto:" not in text(client, SECURITY)


def test_its_date_is_ahead_and_less_than_a_year_off_at_any_time(client: Client) -> None:
    SiteSettings(email="desk@paper.test").save()
    for month in range(1, 13):
        for now in (
            datetime(2026, month, 1, tzinfo=UTC),
            datetime(2026, month, 28, 23, tzinfo=UTC),
        ):
            with time_machine.travel(now, tick=False):
                lines = text(client, SECURITY).splitlines()
            (expires,) = [line for line in lines if line.startswith("Expires: ")]
            left = datetime.fromisoformat(expires[9:].replace("Z", "+00:00")) - now
            assert 180 < left.days < 365


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("desk@paper.test", "Line 1 is no field."),
        ("Contact: desk@paper.test", "“Contact” is an address that begins with https://"),
        ("Contact: http://paper.test/", "“Contact” is an address"),
        ("Contact: mailto:a@b.test\nExpires: 2030-01-01T00:00:00Z", "the system writes “Expires”"),
        ("Policy: https://paper.test/p", "It needs a “Contact:” line."),
        ("Contact:\nPolicy: https://x.test/", "Line 1 is no field."),
    ],
)
def test_wrong_fields_are_named(written: str, said: str) -> None:
    assert said in problems("security", written)[0]


# ads.txt --------------------------------------------------------------------------------------


def test_there_is_no_ads_txt_until_staff_name_a_seller(client: Client) -> None:
    assert client.get("/ads.txt").status_code == 404
    lines = "# sellers\nads.example.com, 123, DIRECT, f08c47fec0942fa0\nOWNERDOMAIN=paper.test"
    assert problems("ads", lines) == []
    RootFile.objects.create(name="ads", text=lines)
    assert text(client, "/ads.txt") == f"{lines}\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ads.example.com, 123", "exchange.example.com, account number, DIRECT"),
        ("ads.example.com, 123, OWNER", "should be DIRECT or RESELLER"),
        ("https://ads.example.com, 123, DIRECT", "is no domain"),
        ("ads.example.com,, DIRECT", "exchange.example.com, account number, DIRECT"),
        ("NAME=paper", "is no variable"),
        ("ads.example.com 123 DIRECT", "exchange.example.com, account number, DIRECT"),
    ],
)
def test_lines_that_buyers_would_pass_over_are_named(written: str, said: str) -> None:
    assert said in problems("ads", f"# ok\n{written}")[0]
    assert problems("ads", f"# ok\n{written}")[0].startswith("Line 2:")


# The desk -------------------------------------------------------------------------------------


def test_the_chief_edits_the_files_and_sees_what_machines_get(
    chief: User, client_for: ClientFor, client: Client
) -> None:
    desk = client_for(chief)
    listed = desk.get("/admin/pages/rootfile/").content.decode()
    for name in ("robots.txt", "security.txt", "ads.txt"):
        assert name in listed
    assert "Sitemap: " in desk.get(form("robots")).content.decode()
    written = "User-agent: GPTBot\r\nDisallow: /  \r\n\r\n"
    assert desk.post(form("robots"), {"text": written}).status_code == 302
    assert text(client, "/robots.txt").startswith("User-agent: GPTBot\nDisallow: /\n\nSitemap:")


def test_a_wrong_file_is_not_saved_and_says_why(
    chief: User, client_for: ClientFor, client: Client
) -> None:
    desk = client_for(chief)
    desk.get("/admin/pages/rootfile/")
    before = text(client, "/robots.txt")
    wrong = "User-agent: *\nDisallow: /\n# of nobody"
    page = desk.post(form("robots"), {"text": wrong}).content.decode()
    assert "out of the whole paper" in page
    assert page.count("# of nobody") == 1  # in the field, and not among what machines get
    assert text(client, "/robots.txt") == before


def test_nobody_else_edits_them(
    editor: User, reporter: User, service: User, letters: User, client_for: ClientFor
) -> None:
    RootFile.objects.create(name="robots")
    for user in (editor, reporter, service, letters):
        desk = client_for(user)
        assert desk.get("/admin/pages/rootfile/").status_code == 403
        assert desk.post(form("robots"), {"text": ""}).status_code == 403


# Answers --------------------------------------------------------------------------------------


def test_who_has_a_file_gets_304_and_a_change_is_served_at_once(client: Client) -> None:
    first = client.get("/robots.txt")
    known = {"If-None-Match": first["ETag"]}
    assert client.get("/robots.txt", headers=known).status_code == 304
    assert "max-age" in first["Cache-Control"]
    RootFile.objects.create(name="robots", text="User-agent: GPTBot\nDisallow: /")
    assert client.get("/robots.txt", headers=known).status_code == 200


def test_a_file_costs_one_query_while_nothing_changes(client: Client) -> None:
    client.get("/robots.txt")
    with CaptureQueriesContext(connection) as asked:
        client.get("/robots.txt")
    assert len(asked) == 1


def test_the_oldest_name_of_the_icon_leads_to_it(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/icons/apple-touch.png")


def test_odd_texts_are_judged_and_never_an_error() -> None:
    odd = ("\x00", "\ud800".encode("utf-8", "replace").decode(), ":" * 9_999, "*" * 9_999,
           "User-agent: *\nDisallow: /" + "*" * 5_000 + "$", "ש" * 999, "=,;#" * 999)  # fmt: skip
    for name in RootFile.Name:
        for written in odd:
            assert isinstance(problems(name, written), list)
