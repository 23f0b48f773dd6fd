"""Text as it can be shown in a comparison: what is invisible is named, what is endless is cut."""

import re

# Zero width, bidirectional embeddings, overrides and isolates, tags: what changes how neighbours
# are shown. Joiners (200c, 200d) are left within unchanged text, where Persian and Indic need them.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_NO_BREAK = re.compile("[\u00a0\u2007\u202f]")
_ENDLESS = re.compile(r"\S{121,}")
_ENDS = 50  # characters shown of either end of an endless word


def visible(text: str, *, changed: bool = True) -> str:
    """The text with controls as ⟨U+202E⟩; a change in spaces alone is shown as signs.

    Words of more than 120 characters are cut in the middle. Linear; the result is plain text.
    """
    text = _CONTROLS.sub(_named, text)
    if changed:
        text = _JOINERS.sub(_named, text)
        if text.isspace():
            text = _NO_BREAK.sub("⍽", text).replace("\n", "↵\n").replace(" ", "␣")
        else:
            text = _NO_BREAK.sub("⍽", text)
    return _ENDLESS.sub(_cut, text)


def _named(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def _cut(found: re.Match[str]) -> str:
    word = found[0]
    return f"{word[:_ENDS]}… ({len(word):,}) …{word[-_ENDS:]}"
