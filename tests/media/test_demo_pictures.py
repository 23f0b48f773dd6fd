"""The pictures of the demo newspaper: the same every time, all different, with their metadata."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import ExifTags, Image, IptcImagePlugin

from newsroom.media.demo import MOTIFS, draw, write_jpeg

SMALL = {"width": 180, "height": 120}
FACTS = {
    "caption": "Cranes in the port of Östhaven & beyond. A second sentence.",
    "photographer": "Zoë Ødegård",
    "agency": "Harbour <Press>",
    "alt_text": "Cranes “at work”",
    "city": "Östhaven",
    "keywords": ("port", "Łódź"),
    "created": datetime(2026, 3, 1, 14, 30, tzinfo=UTC),
}


def digest(image: Image.Image) -> str:
    return sha256(image.tobytes()).hexdigest()


def written(**extra: object) -> Image.Image:
    file = write_jpeg(Image.new("RGB", (60, 40), "teal"), **{**FACTS, **extra})
    return Image.open(BytesIO(file))


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_gives_the_same_pixels_every_time(motif):
    assert digest(draw(motif, 1, **SMALL)) == digest(draw(motif, 1, **SMALL))


def test_no_two_motifs_or_variants_look_alike():
    seen = {digest(draw(motif, v, **SMALL)) for motif in MOTIFS for v in range(7)}
    assert len(seen) == 7 * len(MOTIFS)


def test_there_is_a_picture_for_every_promised_motif():
    promised = (
        "harbour skyline mountains parliament market laboratory stadium classroom railway fields "
        "portrait stage storm solar library kitchen"
    )
    assert set(MOTIFS) == set(promised.split())


@pytest.mark.parametrize("size", [(180, 120), (96, 96), (120, 63), (90, 160)])
def test_a_picture_has_the_size_that_was_asked_for(size):
    image = draw("portrait", 3, width=size[0], height=size[1])
    assert (image.size, image.mode) == (size, "RGB")


def test_sixteen_portraits_show_sixteen_people():
    faces = {digest(draw("portrait", v, **SMALL).crop((60, 20, 120, 80))) for v in range(16)}
    assert len(faces) == 16


def test_an_unknown_motif_or_a_negative_variant_is_refused():
    with pytest.raises(KeyError):
        draw("unicorn", 0, **SMALL)
    with pytest.raises(ValueError, match="from 0"):
        draw("harbour", -1, **SMALL)


def test_exif_names_the_photographer_and_the_hour():
    exif = written().getexif()
    assert exif[ExifTags.Base.Artist].encode("latin-1").decode() == "Zoë Ødegård"
    assert "Harbour <Press>" in exif[ExifTags.Base.Copyright]
    assert exif[ExifTags.Base.ImageDescription].startswith("Cranes in the port")
    photo = exif.get_ifd(ExifTags.IFD.Exif)
    assert photo[ExifTags.Base.DateTimeOriginal] == "2026:03:01 14:30:00"
    assert photo[ExifTags.Base.OffsetTimeOriginal] == "+00:00"


def test_a_place_is_written_only_when_it_is_given():
    assert not written().getexif().get_ifd(ExifTags.IFD.GPSInfo)
    place = written(gps=(-33.8568, 151.2153)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert place[ExifTags.GPS.GPSLatitudeRef] == "S"
    degrees, minutes, seconds = map(float, place[ExifTags.GPS.GPSLatitude])
    assert degrees + minutes / 60 + seconds / 3600 == pytest.approx(33.8568, abs=0.00001)
    assert place[ExifTags.GPS.GPSLongitudeRef] == "E"


def test_xmp_carries_caption_credit_and_alternative_text():
    described = written().getxmp()["xmpmeta"]["RDF"]["Description"]
    assert described["description"]["Alt"]["li"]["text"] == FACTS["caption"]
    assert described["creator"]["Seq"]["li"] == "Zoë Ødegård"
    assert described["rights"]["Alt"]["li"]["text"] == "© 2026 Harbour <Press>"
    assert described["AltTextAccessibility"]["Alt"]["li"]["text"] == "Cranes “at work”"
    assert described["Credit"] == "Harbour <Press>"
    assert described["City"] == "Östhaven"
    assert described["subject"]["Bag"]["li"] == ["port", "Łódź"]


def test_iptc_says_it_is_utf8_and_repeats_the_facts():
    iptc = IptcImagePlugin.getiptcinfo(written())
    assert iptc[1, 90] == b"\x1b%G"
    assert iptc[2, 120].decode() == FACTS["caption"]
    assert iptc[2, 80].decode() == "Zoë Ødegård"
    assert iptc[2, 110].decode() == "Harbour <Press>"
    assert iptc[2, 116].decode() == "© 2026 Harbour <Press>"
    assert iptc[2, 5].decode() == "Cranes in the port of Östhaven & beyond"
    assert [word.decode() for word in iptc[2, 25]] == ["port", "Łódź"]


def test_a_long_name_is_cut_between_letters_where_iptc_has_a_limit():
    name = "ø" * 15 + "abc" + "ø" * 5
    cut = IptcImagePlugin.getiptcinfo(written(photographer=name))[2, 80]
    assert len(cut) <= 32
    assert name.startswith(cut.decode())


def test_a_picture_without_city_or_keywords_leaves_the_fields_out():
    image = written(city="", keywords=())
    assert not {(2, 90), (2, 25)} & set(IptcImagePlugin.getiptcinfo(image))
    assert "City" not in image.getxmp()["xmpmeta"]["RDF"]["Description"]
