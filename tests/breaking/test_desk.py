"""The desk announces: by a form, by one click from an article, and takes it back by one more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.breaking import now as showing
from articles.breaking.announcing import announce, change, end, remove, start_again
from articles.breaking.desk import panels
from articles.breaking.models import BreakingItem
from articles.breaking.rules import CannotBreak
from articles.models import Article, History, PublishedArticle
from articles.publishing import Quiet
from newsroom.accounts.models import User
from newsroom.pages.models import QuietWindow, SiteSettings

Broke = Callable[..., BreakingItem]
Live = Callable[..., PublishedArticle]
ClientFor = Callable[[User], Client]
Place = BreakingItem.Place
LIST = "/admin/breaking/breakingitem/"


@pytest.fixture
def desk(editor: User, client_for: ClientFor) -> Client:
    return client_for(editor)


@pytest.fixture
def quiet(db: None) -> QuietWindow:
    """The paper keeps quiet now, for an hour yet."""
    now = timezone.now()
    return QuietWindow.objects.create(
        name="Rest", kind=QuietWindow.Kind.DATED, starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
    )  # fmt: skip


def words(**changed: Any) -> dict[str, Any]:
    """What the form sends."""
    return {"place": "banner", "text": "Bridge closed", "article": "", "starts_at": "",
            "length": "60", "ends_at": "", "override": "", **changed}  # fmt: skip


def click(row: PublishedArticle) -> str:
    return reverse("admin:breaking_breakingitem_from_article", args=[row.pk])


def told(client: Client, address: str) -> str:
    """The page with its messages, after a click."""
    return client.get(address).content.decode()


# One click from an article -----------------------------------------------------------------------


def test_one_click_on_an_article_breaks_its_headline_for_an_hour_and_one_more_undoes_it(
    desk: Client, client: Client, live: Live
) -> None:
    row = live("Tram line opens")
    form = reverse("admin:articles_article_change", args=[row.pk])
    assert click(row) in told(desk, form)
    before = timezone.now()
    assert desk.post(click(row), {"article": row.pk})["Location"] == form
    item = BreakingItem.objects.get()
    assert item.article_id == row.pk
    assert item.starts_at >= before.replace(microsecond=0)
    assert item.ends_at - item.starts_at == timedelta(hours=1)
    page = client.get("/contact/").content.decode()
    assert f'href="{row.get_absolute_url()}"' in page
    assert "Tram line opens" in page
    said = told(desk, form)
    assert f"{LIST}{item.pk}/change/" in said
    undo = f"{LIST}{item.pk}/end/"
    assert undo in said
    assert desk.post(undo, {"article": row.pk})["Location"] == form
    assert client.get("/breaking/now/").content == b""
    assert f"{LIST}{item.pk}/again/" in told(desk, form)
    verbs = list(History.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["breaking", "breaking_ended"]


def test_a_second_click_makes_no_second_banner(desk: Client, live: Live) -> None:
    row = live()
    for _time in range(2):
        desk.post(click(row), {"article": row.pk})
    assert BreakingItem.objects.count() == 1
    assert "already" in told(desk, reverse("admin:articles_article_change", args=[row.pk]))


def test_an_article_that_is_not_live_says_so_and_breaks_nothing(
    desk: Client, write: Callable[..., Article]
) -> None:
    article = write()
    form = reverse("admin:articles_article_change", args=[article.pk])
    address = reverse("admin:breaking_breakingitem_from_article", args=[article.pk])
    assert address not in told(desk, form)
    assert desk.post(address)["Location"] == form
    assert "Readers cannot see it yet" in told(desk, form)
    assert not BreakingItem.objects.exists()


def test_a_quiet_window_asks_for_the_reason_and_keeps_it(
    desk: Client, live: Live, quiet: QuietWindow
) -> None:
    row = live()
    form = desk.post(click(row))["Location"]
    assert not BreakingItem.objects.exists()
    page = told(desk, form)
    assert "keeps the paper quiet" in page
    assert f'<option value="{row.pk}" selected>' in page
    refused = desk.post(form, words(article=row.pk, text=""))
    assert refused.status_code == 200
    assert "keeps the paper quiet" in refused.content.decode()
    assert not BreakingItem.objects.exists()
    desk.post(form, words(article=row.pk, text="", override="The bridge has fallen"))
    assert BreakingItem.objects.get().override == "The bridge has fallen"
    assert History.objects.get(verb="override").note == "The bridge has fallen"
    assert desk.get(form).status_code == 200


@pytest.mark.parametrize("who", ["reporter", "letters"])
def test_who_may_not_announce_has_no_button_and_no_address(
    who: str, live: Live, client_for: ClientFor, request: pytest.FixtureRequest
) -> None:
    row = live()
    outsider = client_for(request.getfixturevalue(who))
    assert outsider.post(click(row)).status_code == 403
    assert click(row) not in told(outsider, "/admin/")
    assert not BreakingItem.objects.exists()


def test_an_editor_of_another_section_breaks_nothing_of_this_one(
    desk: Client, chief: User, live: Live
) -> None:
    row = live()
    row.section.editors.add(chief)
    assert desk.post(click(row)).status_code == 403
    assert not BreakingItem.objects.exists()


def test_nothing_is_done_by_following_a_link_or_from_elsewhere(
    editor: User, live: Live, broke: Broke
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    item, row = broke(), live()
    for address in (click(row), f"{LIST}{item.pk}/end/", f"{LIST}{item.pk}/again/"):
        assert strict.get(address).status_code == 405
        assert strict.post(address).status_code == 403
    assert showing.now().banner is not None
    assert BreakingItem.objects.count() == 1


# The form and the list ---------------------------------------------------------------------------


def test_the_form_announces_at_once_for_the_length_that_was_chosen(desk: Client) -> None:
    assert desk.get(f"{LIST}add/").status_code == 200
    for minutes in (30, 60, 180):
        before = timezone.now()
        desk.post(f"{LIST}add/", words(length=str(minutes), text=f"For {minutes}"))
        item = BreakingItem.objects.get(text=f"For {minutes}")
        assert item.starts_at <= timezone.now()
        assert abs(item.ends_at - before - timedelta(minutes=minutes)) < timedelta(seconds=5)
        assert item.by is not None
    banner = showing.now().banner
    assert banner is not None
    assert banner.text == "For 180"


def test_the_form_plans_on_the_papers_clock(desk: Client) -> None:
    SiteSettings(time_zone="Asia/Tokyo").save()
    assert "Asia/Tokyo" in told(desk, f"{LIST}add/")
    desk.post(
        f"{LIST}add/",
        words(length="", starts_at="2090-05-04T09:00", ends_at="2090-05-04T10:30"),
    )
    item = BreakingItem.objects.get()
    assert f"{item.starts_at:%H:%M} {item.ends_at:%H:%M}" == "00:00 01:30"
    assert not showing.now()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " \u200b "}, "Say what has happened"),
        ({"text": "x" * 161}, "160"),
        ({"length": "", "ends_at": ""}, "Say until when"),
        ({"length": "", "ends_at": "2020-01-01T10:00"}, "ends before it begins"),
        ({"length": "", "ends_at": "2090-01-01T10:00"}, "seven days"),
        ({"length": "", "starts_at": "2090-01-02T10:00", "ends_at": "2090-01-01T10:00"}, "ends"),
        ({"length": "7"}, "valid choice"),
        ({"place": "roof"}, "valid choice"),
        ({"article": "99999999"}, "valid choice"),
        ({"starts_at": "soon"}, "Give a date"),
    ],
)
def test_what_cannot_be_announced_is_said_and_nothing_is_lost(
    desk: Client, wrong: dict[str, Any], sentence: str
) -> None:
    answer = desk.post(f"{LIST}add/", words(**{"text": "Kept words", **wrong}))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    if "text" not in wrong:
        assert "Kept words" in answer.content.decode()
    assert not BreakingItem.objects.exists()


def test_the_list_shows_what_stands_and_is_planned_and_ends_it_in_one_click(
    desk: Client, broke: Broke
) -> None:
    item = broke("Bridge closed")
    soon = timezone.now() + timedelta(hours=1)
    planned = broke("Polls closed", starts_at=soon, ends_at=soon + timedelta(hours=1))
    end(broke("Storm over"), by=None)
    page = told(desk, LIST)
    assert "Storm over" not in page
    for each in (item, planned):
        assert f'formaction="{LIST}{each.pk}/end/"' in page
    for query, seen in (
        ("now", {"Bridge closed"}), ("planned", {"Polls closed"}), ("past", {"Storm over"}),
        ("all", {"Bridge closed", "Polls closed", "Storm over"}),
    ):  # fmt: skip
        page = told(desk, f"{LIST}?time={query}").partition('id="result_list"')[2]
        every = {"Bridge closed", "Polls closed", "Storm over"}
        assert {text for text in every if text in page} == seen
    assert desk.post(f"{LIST}{item.pk}/end/")["Location"] == LIST
    desk.post(f"{LIST}{planned.pk}/end/")
    assert not showing.now()
    assert not showing.now(at=soon)
    assert f"{LIST}{item.pk}/again/" in told(desk, LIST)
    desk.post(f"{LIST}{item.pk}/again/")
    assert showing.now().banner is not None


@pytest.mark.parametrize("click", ["end", "again"])
def test_a_click_at_a_line_that_somebody_has_deleted_is_answered_in_words(
    desk: Client, broke: Broke, click: str
) -> None:
    item = broke()
    remove(item, by=None)
    assert desk.post(f"{LIST}{item.pk}/{click}/")["Location"] == LIST
    assert "Somebody has deleted this line meanwhile." in told(desk, LIST)


def test_a_line_is_changed_in_the_form_and_its_beginning_stays(desk: Client, broke: Broke) -> None:
    item = broke(ago=20)
    page = f"{LIST}{item.pk}/change/"
    assert "End now" in told(desk, page)
    desk.post(page, words(text="Bridge open again", length="30"))
    after = BreakingItem.objects.get()
    assert (after.text, after.starts_at) == ("Bridge open again", item.starts_at)
    assert after.ends_at < item.ends_at
    banner = showing.now().banner
    assert banner is not None
    assert banner.text == "Bridge open again"


@pytest.mark.parametrize("page", ["", "add/", "{pk}/change/", "{pk}/history/", "{pk}/delete/"])
def test_the_way_back_names_breaking_news_once(
    chief: User, client_for: ClientFor, broke: Broke, page: str
) -> None:
    html = told(client_for(chief), LIST + page.format(pk=broke().pk))
    way = html.partition('<div class="breadcrumbs">')[2].partition("</div>")[0]
    assert way.count("Breaking news") == 1


def test_only_the_chief_deletes_and_it_is_gone_everywhere(
    desk: Client, chief: User, client: Client, client_for: ClientFor, broke: Broke
) -> None:
    item = broke()
    delete = f"{LIST}{item.pk}/delete/"
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    client_for(chief).post(delete, {"post": "yes"})
    for address in ("/", "/breaking/", "/breaking/feed/", "/ticker/", "/breaking/now/"):
        assert "Bridge closed" not in client.get(address).content.decode()


def test_the_desk_says_what_breaks_now_and_what_ends_first_stands_first(
    rf: Any, editor: User, reporter: User, broke: Broke
) -> None:
    broke("Ends late", minutes=300)
    broke("Ends soon", minutes=20)
    soon = timezone.now() + timedelta(hours=1)
    broke("Planned", starts_at=soon, ends_at=soon + timedelta(minutes=5))
    end(broke("Over"), by=None)
    request = rf.get("/admin/")
    request.user = editor
    (panel,) = panels(request)
    assert [row.label for row in panel.rows] == ["Ends soon", "Ends late", "Planned"]
    assert panel.rows[0].until is not None
    assert panel.rows[2].until is None
    request.user = reporter
    assert panels(request) == []


# The verbs ---------------------------------------------------------------------------------------


def test_a_refusal_changes_nothing(broke: Broke, quiet: QuietWindow) -> None:
    with pytest.raises(Quiet):
        announce("Bridge closed", by=None)
    with pytest.raises(CannotBreak):
        announce("", by=None, override="Now")
    assert not BreakingItem.objects.exists()
    item = announce("Bridge closed", by=None, override="Now")
    end(item, by=None)
    with pytest.raises(Quiet):
        start_again(item, by=None)
    assert not showing.now()


def test_undoing_an_end_gives_back_the_end_it_had_or_an_hour(broke: Broke) -> None:
    item = broke(minutes=90)
    had = item.ends_at
    end(item, by=None)
    assert start_again(item, by=None).ends_at == had
    at = had + timedelta(hours=5)  # it ended by itself
    assert start_again(item, by=None, at=at).ends_at == (at + timedelta(hours=1)).replace(
        microsecond=0
    )
    assert item.planned_end is None
    assert start_again(item, by=None, at=at).ends_at == item.ends_at


def test_a_line_cannot_claim_to_have_begun_earlier(broke: Broke) -> None:
    now = timezone.now()
    item = announce("Bridge closed", by=None, starts_at=now - timedelta(hours=5), at=now)
    assert item.starts_at == now.replace(microsecond=0)
    change(
        item, by=None, text="Bridge open", place=Place.BANNER, article=None,
        starts_at=now - timedelta(days=1), ends_at=item.ends_at,
    )  # fmt: skip
    assert (item.text, item.starts_at) == ("Bridge open", now.replace(microsecond=0))
