"""How share cards are set: all fits, whatever the words, and letters stand in their order."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, ImageDraw

from newsroom.media import card_layout, typesetting
from newsroom.media.card_drawing import draw, placed
from newsroom.media.card_layout import ACCENT, HEIGHT, INK, MARGIN, PAPER, SOFT, TINT, WIDTH, layout
from newsroom.media.share_cards import ShareCard
from newsroom.media.typesetting import FACES, LABELS, SERIF, Setting, face_for, fitted
from tests.media.conftest import drawing

GREEN = (0, 128, 0)
LONG = (
    "The ministry that was to have been closed in March has spent eleven million on furniture that "
    "nobody ordered, and the auditors who found it were told to look elsewhere until the summer "
    "recess begins"
)
HEADLINES = {
    "one word": ("War", False),
    "usual": ("Assembly passes Water Act by two votes after a night of 214 amendments", False),
    "two hundred letters": (LONG[:200], False),
    "one long word": ("W" * 200, False),
    "a compound": ("Donaudampfschifffahrtsgesellschaftskapitän verläßt Hafen", False),
    "Hebrew": ("המליאה אישרה את חוק המים ברוב של 2 קולות אחרי לילה של 214 הסתייגויות", True),
    "Hebrew and Latin": ("מה למדנו מ-Brexit: 5 שיעורים, ולמה “כאן”", True),
    "long Hebrew": ("אוניברסיטה " * 18, True),
    "Arabic": ("البرلمان يقر قانون المياه بفارق صوتين بعد ليلة من 214 تعديلا", True),
}  # fmt: skip
VARIANTS = [("story", True), ("story", False), ("opinion", True), ("opinion", False),
            ("paper", False)]  # fmt: skip


def card(kind: str = "story", headline: str = "War", rtl: bool = False, **shown: str) -> dict:
    words = {"paper": "The Halimar Courier", "label": "Politics · Analysis", **shown}
    if kind == "opinion":
        words = {"byline": "Davor Selwyn", **words}
    return asdict(ShareCard(kind=kind, headline=headline, rtl=rtl, **words))


@pytest.mark.parametrize(("kind", "pictured"), VARIANTS)
@pytest.mark.parametrize("case", HEADLINES)
def test_all_words_stand_on_paper_inside_the_safe_area_and_on_nothing_else(case, kind, pictured):
    headline, rtl = HEADLINES[case]
    if rtl and not typesetting.SHAPES:
        pytest.skip("Pillow found no FriBidi on this machine")
    plan = layout(card(kind, headline, rtl), pictured=pictured)
    left, right = MARGIN, WIDTH - MARGIN
    if plan.picture:
        left, right = (plan.picture[2], right) if rtl else (left, plan.picture[0])
    below = 0
    for block in sorted(plan.blocks, key=lambda each: each.top):
        assert block.top >= below, "blocks stand one below the other"
        below = block.top + block.text.height
        assert block.text.height <= block.height
        for line, start, base in placed(block, plan):
            ink = block.text.setting.font.getbbox(
                line, anchor="ls", direction=block.text.setting.direction
            )
            assert start + ink[0] >= left - 4
            assert start + ink[2] <= right + 4
            assert base + ink[1] >= MARGIN - 4
            assert base + ink[3] <= HEIGHT - MARGIN + 16, "descenders of the last line"
    if kind != "paper":  # the tagline is one line, whatever its length
        shown = " ".join(line for block in plan.blocks for line in block.text.lines)
        broken, pure = (re.sub(r"[\s-]", "", text) for text in (shown, headline))
        assert (pure in broken) == ("…" not in shown)
        assert case == "one long word" or "…" not in shown


def test_short_headlines_are_large_and_long_ones_still_legible():
    def size(headline: str) -> int:
        plan = layout(card(headline=headline), pictured=True)
        return max(block.text.setting.size for block in plan.blocks)

    assert size("War") == card_layout.PICTURED
    assert size("War") > size(HEADLINES["usual"][0]) > size(LONG[:200]) >= card_layout.LEAST
    assert card_layout.LEAST * 500 / WIDTH > 15, "pixels, where a card is 500 wide"


def test_the_colours_are_the_paper_s_and_dark_enough_to_read():
    tokens = Path(settings.BASE_DIR, "static/css/tokens.css").read_text("utf-8").split("@media")[0]
    for name, colour in {"paper": PAPER, "ink": INK, "ink-soft": SOFT, "accent": ACCENT,
                         "opinion": TINT, "rule": card_layout.EDGE[PAPER],
                         "opinion-rule": card_layout.EDGE[TINT]}.items():  # fmt: skip
        assert re.search(rf"--{name}: ({colour});", tokens), name

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ground in (PAPER, TINT):
        for colour in (INK, SOFT, ACCENT):
            contrast = (luminance(ground) + 0.05) / (luminance(colour) + 0.05)
            assert contrast >= 4.5, (ground, colour)


@pytest.mark.parametrize("photo", ["#ffffff", "#000000", "#fdfcfa"])
def test_the_words_are_the_same_beside_any_picture(photo):
    def words(colour: str) -> bytes:
        made = draw(card(headline="Snow closes the pass"), Image.new("RGB", (1500, 1000), colour))
        return made.crop((0, 0, WIDTH - card_layout.BESIDE["story"] - 1, HEIGHT)).tobytes()

    assert words(photo) == words("#3366aa")


def test_the_picture_keeps_its_focal_point_and_stands_on_the_other_side_from_right_to_left():
    photo = drawing(2400, 1000)
    order = card() | {"focus": (0.99, 0.99)}
    made = draw(order, photo)
    assert made.size == (1200, 630)
    assert made.getpixel((WIDTH - 5, HEIGHT - 5)) == GREEN
    mirrored = draw(order | {"rtl": True}, photo)
    assert mirrored.getpixel((card_layout.BESIDE["story"] - 5, HEIGHT - 5)) == GREEN
    plain = draw(order, None)
    assert plain.getpixel((WIDTH - 5, HEIGHT - 5)) == (0xFD, 0xFC, 0xFA)


def test_a_transparent_picture_lies_on_the_paper():
    made = draw(card("opinion"), Image.new("RGBA", (600, 600), (0, 0, 0, 0)))
    assert made.getpixel((WIDTH - 5, HEIGHT - 5)) == (0xF6, 0xEE, 0xE2)


def ink(setting: Setting, text: str) -> Image.Image:
    """The text alone, cut to where it left ink."""
    image = Image.new("L", (1200, 300))
    ImageDraw.Draw(image).text(
        (100, 200), text, fill=255, font=setting.font, anchor="ls", direction=setting.direction
    )
    return image.crop((image.getbbox()[0], 0, image.getbbox()[2], 300))


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Glyphs differ by a shade where they begin between two pixels."""
    far = sum(abs(a - b) > 128 for a, b in zip(one.tobytes(), other.tobytes(), strict=True))
    return far < 0.02 * len(one.tobytes())


@pytest.mark.skipif(not typesetting.SHAPES, reason="Pillow found no FriBidi on this machine")
def test_hebrew_reads_from_the_right_and_its_numbers_from_the_left():
    setting = Setting(FACES["hebrew"], 90, 600, True)
    line, first, number = (ink(setting, text) for text in ("שלום 214", "ש", "214"))
    assert alike(line.crop((line.width - first.width, 0, line.width, 300)), first)
    assert alike(line.crop((0, 0, number.width, 300)), number)
    asked, mark = ink(setting, "שלום?"), ink(setting, "?")
    assert alike(asked.crop((0, 0, mark.width, 300)), mark), "a sentence ends at the left"
    wrong = ink(Setting(FACES["hebrew"], 90, 600, False), "ש")
    assert not alike(line.crop((0, 0, wrong.width, 300)), wrong)


@pytest.mark.parametrize("face", [*FACES.values(), LABELS], ids=lambda face: face.file)
def test_every_character_that_a_face_says_it_holds_has_a_letter_in_it(face):
    font = Setting(face, 40, 600, False).font
    nothing = bytes(font.getmask("\uffff"))
    blank = {0x20, 0xA0, 0x200C, 0x200D, *range(0x600, 0x606), 0x6DD}
    missing = [
        hex(code)
        for code in typesetting._characters(face.holds) - blank
        if bytes(font.getmask(chr(code))) == nothing
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("text", "face"),
    [("Café “Übermut” – 5 €", "latin"), ("Cafe\u0301", "latin"), ("שלום 214", "hebrew"),
     ("سلام", "arabic"), ("Привет", None), ("東京", None), ("Rain 🌧", None),
     ("שלום سلام", None), ("", "latin")],
)  # fmt: skip
def test_a_text_has_one_face_or_none(text, face):
    assert face_for(text) == (face if typesetting.SHAPES or face in ("latin", None) else None)


def test_without_fribidi_nothing_is_set_from_right_to_left(monkeypatch):
    monkeypatch.setattr(typesetting, "SHAPES", False)
    assert face_for("שלום") is None
    assert face_for("Peace") == "latin"


def test_lines_are_about_as_long_as_one_another():
    found = fitted(
        "Snow closes the Gannet Pass for a third night", lambda s: Setting(SERIF, s, 600, False),
        range(60, 59, -1), (1080, 400), leading=1.1,
    )  # fmt: skip
    widths = [found.setting.width(line) for line in found.lines]
    assert len(found.lines) == 2
    assert min(widths) > 0.7 * max(widths)
