"""The lite edition refuses, moves and withdraws what the full one does, and keeps to itself."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles.breaking.models import BreakingItem
from articles.fronts.models import Front
from articles.models import Article, Author, PublishedArticle, Section
from articles.models.kinds import WithdrawalKind
from articles.publishing import publish, restore, schedule, unpublish, withdraw
from articles.revisions import revise
from articles.topics import for_names, put
from newsroom.accounts.models import User
from newsroom.pages.models import Page, SiteSettings
from tests.fronts.stories import city, home, show, story


def lite(client: Client, address: str, status: int = 200) -> str:
    response = client.get(f"/lite{address}")
    assert response.status_code == status, address
    return response.content.decode()


def hrefs(html: str) -> list[str]:
    return re.findall(r'<a\b[^>]*? href="([^"]+)"', html)


@pytest.mark.django_db
def test_the_front_page_has_the_stories_in_the_order_of_the_editors(
    client: Client, editor: User
) -> None:
    rows = [story(f"Story {n}") for n in range(8)]
    front = home()
    show(
        front, at=timezone.now(), by=editor,
        lead_1=rows[3].pk, seconds_1=rows[1].pk, seconds_2=rows[6].pk,
    )  # fmt: skip
    listed = [href for href in hrefs(lite(client, "/")) if re.search(r"-\d+/$", href)]
    assert listed[0] == f"/lite{rows[3].get_absolute_url()}"
    full = re.findall(r'href="(/city/[^"]+-\d+/)"', client.get("/").content.decode())
    assert set(listed) == {f"/lite{address}" for address in full}
    places = [listed.index(f"/lite{rows[n].get_absolute_url()}") for n in (3, 1, 6)]
    assert places == sorted(places)
    assert Front.objects.count() >= 1


@pytest.mark.django_db
def test_the_front_page_says_the_date_and_what_breaks(client: Client) -> None:
    now = timezone.now()
    BreakingItem.objects.create(
        text="The bridge is stuck", place="banner", starts_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(hours=1),
    )  # fmt: skip
    html = lite(client, "/")
    assert "The bridge is stuck" in html
    assert f'<time datetime="{timezone.localdate():%Y-%m-%d}' in html
    assert "<script" not in html
    assert "<button" not in html


@pytest.mark.django_db
def test_a_list_goes_on_by_key_and_ends(client: Client) -> None:
    now = timezone.now()
    for n in range(25):
        story(f"Story {n}", at=now - timedelta(hours=n))
    first = lite(client, "/city/")
    assert re.findall(r"<h[1-6]>(?:<a [^>]+>|<bdi>)City<", first) == ["<h1><bdi>City<"]
    key = re.findall(r'href="(\?before=[^"]+)"', first)
    assert len(key) == 1
    second = lite(client, f"/city/{key[0]}")
    assert "Story 24" in second
    assert "Story 3<" not in second
    assert "?before=" not in second
    for wrong in ("?before=abc", "?before=20000101T000000Z-1"):
        lite(client, f"/city/{wrong}", 404)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(WithdrawalKind))
def test_a_withdrawn_story_answers_with_its_reason_and_the_same_status(
    client: Client, editor: User, kind: WithdrawalKind
) -> None:
    row = story("Taken back")
    address = row.get_absolute_url()
    assert "It opened." in lite(client, address)
    withdraw(row.article, by=editor, reason="It was <wrong>.", kind=kind)
    full = client.get(address)
    answer = client.get(f"/lite{address}")
    assert answer.status_code == full.status_code == kind.status
    assert answer["Cache-Control"] == full["Cache-Control"]
    html = answer.content.decode()
    assert "It was &lt;wrong&gt;." in html
    assert "It opened." not in html
    assert 'name="robots" content="noindex"' in html
    restore(Article.objects.get(pk=row.pk), by=editor)
    assert "It opened." in lite(client, address)


@pytest.mark.django_db
def test_what_nobody_may_see_yet_is_missing_like_what_never_was(
    client: Client, editor: User
) -> None:
    def answer(address: str) -> bytes:
        response = client.get(f"/lite{address}")
        assert response.status_code == 404
        return response.content

    never = answer("/city/never-999/")
    drafted = Article.objects.create(headline="Draft", body="<p>Text.</p>", section=city())
    revise(drafted, by=None)
    assert answer(f"/city/draft-{drafted.pk}/") == never
    schedule(drafted, by=editor, publish_at=timezone.now() + timedelta(hours=1))
    assert answer(f"/city/draft-{drafted.pk}/") == never
    row = story("Was live")
    unpublish(row.article, by=editor)
    assert answer(row.get_absolute_url()) == never


@pytest.mark.django_db
def test_an_old_address_moves_once_and_stays_in_the_edition(client: Client) -> None:
    row = story("Old words")
    old = row.get_absolute_url()
    row.article.slug = "new-words"
    row.article.save()
    publish(row.article, by=None, revision=revise(row.article, by=None))
    author = Author.objects.create(name="Old Name", slug="old-name")
    author.slug = "new-name"
    author.save()
    section = Section.objects.get(slug="city")
    section.slug = "town"
    section.save()
    new = PublishedArticle.objects.get(pk=row.pk).get_absolute_url()
    for asked, target in (
        (old, new),
        ("/city/", "/town/"),
        ("/author/old-name/", "/author/new-name/"),
    ):
        answer = client.get(f"/lite{asked}")
        assert (answer.status_code, answer["Location"]) == (301, f"/lite{target}"), asked
        assert "no-cache" in answer["Cache-Control"]
        assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
def test_links_stay_in_the_edition_where_it_has_the_page(client: Client) -> None:
    other = story("Other")
    row = story(
        "This one",
        body=f'<p><a href="{other.get_absolute_url()}#live">One</a> <a href="/contact/">two</a> '
        '<a href="/city/feed/">three</a> <a href="https://city.example/city/">four</a></p>',
    )
    put(row.article, for_names(["Trams"]))
    publish(row.article, by=None, revision=revise(row.article, by=None))
    html = lite(client, row.get_absolute_url())
    found = hrefs(html)
    assert f"/lite{other.get_absolute_url()}#live" in found
    for kept in ("/contact/", "/city/feed/", "https://city.example/city/"):
        assert kept in found
    assert {"/lite/", "/lite/city/", "/lite/topic/trams/"} <= set(found)
    # Back to the full edition leads one link, and search engines are told that it is the page.
    full = f"{settings.SITE_URL}{row.get_absolute_url()}"
    assert full in found
    assert f'<link rel="canonical" href="{full}">' in html


@pytest.mark.django_db
def test_every_full_page_links_to_its_twin_and_others_to_the_front_page(client: Client) -> None:
    row = story("This one")
    for address in ("/", "/city/", row.get_absolute_url()):
        assert f"/lite{address}" in hrefs(client.get(address).content.decode())
    for address in ("/contact/", "/nowhere/", "/city/nothing-999/"):
        html = client.get(address).content.decode()
        assert "/lite/" in hrefs(html)
        assert f"/lite{address}" not in html


@pytest.mark.django_db
def test_a_page_of_the_paper_is_there_and_the_desk_is_not(client: Client) -> None:
    Page.objects.create(title="About us", slug="about-us", body="<p>Since 1911.</p>")
    assert "Since 1911." in lite(client, "/about-us/")
    for address in ("/admin/", "/accounts/login/", "/contact/", "/lite/", "/preview/forged/", "/x"):
        lite(client, address, 404)
    assert client.post("/lite/about-us/").status_code == 405


@pytest.mark.django_db
def test_a_paper_without_a_story_says_so(client: Client) -> None:
    SiteSettings.objects.create(pk=1, name="Empty", language="en")
    assert "Nothing has been published here yet." in lite(client, "/")


@pytest.mark.django_db
def test_a_live_post_leads_to_its_place_in_the_lite_article(client: Client) -> None:
    from articles.live.closing import coverage_of
    from articles.live.posting import post
    from articles.live.words import Words

    row = story("The ferry comes home", kind="live")
    made = post(coverage_of(row.article), words=Words(text="In sight."), by=None)
    answer = client.get(f"/lite/live/{made.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/lite{row.get_absolute_url()}#post-{made.pk}"
