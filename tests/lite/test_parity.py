"""Both editions carry the same words of an article, in the same order (tests/lite/words.py)."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles.live.closing import describe
from articles.live.models import Coverage, LivePost
from articles.models import Author, Byline, Column, PublishedArticle, Series, SeriesPart
from articles.models.kinds import Kind
from articles.publishing import publish
from articles.publishing.correct import correct
from articles.revisions import revise
from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from newsroom.pages.models import SiteSettings
from tests.fronts.stories import story
from tests.lite.words import words


def both(client: Client, row: PublishedArticle, query: str = "") -> tuple[list[str], list[str]]:
    """The words in the full edition and in the lite one."""
    address = f"{row.get_absolute_url()}{query}"
    pages = [client.get(edition + address) for edition in ("", "/lite")]
    assert [page.status_code for page in pages] == [200, 200]
    full, lite = (words(page.content.decode()) for page in pages)
    return full, lite


def picture(colour: str, **fields: str) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(file, "JPEG")
    return accept(ContentFile(file.getvalue(), "picture.jpg"), **fields)


@pytest.mark.usefixtures("paper")
def test_every_article_of_the_demo_paper_carries_the_same_words_in_both_editions(
    client: Client,
) -> None:
    different = {}
    rows = PublishedArticle.objects.select_related("section")
    for row in rows:
        full, lite = both(client, row)
        if full != lite:
            different[row.get_absolute_url()] = set(full) ^ set(lite)
    assert different == {}
    assert rows.count() > 50


HARD = """
<h2>A heading</h2><p>One <a href="/city/">link</a>, <em>two</em> &amp; a&nbsp;third<br>line.</p>
<ul><li>Outer<ul><li>Inner</li></ul></li></ul><ol start="4"><li>Four</li></ol>
<blockquote class="pull-quote"><p>Pulled out.</p></blockquote>
<blockquote><p>Quoted.</p></blockquote>
<table><thead><tr><th scope="col">Use</th></tr></thead><tbody><tr><td>9 m³</td></tr></tbody></table>
<p class="link-card"><a href="https://port.example/notice">The notice</a></p>
<pre><code>if a &lt; b:\n    print("&lt;script&gt;")</code></pre>
<hr><p>H<sub>2</sub>O <s>struck</s></p>
"""


def test_the_whole_vocabulary_of_a_text_its_pictures_boxes_and_corrections(
    client: Client, db: None
) -> None:
    other = story("The other story", kicker="Trams")
    lead, inside = picture("navy", photographer="Inga"), picture("maroon", caption="The library’s")
    body = (
        f'{HARD}<figure data-picture="{inside.pk}"><figcaption>Its own</figcaption></figure>'
        f'<aside data-article="{other.pk}"></aside><figure data-picture="{inside.pk}"></figure>'
    )
    row = story(
        "The hard one", kicker="Kicker", standfirst="“Two” sentences.", dateline="Halimar",
        body=body, lead_picture=lead, lead_caption="A caption of its own",
    )  # fmt: skip
    Byline.objects.create(article=row.article, text="A Guest", role="photographs")
    publish(row.article, by=None, revision=revise(row.article, by=None))
    correct(row.article, by=None, text="It was nine,\n\nnot eight.")
    row.refresh_from_db()
    full, lite = both(client, row)
    assert lite == full
    for said in (
        "Kicker “Two” Halimar Pulled Inner Four m³ notice port.example Struck The library’s Its own"
        " Inga Corrected nine, eight. photographs Correction other"
    ).split():
        assert said.lower() in (word.lower() for word in lite), said


def test_opinion_with_its_disclaimer_and_a_part_of_a_series(client: Client, db: None) -> None:
    author = Author.objects.create(name="Ezra", slug="ezra", portrait=picture("navy"))
    column = Column.objects.create(
        name="Against the Tide", slug="tide", portrait=picture("maroon"),
        disclaimer="Nothing here is advice.\n\nAt all.",
    )  # fmt: skip
    rows = [story(f"Part {n}", kind=Kind.OPINION, column=column) for n in (1, 2, 3)]
    series = Series.objects.create(name="Slow trains", slug="slow-trains")
    for order, row in enumerate(rows):
        SeriesPart.objects.create(series=series, article=row.article, order=order)
    Byline.objects.create(article=rows[1].article, author=author)
    publish(rows[1].article, by=None, revision=revise(rows[1].article, by=None))
    full, lite = both(client, rows[1])
    assert lite == full
    assert " ".join(lite).count("Slow trains") == 2
    assert "advice." in lite


def test_an_article_in_hebrew_in_an_english_paper_and_the_other_way_round(
    client: Client, db: None
) -> None:
    hebrew = story("כותרת", language="he", standfirst="משנה", body="<p>גוף</p>", kicker="נמל")
    english = story("Headline", language="en", standfirst="Deck")
    for language in ("en", "he"):
        SiteSettings.objects.update_or_create(pk=1, defaults={"language": language})
        for row in (hebrew, english):
            full, lite = both(client, row)
            assert lite == full
    html = client.get(f"/lite{hebrew.get_absolute_url()}").content.decode()
    assert '<html lang="he" dir="rtl">' in html
    html = client.get(f"/lite{english.get_absolute_url()}").content.decode()
    assert '<article dir="ltr">' in html
    assert 'lang="en">Headline</h1>' in html


def test_a_live_coverage_with_every_part_of_a_post_on_each_of_its_pages(
    client: Client,
    row: PublishedArticle,
    coverage: Coverage,
    say: Callable[..., LivePost],
    many: Callable[[int], list[LivePost]],
) -> None:
    many(25)
    describe(coverage, summary="All ashore.", newest_first=True)
    author = Author.objects.create(name="Dalia Fennimore", slug="dalia")
    say(
        "She is fast.\n\n- cow", headline="Alongside", author=author, is_key=True,
        embed_url="https://port.example/notice", embed_title="The notice",
        picture=picture("navy", caption="At the quay", photographer="Inga"),
    )  # fmt: skip
    say("Where to go", is_pinned=True)
    full, lite = both(client, row)
    assert lite == full
    assert {"Alongside", "quay", "Inga", "ashore.", "Pinned", "port.example"} <= set(lite)
    coverage.refresh_from_db()
    full, lite = both(client, row, "?order=oldest")
    assert lite == full
    oldest = LivePost.objects.filter(coverage=coverage).order_by("at").first()
    assert oldest is not None
    full, lite = both(client, row, f"?post={oldest.pk}")
    assert lite == full
    assert oldest.headline.split()[-1] in lite


def test_a_change_that_readers_are_told_of_is_told_in_both(client: Client, db: None) -> None:
    row = story("Tram line opens", at=timezone.now() - timedelta(days=2))
    row.article.body = "<p>It opened at nine.</p>"
    row.article.save()
    publish(row.article, by=None, revision=revise(row.article, by=None))
    row.refresh_from_db()
    full, lite = both(client, row)
    assert lite == full


def test_what_differs_is_found(client: Client, db: None) -> None:
    """The comparison itself: a word that is missing, doubled or moved does not pass."""
    html = client.get(story("A story").get_absolute_url()).content.decode()
    for changed in ("<p>It.</p>", "<p>It opened opened.</p>", "<p>opened. It</p>"):
        assert words(html) != words(html.replace("<p>It opened.</p>", changed))


def test_the_words_of_another_article_element_do_not_count() -> None:
    assert words("<article>One<article>two</article></article><article>three</article>") == [
        "One", "two"
    ]  # fmt: skip
