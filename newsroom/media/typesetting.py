"""Setting words in the paper's faces: which face a text needs, and how it breaks into lines.

Runs in the darkroom, so no Django here. Right-to-left text needs FriBidi, which Pillow looks for
when it starts: without it, letters would stand in the wrong order, and nothing is set.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont, features

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Face:
    """A file, the characters it may be asked for (ranges, hexadecimal), and what it can vary."""

    file: str
    holds: str
    right_to_left: bool = False
    axes: tuple[str, ...] = ()
    # Its letters beside Latin ones of the same size: how much larger they must be set to look as
    # large, and how much more room they need between lines.
    large: float = 1.0
    loose: float = 1.0

    def __contains__(self, character: str) -> bool:
        return ord(character) in _characters(self.holds)


_LATIN = (
    "20-7e a0-ac ae-12b 12e-131 134-148 14a-165 168-17f 192 218-21b 2bb-2bc 1e9e 2010 2012 2015"
)
_SIGNS = "2013-2014 2018-201a 201c-201e 2022 2026 2039-203a 20ac 2122 2212"
FACES = {
    "latin": Face(
        "static/fonts/newsroom-serif.woff2",
        f"{_LATIN} {_SIGNS} 2032-2033 2116 2190-2193",
        axes=("weight", "size"),
    ),
    "hebrew": Face(
        "newsroom/media/faces/newsroom-hebrew.woff2",
        f"20-7e a0-ac ae-ff 152-153 5b0-5c3 5c7 5d0-5ea 5f0-5f4 20aa {_SIGNS}",
        right_to_left=True,
        large=1.16,
    ),
    "arabic": Face(
        "newsroom/media/faces/newsroom-arabic.woff2",
        "20-7e a0-a3 a5 a7-ab ae-b0 b4 b6-b8 ba-bb bf-ff 600-61b 61d-6ff 750-77f 200c-200d "
        f"{_SIGNS}",
        right_to_left=True,
        large=1.12,
        loose=1.18,
    ),
}
SERIF = FACES["latin"]
# For labels, where the text is in the serif.
LABELS = Face("static/fonts/newsroom-sans.woff2", FACES["latin"].holds, axes=("weight",))

# Whether Pillow can put right-to-left text into its order and join its letters.
SHAPES = features.check("raqm") and features.check("fribidi")


@cache
def _characters(ranges: str) -> frozenset[int]:
    found: set[int] = set()
    for part in ranges.split():
        first, _dash, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def composed(text: str) -> str:
    """The text with letters and their accents as one, as the faces hold them."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def face_for(*texts: str) -> str | None:
    """The name of the one face that holds every character of the texts; None if none does.

    A card in which a letter is missing is worse than none.
    """
    words = "".join(map(composed, texts))
    for name, face in FACES.items():
        if all(character in face for character in words):
            return name if SHAPES or not face.right_to_left else None
    return None


def face_of(text: str, latin: Face = SERIF) -> Face:
    """The face to set a text in; `latin`, serif or sans, where one of those has its letters."""
    name = face_for(text)
    return latin if name in (None, "latin") else FACES[name]


@dataclass(frozen=True)
class Setting:
    """One face at one size, in pixels, and the direction of the text that is set in it."""

    face: Face
    size: int
    weight: int
    rtl: bool

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return _font(self.face, self.size, self.weight)

    @property
    def direction(self) -> str | None:
        if not SHAPES:
            return None
        return "rtl" if self.rtl else "ltr"

    def width(self, text: str) -> float:
        return self.font.getlength(text, direction=self.direction)


@cache
def _font(face: Face, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(ROOT / face.file, size)
    if face.axes:
        values = {"weight": weight, "size": min(60, max(20, size))}
        font.set_variation_by_axes([values[axis] for axis in face.axes])
    return font


@dataclass(frozen=True)
class Lines:
    """A text broken to a measure: what stands in each line, and how far apart they are."""

    setting: Setting
    lines: tuple[str, ...]
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)

    @property
    def width(self) -> float:
        return max(map(self.setting.width, self.lines), default=0.0)


def fitted(
    text: str, setting: Callable[[int], Setting], sizes: range, box: tuple[int, int],
    *, leading: float,
) -> Lines:  # fmt: skip
    """The text as large as fits into width and height; `sizes` from large to small.

    Lines are made about equally long. What is too long even for the smallest size is broken
    anywhere, and what is left over then is cut, with an ellipsis.
    """
    measure, height = box
    words = composed(text).split(" ")
    for size in sizes:
        chosen = setting(size)
        if any(chosen.width(word) > measure for word in words):
            continue
        apart = round(size * leading * chosen.face.loose)
        lines = _broken(words, chosen, measure)
        if len(lines) * apart <= height:
            return Lines(chosen, tuple(_balanced(words, chosen, measure, len(lines))), apart)
    chosen = setting(sizes[-1])
    apart = round(sizes[-1] * leading * chosen.face.loose)
    pieces = [piece for word in words for piece in _pieces(word, chosen, measure)]
    lines = _broken(pieces, chosen, measure)
    most = max(1, height // apart)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], chosen, measure)]
    return Lines(chosen, tuple(lines), apart)


def _broken(words: list[str], setting: Setting, measure: float) -> list[str]:
    """Lines as full as they go; each word fits."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if setting.width(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(words: list[str], setting: Setting, measure: int, count: int) -> list[str]:
    """As many lines in the narrowest measure that still takes no more of them."""
    narrow, wide = measure // 3, measure
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        fits = all(setting.width(word) <= middle for word in words)
        if fits and len(_broken(words, setting, middle)) <= count:
            wide = middle
        else:
            narrow = middle
    return _broken(words, setting, wide)


def _pieces(word: str, setting: Setting, measure: int) -> list[str]:
    """A word in pieces that fit, with hyphens; whole if it does."""
    if setting.width(word) <= measure:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and setting.width(f"{pieces[-1]}{character}-") > measure:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += character
    return pieces


def _cut(line: str, setting: Setting, measure: int) -> str:
    while line and setting.width(f"{line}…") > measure:
        line = line[:-1].rstrip()
    return f"{line}…"
