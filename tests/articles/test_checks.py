"""What the checks say before publishing, where it stands, and how strict it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, CheckLevel, PublishedArticle, Section
from articles.publishing import CannotPublish, publish, unpublish
from articles.publishing.checks import Finding, findings, problems
from articles.revisions import revise, snapshot
from articles.topics.likeness import nearly_the_same
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from tests.articles.test_admin_saving import change, form

Write = Callable[..., Article]
CHECKS = "/admin/articles/checklevel/"


def said(article: Article) -> dict[str, Finding]:
    return {finding.check: finding for finding in findings(snapshot(article))}


def picture(**words: str) -> Picture:
    return Picture.objects.create(
        extension="jpg", width=800, height=600, checksum="0" * 64, title="Tram", **words
    )


def test_a_finished_article_has_no_findings(write: Write) -> None:
    article = write(
        lead_picture=picture(alt_text="A tram", photographer="Ada"), topics=["Trams", "Harbour"]
    )
    assert said(article) == {}


def test_each_check_names_its_field(write: Write) -> None:
    bare = picture()
    article = write(
        "Very long " * 12,
        section=None,
        lead_picture=bare,
        body='<p>TKTK <a href="/city/gone-999999/">here</a></p>',
        topics=["Tram lines", "Tram-line"],
    )
    article.bylines.all().delete()
    found = said(article)
    assert {name: finding.field for name, finding in found.items()} == {
        "section": "section", "placeholder": "body", "byline": "bylines",
        "alt_text": "lead_picture", "credit": "lead_picture", "length": "headline",
        "twins": "tags", "links": "body",
    }  # fmt: skip
    assert {name for name, finding in found.items() if finding.blocks} == {"section", "placeholder"}
    assert set(problems(snapshot(article))) == {"section", "body"}


@pytest.mark.parametrize(
    "words", ["TKTK", "TK TK", "[TK]", "XXXX", "Lorem ipsum dolor", "Who ???? said"]
)
def test_placeholder_text_is_found(write: Write, words: str) -> None:
    assert "placeholder" in said(write(body=f"<p>Before {words} after.</p>"))


@pytest.mark.parametrize("words", ["TK Maxx", "Super Bowl XXX", "Really?!", "XXIII", "LoremIpsum"])
def test_what_only_looks_like_a_placeholder_is_none(write: Write, words: str) -> None:
    assert "placeholder" not in said(write(body=f"<p>Before {words} after.</p>"))


def test_a_link_within_the_site_is_dead_until_its_page_is_live(
    write: Write, live: Callable[..., PublishedArticle], section: Section
) -> None:
    row = live("Other story", topics=["Trams"])
    good = [row.get_absolute_url(), "/city/", "/topic/trams/", "/contact/", "/", "/opinion/",
            "/author/rami-reporter/", "https://elsewhere.example/city/gone-9/"]  # fmt: skip
    body = "".join(f'<p><a href="{address}">x</a></p>' for address in good)
    article = write(body=body)
    assert "links" not in said(article)
    unpublish(row.article, by=None)
    article.body += f'<aside data-article="{row.pk}">x</aside>'
    sentences = [f.sentence for f in findings(snapshot(article)) if f.check == "links"]
    assert len(sentences) == 3  # the article, the topic that lost its only story, the box
    article.body = '<p><a href="/no-such-page/">x</a><a href="/%00/">y</a><a href="//[">z</a></p>'
    assert "links" in said(article)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Election", "Elections", True),
        ("Tel-Aviv", "Tel Aviv", True),
        ("Netanyahu", "Netanyhau", True),
        ("Benjamin Netanyahu", "Binjamin Netanyahu", True),
        ("Elections 2026", "Elections 2028", False),
        ("Iran", "Iraq", False),
        ("Austria", "Australia", False),
        ("Jerusalem", "Jerusalem Post", False),
        ("בחירות", "הבחירות", True),
    ],
)
def test_near_twins_are_slips_and_plurals_not_other_things(
    one: str, other: str, same: bool
) -> None:
    assert nearly_the_same(one, other) is same


def test_the_chief_decides_what_blocks(write: Write) -> None:
    article = write()
    article.bylines.all().delete()
    revise(article, by=None)
    CheckLevel.objects.create(check_name="byline", level="block")
    with pytest.raises(CannotPublish, match="no byline"):
        publish(article, by=None)
    CheckLevel.objects.update(level="off")
    assert said(article) == {}
    publish(article, by=None)


def test_no_setting_lets_an_article_without_a_section_go_live(write: Write) -> None:
    for name in ("headline", "section"):
        CheckLevel.objects.create(check_name=name, level="off")
    assert "section" in problems(snapshot(write(section=None)))


def test_the_checks_cost_the_same_for_one_picture_and_for_many(write: Write) -> None:
    def cost(count: int) -> int:
        boxes = "".join(
            f'<figure data-picture="{picture().pk}"></figure><p><a href="/city/a-{n}/">x</a></p>'
            for n in range(count)
        )
        taken = snapshot(write(body=boxes, topics=[f"Topic {n} of {count}" for n in range(9)]))
        with CaptureQueriesContext(connection) as captured:
            findings(taken)
        return len(captured)

    assert cost(2) == cost(30) <= 7


def test_the_form_shows_what_the_checks_say_beside_the_field(
    editor: User, client_for: Callable[[User], Client], write: Write
) -> None:
    article = write(lead_picture=picture(), body="<p>TKTK</p>")
    article.bylines.all().delete()
    revise(article, by=None)
    page = client_for(editor).get(change(article)).content.decode()
    for name in ("lead_picture", "body", "bylines"):
        assert f'id="id_{name}_findings"' in page, name
    assert 'aria-describedby="id_body_findings"' in page
    assert "no alternative text" in page


def test_what_blocks_is_an_error_beside_the_field_and_the_typed_text_stays(
    editor: User, client_for: Callable[[User], Client], section: Section
) -> None:
    fields = form(section=section.pk, body="<p>Typed TKTK</p>", _publish="Save and publish")
    answer = client_for(editor).post("/admin/articles/article/add/", fields)
    assert set(answer.context["adminform"].form.errors) == {"body"}
    assert "Typed TKTK" in answer.content.decode()


def test_what_only_warns_lets_it_go_live_and_is_said(
    editor: User, client_for: Callable[[User], Client], section: Section
) -> None:
    fields = form(section=section.pk, _publish="Save and publish")
    page = client_for(editor).post("/admin/articles/article/add/", fields, follow=True)
    assert PublishedArticle.objects.exists()
    assert "The checks say: There is no byline." in page.content.decode()


def test_the_chief_sets_the_levels_on_one_page(
    chief: User, editor: User, reporter: User, client_for: Callable[[User], Client]
) -> None:
    desk = client_for(chief)
    page = desk.get(CHECKS)
    chosen: dict[str, Any] = {**page.context["form"].initial, "byline": "block", "section": "off"}
    assert desk.post(CHECKS, chosen).status_code == 302
    assert list(CheckLevel.objects.values_list("check_name", "level")) == [("byline", "block")]
    desk.post(CHECKS, {**chosen, "byline": "warn"})
    assert not CheckLevel.objects.exists()
    assert desk.post(CHECKS, {**chosen, "byline": "\x00"}).status_code == 200
    for person in (editor, reporter):
        other = client_for(person)
        assert other.post(CHECKS, chosen).status_code == 403
        assert not CheckLevel.objects.exists()
    assert desk.get(reverse("admin:articles_checklevel_change", args=[1])).status_code == 302


def test_a_megabyte_of_one_word_is_checked_at_once(write: Write) -> None:
    taken = snapshot(write())
    taken["body"] = "<p>" + "X" * 1_000_000 + "</p>" + '<a href="' * 1000
    taken["headline"] = "?" * 100_000
    assert findings(taken)
