"""The colours of the demo pictures: eight printed-looking palettes, each a time of day.

Drawing lives beside this module; here are only colours and how two of them mix.
"""

from dataclasses import dataclass

Colour = tuple[int, int, int]


def hexed(text: str) -> Colour:
    """The colour written as six hexadecimal digits."""
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` with `share` (0 to 1) of `b` stirred in."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


@dataclass(frozen=True)
class Palette:
    """A few inks that were chosen to be printed together."""

    name: str
    sky: tuple[Colour, ...]  # from the zenith to the horizon
    land: tuple[Colour, ...]  # from the farthest layer to the nearest
    ink: Colour
    paper: Colour
    accent: Colour
    second: Colour
    third: Colour
    cast: float  # how much the light tints skin and other local colours, 0 to 1

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.cast >= 0.25

    def tinted(self, colour: Colour) -> Colour:
        """A colour of the world as it looks in this light."""
        return mix(colour, self.land[-2], self.cast)


def _palette(name: str, sky: str, land: str, rest: str, cast: float) -> Palette:
    ink, paper, accent, second, third = map(hexed, rest.split())
    return Palette(
        name,
        tuple(map(hexed, sky.split())),
        tuple(map(hexed, land.split())),
        ink,
        paper,
        accent,
        second,
        third,
        cast,
    )


PALETTES: dict[str, Palette] = {
    p.name: p
    for p in (
        _palette(
            "morning",
            "7FAEBB 9FC3C4 C6D6C8 E6E0C6 F6E6C4",
            "A9BFB4 7A9F9B 4A777B 2A525D 1B3A46",
            "14252E F8F0DF DD4F36 F0B04A 2F7F86",
            0.05,
        ),
        _palette(
            "dusk",
            "36406B 66547F A9617F DE7F6C F6BC86",
            "A4627A 74506F 4B3C62 302A4C 1F1C38",
            "15132A FBE9D0 F0603C F9C453 5B8A9A",
            0.18,
        ),
        _palette(
            "night",
            "0E1D38 13294B 1B3860 29507A 3D6C92",
            "2F5578 21426A 173255 102544 0B1A33",
            "070F22 F5EBCF E2603F F3B84A 6FA5AE",
            0.30,
        ),
        _palette(
            "noon",
            "5BA3BD 7FBAC8 A6CFD1 CBE1D6 E9EEDB",
            "B9C79A 8DAE7A 5B8E67 33685A 1F4A48",
            "152F30 FCF5E3 D8422C F2BA3C 2C6E8E",
            0.0,
        ),
        _palette(
            "autumn",
            "D9C8A5 E4D5B4 EDE1C6 F4EAD5 F9F2E2",
            "DDB57A C98746 A15A34 6B3B2B 452823",
            "2A1A1A FCF6E9 B9331E E3A03A 2B6C70",
            0.06,
        ),
        _palette(
            "winter",
            "94A8B8 AFBEC8 C7D1D6 DCE1E1 EEEEE8",
            "B4C2CB 8FA4B2 62798B 3E5669 293D4E",
            "182530 FAF8F1 CB3F2E E6AC42 4A7C8C",
            0.08,
        ),
        _palette(
            "sage",
            "AFC8B8 C3D5C2 D7E0CC E8EAD8 F5F1E1",
            "A8C0A4 7FA38D 54806F 33605A 214646",
            "182C2D FBF6E8 E2674F EDB54F 35707C",
            0.03,
        ),
        _palette(
            "rose",
            "DE9A92 E9AF9E F1C5AC F7D9BE FCEAD3",
            "CF8D8C A86A7B 774B69 4C3553 312541",
            "211A31 FEF4E4 1F7078 F4B43E C8473F",
            0.10,
        ),
    )
}
