"""The page cache while its database is away: what is shown, and what is refused at once."""

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError

from articles.models import PublishedArticle
from articles.publishing import withdraw
from newsroom.cache import away
from newsroom.pages.identity import present_identity
from newsroom.pages.models import Page, SiteSettings
from tests.cache.browser import Browser
from tests.cache.stories import mend


@pytest.fixture
def browser(db: None, anywhere: str) -> Browser:
    """All of it holds wherever pages are stored."""
    return Browser()


class Away:
    """The site while its database does not answer."""

    def __init__(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_args: Any, **_more: Any) -> None:
            raise OperationalError("no answer")

        site = browser.front.site

        def refuses(environ: Any, start: Any) -> Any:
            return site(environ, start) if away.REFUSED in environ else fail()

        monkeypatch.setattr(browser.front.log, "catch_up", fail)
        monkeypatch.setattr(browser.front, "site", refuses)
        browser.front.log._failed = True


def test_with_the_database_away_a_page_out_of_date_is_shown_and_one_that_was_taken_never(
    browser: Browser, story: PublishedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = story.get_absolute_url()
    old = {each: browser.get(each) for each in ("/", path)}
    withdraw(story.article, by=None, reason="It was wrong.")
    browser.front.log.catch_up()
    Away(browser, monkeypatch)
    browser.wait(3600)
    taken = browser.get(path)
    assert taken.status == 503
    assert int(taken.headers["retry-after"]) > 0
    assert taken.headers["cache-control"] == "no-store"
    # The front page showed the story too, so it is not shown again either.
    assert browser.get("/").status == 503
    assert old[path].status == 200


def test_an_edited_page_is_still_shown_after_an_hour_without_a_database_but_not_after_a_day(
    browser: Browser, story: PublishedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = browser.get("/city/")
    mend(story, "Tram line opens late")
    browser.front.log.catch_up()
    Away(browser, monkeypatch)
    browser.wait(3600)
    assert browser.get("/city/") == old
    browser.wait(24 * 3600)
    assert browser.get("/city/").status == 503


def test_with_the_database_away_a_form_is_refused_at_once_in_the_paper_s_language(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"language": "he"})
    present_identity()
    Away(browser, monkeypatch)
    for environ in ({"REQUEST_METHOD": "POST"}, {"REQUEST_METHOD": "GET"}):
        refused = browser.get("/contact/", **environ)
        assert refused.status == 503
        assert refused.headers["retry-after"] == "30"
        assert "default-src 'none'" in refused.headers["content-security-policy"]
        assert '<html lang="he" dir="rtl">' in refused.body.decode()
    with pytest.raises(OperationalError):  # what does without a database is asked
        browser.get("/newsletter/", REQUEST_METHOD="POST")


def test_with_the_database_away_what_is_somebody_s_own_is_refused_at_once(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    Away(browser, monkeypatch)
    answer = browser.get("/me/", "page=/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=anything")
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")


def test_pages_survive_a_restart_and_what_was_taken_stays_taken(
    browser: Browser, story: PublishedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.objects.create(title="About us", slug="about-us", body="<p>We are.</p>")
    paths = (page.get_absolute_url(), story.get_absolute_url())
    before = {path: browser.get(path) for path in paths}
    withdraw(story.article, by=None, reason="It was wrong.")
    browser.front.log.catch_up()
    again = Browser()  # another process, and the database does not answer
    Away(again, monkeypatch)
    assert again.get(paths[0]) == before[paths[0]]
    assert again.get(paths[1]).status == 503
