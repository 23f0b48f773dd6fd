"""The record of every editorial act: only added to, filtered, and taken along as CSV."""

import ast
import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.acts import VERBS, act_name, told
from articles.models import Article, History, PublishedArticle, Section
from articles.models.kinds import WithdrawalKind
from articles.publishing import withdraw, workflow
from articles.publishing.log import record
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.pages.founding import found as set_up

Write = Callable[..., Article]
ClientFor = Callable[[User], Client]
PAPER = "/admin/articles/history/"
AT = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)


def of(article: Article) -> str:
    return reverse("admin:articles_article_acts", args=[article.pk])


def rows(response: Any) -> list[dict[str, str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text))]


def table(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode().partition("<tbody>")[2]


def test_an_act_is_never_changed_and_never_removed(write: Write) -> None:
    act = write().history.get()
    act.note = "Something else"
    for deed in (
        act.save, act.delete, History.objects.all().delete,
        lambda: History.objects.update(note="x"),
        lambda: History.objects.filter(pk=act.pk).delete(),
    ):  # fmt: skip
        with pytest.raises(TypeError):
            deed()
    assert History.objects.get().note == ""


def test_the_history_outlives_the_article(write: Write, chief: User, client_for: ClientFor) -> None:
    article = write("A draft thrown away")
    article.delete()
    html = table(client_for(chief), PAPER)
    assert "A draft thrown away" in html


def test_every_act_has_its_words() -> None:
    """A verb that is recorded anywhere stands in articles/acts.py."""
    found: set[str] = set()
    for path in Path("articles").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                if node.args and isinstance(verb := node.args[0], ast.Constant):
                    found.add(verb.value)
                elif node.args and isinstance(verb := node.args[0], ast.IfExp):
                    found |= {part.value for part in (verb.body, verb.orelse)}  # type: ignore[attr-defined]
            if isinstance(node, ast.Call):
                found |= {
                    word.value.value for word in node.keywords
                    if word.arg == "verb" and isinstance(word.value, ast.Constant)
                }  # fmt: skip
    found |= {*workflow.MOVES, "save", "publish"}  # the defaults of `revise` and `publish`
    assert {"publish_failed", "withdraw", "put_back", "restore"} <= found
    assert found <= {*VERBS}, f"Give these acts their words in articles/acts.py: {found - {*VERBS}}"


def test_the_articles_history_says_who_did_what_when_and_why(
    live: Callable[..., PublishedArticle], chief: User, client_for: ClientFor
) -> None:
    article = Article.objects.get(pk=live().pk)
    withdraw(article, by=chief, reason="It named the wrong man.", kind=WithdrawalKind.LEGAL)
    html = table(client_for(chief), of(article))
    for words in ("Withdrawn", "Chiara Chief", "It named the wrong man.", "Legal reasons.",
                  "Published", "First publication.", "Saved", "The system"):  # fmt: skip
        assert words in html, words
    assert html.index("Withdrawn") < html.index("Published") < html.index("Saved")


def test_the_papers_history_is_filtered_by_person_act_section_day_and_words(
    write: Write, chief: User, editor: User, client_for: ClientFor
) -> None:
    sport = Section.objects.create(name="Sport", slug="sport")
    tram, match = write("Tram opens"), write("Match lost", section=sport)
    record("approve", tram, by=chief, at=AT)
    record("submit", match, by=editor, at=AT + timedelta(days=1), note="For tonight")
    set_up(name="The Paper", language="en", time_zone="Asia/Jerusalem")
    client = client_for(chief)
    everything = table(client, PAPER)
    assert everything.count("<tr>") == 4
    for query, shown, hidden in (
        ({"by": str(editor.pk)}, "Match lost", "Tram opens"),
        ({"verb": "approve"}, "Tram opens", "Match lost"),
        ({"section": str(sport.pk)}, "Match lost", "Tram opens"),
        ({"words": "TONIGHT"}, "Match lost", "Tram opens"),
        ({"words": "tram"}, "Tram opens", "Match lost"),
        # Half past midnight on the 11th on the clock of the paper.
        ({"since": "2026-03-11", "until": "2026-03-11"}, "Tram opens", "Match lost"),
        ({"since": "2026-03-12", "until": "2026-03-12"}, "Match lost", "Tram opens"),
    ):
        html = table(client, PAPER, **query)
        assert shown in html, query
        assert hidden not in html, query


def test_the_history_is_taken_along_as_csv_and_is_no_formula(
    write: Write, chief: User, client_for: ClientFor
) -> None:
    article = write('=HYPERLINK("http://evil.test")')
    record("approve", article, by=chief, at=AT, note='+1, "good"\nline')
    client = client_for(chief)
    found = rows(client.get(PAPER, {"format": "csv", "verb": "approve"}))
    assert len(found) == 1
    act = found[0]
    assert act["time_utc"] == "2026-03-10T22:30:00+00:00"
    assert (act["act"], act["in_words"], act["by"]) == ("approve", "Approved", "Chiara Chief")
    assert act["headline"] == '\'=HYPERLINK("http://evil.test")'
    assert act["note"] == '\'+1, "good"\nline'
    response = client.get(of(article), {"format": "csv"})
    assert f"history-{article.pk}-" in response["Content-Disposition"]
    assert len(rows(response)) == 2


def test_the_chief_reads_all_and_section_editors_read_theirs(
    write: Write, chief: User, editor: User, client_for: ClientFor
) -> None:
    theirs = Section.objects.create(name="Sport", slug="sport")
    theirs.editors.add(chief)
    write("Tram opens")
    hers = write("Match lost", section=theirs)
    deleted = write("Deleted draft")
    deleted.delete()
    every = table(client_for(chief), PAPER)
    assert all(words in every for words in ("Tram opens", "Match lost", "Deleted draft"))
    client = client_for(editor)
    own = table(client, PAPER)
    assert "Tram opens" in own
    assert "Match lost" not in own
    assert "Deleted draft" not in own
    lines = rows(client.get(PAPER, {"format": "csv"}))
    assert {line["headline"] for line in lines} == {"Tram opens"}
    act = hers.history.get()
    assert client.get(f"{PAPER}{act.pk}/change/").status_code in {302, 403, 404}
    assert client.get(PAPER, {"before": act.pk}).status_code == 404


def test_nobody_else_reads_the_papers_history_and_nobody_writes_it(
    write: Write, chief: User, reporter: User, letters: User, service: User, client_for: ClientFor
) -> None:
    act = write().history.get()
    for user in (reporter, letters, service):
        client = client_for(user)
        for query in ({}, {"format": "csv"}):
            assert client.get(PAPER, query).status_code == 403
        assert client.get(f"{PAPER}{act.pk}/change/").status_code in {302, 403}
    assert client_for(service).get(of(Article.objects.get())).status_code == 403
    client = client_for(chief)
    assert client.get(f"{PAPER}{act.pk}/change/").status_code == 200
    for url in (f"{PAPER}add/", f"{PAPER}{act.pk}/change/", f"{PAPER}{act.pk}/delete/", PAPER):
        assert client.post(url, {"note": "x", "post": "yes"}).status_code in {403, 405}
    assert History.objects.get().note == ""


def test_the_history_takes_any_input(write: Write, chief: User, client_for: ClientFor) -> None:
    article = write()
    client = client_for(chief)
    for field in ("by", "verb", "section", "since", "until", "words", "before", "format"):
        for raw in (
            "x",
            "\x00",
            "9" * 40,
            "-1",
            "0001-01-01",
            "9999-12-31",
            "2026-02-30",
            "٣",
            "<",
        ):
            for url in (PAPER, of(article)):
                assert client.get(url, {field: raw}).status_code in {200, 404}, (field, raw)
    # A day that makes no sense never becomes a file of everything.
    response = client.get(PAPER, {"since": "yesterday", "format": "csv"})
    assert response["Content-Type"].startswith("text/html")


def test_hostile_text_is_harmless_in_the_history(
    write: Write, chief: User, client_for: ClientFor
) -> None:
    article = write("<script>pwn()</script> \u202egnp")
    record("approve", article, by=chief, at=AT, note="<img src=x onerror=pwn()>" + "y" * 1_000_000)
    record("start", article, by=None, at=AT, details={"from": [1], "late_seconds": "x"})
    record("publish", article, by=None, at=AT, details={"change": {"a": 1}, "late_seconds": 61})
    for url in (PAPER, of(article)):
        html = table(client_for(chief), url)
        assert "<script>pwn" not in html
        assert "<img" not in html
        assert len(html) < 20_000


def test_a_long_history_is_paged_by_key_with_the_same_queries(
    write: Write, chief: User, client_for: ClientFor
) -> None:
    article = write()
    History.objects.bulk_create(
        History(article=article, label=f"Act {n}", verb="save", at=AT + timedelta(seconds=n // 2))
        for n in range(250)
    )
    client = client_for(chief)

    def page(url: str) -> tuple[str, int]:
        with CaptureQueriesContext(connection) as asked:
            html = client.get(url).content.decode()
        return html, len(asked)

    html, first = page(of(article))
    seen = 0
    while "Older acts" in html:
        seen += html.count("<tr>") - 1
        link = html.rpartition('<a href="?')[2].partition('"')[0].replace("&amp;", "&")
        html, more = page(f"{of(article)}?{link}")
        assert more <= first + 1
    assert seen + html.count("<tr>") - 1 == 251


def test_late_and_planned_publications_are_said(write: Write) -> None:
    article = write()
    act = record(
        "publish", article, by=None, at=AT, details={"change": "first", "late_seconds": 3700}
    )
    assert told(act) == ["First publication.", "61 minutes late."]
    act = record("submit", article, by=None, at=AT, details={"from": "writing", "to": "in_edit"})
    assert told(act) == ["Writing → In edit."]
    assert act_name("some_new_act") == "some new act"
    revise(article, by=None)
