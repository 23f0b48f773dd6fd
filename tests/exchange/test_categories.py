"""Which categories become sections, which become topics, and how a mapping file decides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article, Author, Section, Topic
from tests.exchange.exports import item, term, write

Bring = Callable[..., str]
HARBOUR = term("category", "harbour", "Harbour")
RARE = term("category", "flotsam", "Flotsam")
NONE = term("category", "uncategorized", "Uncategorized")


def posts(count: int, terms: str) -> list[str]:
    return [item(number, name=f"p{number}", terms=terms) for number in range(1, count + 1)]


def test_a_category_with_several_posts_becomes_a_section_and_a_rare_one_a_topic(
    bring: Bring, tmp_path: Path
) -> None:
    bring(write(tmp_path / "x.xml", *posts(2, HARBOUR), item(9, terms=RARE + HARBOUR)))
    assert [section.slug for section in Section.objects.all()] == ["harbour"]
    assert [topic.name for topic in Topic.objects.all()] == ["Flotsam"]


def test_drafts_make_no_section(bring: Bring, tmp_path: Path) -> None:
    drafts = [item(number, status="draft", terms=HARBOUR) for number in range(1, 9)]
    bring(write(tmp_path / "x.xml", *drafts))
    assert [section.name for section in Section.objects.all()] == ["News"]


def test_a_post_without_a_section_goes_to_the_news(bring: Bring, tmp_path: Path) -> None:
    Section.objects.create(name="NEWS", slug="latest-news")
    bring(write(tmp_path / "x.xml", *posts(5, NONE)))
    assert {article.section.slug for article in Article.objects.all()} == {"latest-news"}


def test_a_reserved_address_gives_way(bring: Bring, tmp_path: Path) -> None:
    bring(write(tmp_path / "x.xml", *posts(3, term("category", "media-2", "Media"))))
    assert Section.objects.get().slug == "media-2"


def test_a_section_that_staff_rename_is_found_again(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", *posts(3, HARBOUR))
    bring(path)
    section = Section.objects.get()
    section.name, section.slug = "Port", "port"
    section.save()
    assert "No change" in bring(path)
    write(path, *posts(3, HARBOUR), item(9, terms=HARBOUR))
    bring(path)
    assert Section.objects.get().articles.count() == 4


def test_a_mapping_file_decides(bring: Bring, tmp_path: Path) -> None:
    Section.objects.create(name="Port", slug="port")
    Section.objects.create(name="Comment", slug="comment")
    Author.objects.create(name="M. Holm", slug="m-holm")
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'default_section = "comment"\n[sections]\nharbour = "port"\nflotsam = "skip"\n'
        '[authors]\nmira = "m-holm"\n[kinds]\nharbour = "analysis"\n'
    )
    path = write(tmp_path / "x.xml", *posts(3, HARBOUR + RARE), item(9, terms=RARE))
    bring(path, map=mapping)
    articles = Article.objects.order_by("pk")
    assert [article.section.slug for article in articles] == ["port"] * 3 + ["comment"]
    assert {article.kind for article in articles} == {"analysis", "news"}
    assert not Topic.objects.exists()
    assert Author.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    ['[sections]\nharbour = "no-such"', '[authors]\nmira = "no-such"', "[sections", "colour = 1",
     "[sections]\nharbour = 1", "new_sections_from = 0", '[kinds]\nharbour = "rumour"'],
)  # fmt: skip
def test_a_wrong_mapping_file_ends_before_anything_is_written(
    bring: Bring, tmp_path: Path, text: str
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(text)
    with pytest.raises(CommandError, match="Nothing was written"):
        bring(write(tmp_path / "x.xml", *posts(3, HARBOUR)), map=mapping)
    assert not Article.objects.exists()


def test_an_author_with_slips_around_the_login_is_the_same(bring: Bring, tmp_path: Path) -> None:
    printed = bring(write(tmp_path / "x.xml", item(1), item(2, creator=">mira")))
    assert Author.objects.get().name == "Mira Holm"
    assert "“>mira” is taken for “mira”" in printed


def test_an_author_who_is_not_in_the_list_is_named_as_written(bring: Bring, tmp_path: Path) -> None:
    bring(write(tmp_path / "x.xml", item(1, creator="guest")))
    assert Author.objects.get().name == "guest"
