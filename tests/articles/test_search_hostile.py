"""Whatever stands in the search box: results or an honest empty page."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import PublishedArticle
from articles.search.query import LONGEST, MOST_WORDS, parse
from newsroom.accounts.models import User

pytestmark = pytest.mark.django_db

TYPED = (
    '"', '""', '"unbalanced', 'un"bal"anced"', "'", "''", "'; DROP TABLE articles_searchentry; --",
    "' OR 1=1 --", "') UNION SELECT 1, 2 --", "1; SELECT pg_sleep(10)", "$$x$$", "a\\'b", "\\",
    "tram AND", "OR", "NOT", "AND OR NOT", "tram NEAR ferry", "NEAR(tram ferry, 2)", "tram*", "*",
    "^tram", "headline:tram", "terms:x", "{terms}: x", "tram + ferry", "(tram", "tram)", "((((",
    "tram:*", "!tram", "tram & ferry", "tram | ferry", "tram <-> ferry", "tram <1000000000> x",
    "tram:A", "%", "_", "%%s", "%(q)s", "{0}", "{{ 7*7 }}", "-", "--", "- -", "-tram", '-"', '-""',
    "\x00", "tram\x00", "\ud800", "\udfff tram", "\ufffe", "\u202etram", "\u0301",
    "a" + "\u0301" * 500,
    "(a+)+$", "(a|a)*b" * 20, "a" * 10_000, "a " * 5_000, '"' * 10_000, "-" * 10_000, "'a" * 5_000,
    '"a' * 5_000, "א\"" * 5_000, "tram " * 2_000, "﷽" * 200, "🚋", "½ ² ﬁ", "٣", "_s1", "^ab", "_",
    "<script>alert(1)</script>", "</mark><img src=x onerror=alert(1)>", "../../etc/passwd",
)  # fmt: skip


def quoted(typed: str) -> str:
    """As a careless or hostile program sends it, half characters and all."""
    return quote(typed.encode("utf-8", "surrogatepass"))


def test_anything_typed_gets_results_or_an_honest_empty_page(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    live("Tram opens", body="<p>Tram, ferry; shalom שלום.</p>")
    broken = {}
    for typed in TYPED:
        q = quoted(typed)
        for address in (
            f"/search/?q={q}", f"/search/?q={q}&order=newest&section={q}&kind={q}",
            f"/search/suggest/?q={q}",
        ):  # fmt: skip
            response = client.get(address)
            page = response.content.decode()
            hurt = [sign for sign in ("<script>alert", "<img src=x") if sign in page]
            if response.status_code != 200 or hurt:
                broken[ascii(typed)[:40]] = (address[:20], response.status_code, hurt)
    assert broken == {}
    assert PublishedArticle.objects.count() == 1


def test_the_desk_and_its_choosers_take_anything_too(
    chief: User, client_for: Callable[[User], Client], live: Callable[..., PublishedArticle]
) -> None:
    live("Tram opens")
    desk = client_for(chief)
    chooser = "app_label=breaking&model_name=breakingitem&field_name=article"
    broken = {}
    for typed in TYPED[::2]:
        for address in ("/admin/articles/article/?q=", f"/admin/autocomplete/?{chooser}&term="):
            if (code := desk.get(address + quoted(typed)).status_code) != 200:
                broken[ascii(typed)[:40]] = (address, code)
    assert broken == {}


def test_operators_and_wildcards_are_words_like_any_other(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    live("Tram and ferry near the port")
    live("Tram")

    def found(typed: str) -> int:
        return len(client.get("/search/", {"q": typed}).context["found"].stories)

    assert found("tram AND ferry") == 1
    assert found("tram OR") == 0
    assert found("tram NEAR ferry") == 1
    assert found("tra*") == found("t%") == found("headline:tram") == 0
    assert found("(tram) & ^tram") == 2


def test_a_long_question_is_cut_and_the_page_says_so(
    client: Client, live: Callable[..., PublishedArticle]
) -> None:
    live("Tram opens")
    for typed in ("tram " * 100, "tram " + "x" * 10_000, " ".join(f"w{n}" for n in range(30))):
        page = client.get("/search/", {"q": typed})
        assert "That was long: the search took the first 200 characters and 10 words" in (
            page.content.decode()
        )
        query = parse(typed)
        assert len(query.text) <= LONGEST
        assert sum(len(part.written) for part in query.parts) <= MOST_WORDS
    assert parse("tram " * 3).cut is False
