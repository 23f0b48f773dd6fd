"""What an open page is told: what is new, changed and gone since its number, and little else."""

import re
from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.live.closing import close, describe
from articles.live.models import Coverage, LivePost
from articles.live.news import MOST_CHANGES
from articles.live.posting import bring_back, delete, edit, mark
from articles.live.words import Words
from articles.models import PublishedArticle

Say = Callable[..., LivePost]


def since(client: Client, row: PublishedArticle, number: int, **headers: str) -> HttpResponse:
    response: HttpResponse = client.get(f"/live/{row.pk}/since/{number}/", headers=headers)
    return response


def test_nothing_new_is_a_304_or_an_empty_answer_at_two_queries(
    client: Client, row: PublishedArticle, say: Say
) -> None:
    number = say("One.").changed
    first = since(client, row, number)
    assert (first.status_code, first.content) == (200, b"")
    assert first["Cache-Control"] == "public, max-age=2"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    with CaptureQueriesContext(connection) as captured:
        again = since(client, row, number, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(captured) <= 2
    say("Two.")
    news = since(client, row, number, **{"if-none-match": first["ETag"]})
    assert news.status_code == 200
    assert "Two." in news.content.decode()


def test_new_changed_and_deleted_posts_are_told_once(
    client: Client, row: PublishedArticle, say: Say
) -> None:
    kept, changed, gone = say("Kept."), say("Before."), say("Gone.")
    number = gone.changed
    edit(changed, by=None, words=Words(text="After."), base=1)
    delete(gone, by=None)
    new = say("New.", is_key=True, headline="News")
    html = since(client, row, number).content.decode()
    assert f'data-number="{new.changed}"' in html
    assert f'id="post-{kept.pk}"' not in html
    assert re.search(rf'id="post-{changed.pk}"[^>]*>', html)
    assert "data-new" not in re.findall(rf'id="post-{changed.pk}"[^>]*>', html)[0]
    assert "data-new" in re.findall(rf'id="post-{new.pk}"[^>]*>', html)[0]
    assert f'data-gone="post-{gone.pk}"' in html
    assert "Gone." not in html
    assert "<bdi>News</bdi>" in html  # the key events come along
    assert since(client, row, new.changed).content == b""
    bring_back(gone, by=None)
    assert "Gone." in since(client, row, new.changed).content.decode()


def test_a_page_that_asks_after_every_change_misses_none(
    client: Client, row: PublishedArticle, say: Say, coverage: Coverage
) -> None:
    """Pages that ask at different times end with the same posts."""
    posts = [say(f"Post {n}.") for n in range(3)]
    deeds = [
        lambda: say("More."),
        lambda: edit(posts[0], by=None, words=Words(text="Zero."), base=1),
        lambda: mark(posts[1], pinned=True),
        lambda: delete(posts[2], by=None),
        lambda: describe(coverage, summary="Known.", newest_first=True),
        lambda: bring_back(posts[2], by=None),
        lambda: close(coverage, by=None),
    ]
    pages = {step: (0, dict[str, str]()) for step in (1, 2, 5)}
    for turn, deed in enumerate([*deeds, lambda: None, lambda: None, lambda: None]):
        deed()
        for step, (number, held) in pages.items():
            if turn % step and turn < len(deeds):
                continue
            html = since(client, row, number).content.decode()
            for pk, rest in re.findall(r'id="post-(\d+)"[^>]*>(.*?)</article>', html, re.S):
                held[pk] = re.findall(r"<p>([^<]*)</p>", rest)[0]
            for pk in re.findall(r'data-gone="post-(\d+)"', html):
                held.pop(pk, None)
            told = re.search(r'data-number="(\d+)"', html)
            pages[step] = (int(told[1]) if told else number, held)
    stands = {str(p.pk): p.source for p in LivePost.objects.filter(deleted_at=None)}
    assert [held for _number, held in pages.values()] == [stands] * 3


def test_closing_reaches_open_pages(
    client: Client, row: PublishedArticle, say: Say, coverage: Coverage
) -> None:
    number = say("One.").changed
    assert "data-open" in since(client, row, number - 1).content.decode()
    close(coverage, by=None)
    html = since(client, row, number).content.decode()
    assert "data-open" not in html
    assert "Ended" in html


def test_a_page_that_missed_too_much_is_asked_to_load_itself_again(
    client: Client, row: PublishedArticle, many: Callable[[int], list[LivePost]]
) -> None:
    made = many(MOST_CHANGES + 1)
    html = since(client, row, 0).content.decode()
    assert "data-reload" in html
    assert len(html) < 400
    assert "data-reload" not in since(client, row, made[0].changed).content.decode()
    # A number from the future: the database was restored from an older copy.
    assert "data-reload" in since(client, row, 10**17).content.decode()
    assert since(client, row, 10**18).status_code == 404


def test_a_page_opened_before_the_first_post_gets_it(client: Client, row: PublishedArticle) -> None:
    html = client.get(row.get_absolute_url()).content.decode()
    assert f'data-since="/live/{row.pk}/since/0/" data-number="0"' in html
    assert since(client, row, 0).content == b""
