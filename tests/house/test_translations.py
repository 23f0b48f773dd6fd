"""The site speaks Hebrew as completely as English: nothing unmarked, nothing left untranslated."""

import gettext
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.translations import (
    CATALOGUE,
    Entry,
    catalogue,
    in_code,
    in_scripts,
    in_template,
    messages,
    readers_templates,
)

ENTRIES = catalogue()
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Words in Latin letters that are the same in every language.
SAME = {"RSS", "Atom", "JSON", "Feed"}


def bare(template: str) -> list[str]:
    """The words a reader would see that no translation can reach, each with its line."""

    def blank(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n") + " "

    text = template
    for hidden in (
        r"{% comment .*?{% endcomment %}",
        r"{% block body_class %}.*?{% endblock %}", r"{% blocktrans.*?{% endblocktrans\w* %}",
        r"{[%{#].*?[%}#]}", r"<!--.*?-->", r"<!doctype html>",
    ):  # fmt: skip
        text = re.sub(hidden, blank, text, flags=re.S)
    text = re.sub(r"\s(?:alt|title|placeholder|aria-label)=\"([^\"<]*)\"", r">\1<i", text)
    text = re.sub(r"<[^<>]*>", blank, text)
    return [
        f"{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if set(re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", line))) - SAME
    ]


def translated(entries: list[Entry]) -> set[tuple[str, str]]:
    return {each.key for each in entries if not each.fuzzy and each.forms and all(each.forms)}


def test_every_text_for_readers_and_staff_has_a_hebrew_translation() -> None:
    wanted = messages()
    assert len(wanted) > 2000
    assert wanted - translated(ENTRIES) == set(), "run `make messages`, then translate these"


def test_every_word_of_the_desks_scripts_has_a_hebrew_translation() -> None:
    words, path = in_scripts(), CATALOGUE.with_name("djangojs.po")
    assert len(words) > 70
    assert words - translated(catalogue(path.read_text(encoding="utf-8"))) == set()


def test_nothing_in_the_catalogue_is_half_done() -> None:
    assert [e.message for e in ENTRIES if e.fuzzy or (any(e.forms) and not all(e.forms))] == []


def test_a_translation_keeps_the_places_of_what_is_put_in() -> None:
    assert [entry.message for entry in ENTRIES if entry.message and _misplaced(entry)] == []


def _misplaced(entry: Entry) -> bool:
    wanted = Counter(PLACE.findall(entry.plural or entry.message))
    for number, form in enumerate(entry.forms):
        # “One minute” and “two minutes” are words of their own in Hebrew, without the numeral; a
        # nameless place cannot be left out, because Python would refuse the superfluous value.
        found, without = Counter(PLACE.findall(form)), entry.plural and number < 2
        if form and found != wanted and not (without and "%d" not in wanted and found < wanted):
            return True
    return False


@pytest.mark.parametrize("lost", ["שלום", "שלום %(nom)s", "שלום %s", "%(name)s %(name)s"])
def test_a_lost_place_is_found(lost: str) -> None:
    assert _misplaced(Entry(message="Hello %(name)s", forms=[lost]))
    assert not _misplaced(Entry(message="Hello %(name)s", forms=["שלום %(name)s"]))


@pytest.mark.parametrize("path", sorted(CATALOGUE.parent.glob("*.po")), ids=lambda p: p.name)
def test_the_compiled_catalogue_is_that_of_the_text(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    header = compiled.pop("")
    expected: dict[object, str] = {}
    for entry in catalogue(path.read_text(encoding="utf-8")):
        key = f"{entry.context}\x04{entry.message}" if entry.context else entry.message
        for number, form in enumerate(entry.forms):
            if all(entry.forms):
                expected[(key, number) if entry.plural else key] = form
    assert expected.pop("") == header
    assert compiled == expected, "run `make messages`"


def test_the_catalogue_names_no_moment_or_machine() -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    assert not re.search(r"^#:|POT-Creation-Date", text, re.M)


def test_no_english_stands_bare_in_a_readers_template() -> None:
    paths = list(readers_templates())
    found = {str(path): bare(path.read_text(encoding="utf-8")) for path in paths}
    assert len(paths) > 100
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Read more</p>",
        "{% if x %}\nRead\n{% endif %}",
        '<img src="a.png" alt="A ship">',
        '<nav aria-label="Sections {{ x }}">',
        "{{ name }} wrote {{ headline }}",
        "{% translate 'Read' %} more",
    ],
)
def test_planted_english_is_found(planted: str) -> None:
    assert bare(f"{{% load i18n %}}\n{planted}\n")


def test_marked_words_in_every_way_of_marking_are_collected() -> None:
    template = (
        "{% translate 'one' %}{% translate \"two\" context 'c' %}{{ x|default:_('three') }}"
        "{% blocktranslate with n=x %}four {{ n }}{% endblocktranslate %}"
        "{% blocktranslate count n=x %}five{% plural %}fives{% endblocktranslate %}"
    )
    assert set(in_template(template)) == {
        ("", "one"), ("c", "two"), ("", "three"), ("", "four %(n)s"), ("", "five"),
    }  # fmt: skip
    code = (
        "from django.utils.translation import gettext_lazy as _, pgettext, ngettext\n"
        "_('one'), pgettext('c', 'two'), ngettext('three', 'threes', 3), other('four')"
    )
    assert set(in_code(code)) == {("", "one"), ("c", "two"), ("", "three")}
