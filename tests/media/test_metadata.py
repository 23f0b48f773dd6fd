"""Files fill the blanks with what they say of themselves; the public gets none of it."""

from datetime import UTC, datetime

import pytest
from PIL import Image

from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from tests.media.conftest import drawing, encoded, exif_with_place, upload, with_iptc

pytestmark = pytest.mark.django_db

XMP = b"""<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'
 xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'
 xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'
 photoshop:Credit='North Wire' photoshop:DateCreated='2026-01-02T03:04:05Z'>
<dc:description><rdf:Alt><rdf:li xml:lang='fr'>Le port</rdf:li>
<rdf:li xml:lang='x-default'>The harbour &lt;b&gt;at dawn&lt;/b&gt;</rdf:li></rdf:Alt>
</dc:description>
<dc:creator><rdf:Seq><rdf:li>Ana Lens</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>dawn</rdf:li></rdf:Bag></dc:subject>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>Boats in fog</rdf:li>
</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"""

IPTC = {
    (1, 90): [b"\x1b%G"],
    (2, 120): ["Fishing boats return, Halimar — Tuesday".encode()],
    (2, 80): [b"Ben Shutter"],
    (2, 110): [b"Ben Shutter/East Press"],
    (2, 105): [b"Boats"],
    (2, 25): [b"fishing", b"harbour"],
    (2, 55): [b"20260304"],
    (2, 60): [b"050607+0200"],
    (2, 90): [b"Hidden Village"],
}


def test_iptc_fills_the_fields():
    picture = accept(upload(with_iptc(encoded(drawing()), IPTC)))
    assert picture.caption == "Fishing boats return, Halimar — Tuesday"
    assert (picture.photographer, picture.agency) == ("Ben Shutter", "East Press")
    assert picture.credit == "Ben Shutter/East Press"
    assert picture.title == "Boats"
    assert picture.keywords == "fishing, harbour"
    assert picture.taken_at == datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC)
    assert "Hidden Village" not in str(picture.metadata)


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_xmp_fills_the_fields_with_the_default_language(format):
    picture = accept(upload(encoded(drawing(), format, xmp=XMP)))
    assert picture.caption == "The harbour <b>at dawn</b>"  # text; templates escape it
    assert (picture.photographer, picture.agency) == ("Ana Lens", "North Wire")
    assert picture.alt_text == "Boats in fog"
    assert picture.keywords == "harbour, dawn"
    assert picture.taken_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_exif_fills_the_fields():
    picture = accept(upload(encoded(drawing(), exif=exif_with_place())))
    assert (picture.caption, picture.photographer) == ("Caption of the camera", "Kim Camera")
    assert picture.taken_at == datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC)


def test_exif_of_our_days_is_utf8():
    exif = Image.Exif()
    exif[0x013B] = "Zoë Müller".encode()
    assert accept(upload(encoded(drawing(), exif=exif))).photographer == "Zoë Müller"


def test_what_the_editor_wrote_wins():
    file = upload(with_iptc(encoded(drawing()), IPTC))
    picture = accept(file, caption="Ours", agency="", photographer="Cy Own")
    assert (picture.caption, picture.photographer) == ("Ours", "Cy Own")
    assert picture.agency == "East Press"


def test_without_metadata_the_name_of_the_file_is_the_title():
    picture = accept(upload(encoded(drawing()), "market_square 2.jpg"))
    assert (picture.title, picture.caption, picture.credit) == ("market square 2", "", "")


def test_no_public_file_carries_a_place_or_a_name(public_files, run_tasks):
    jpeg = encoded(drawing(), exif=exif_with_place(), xmp=XMP, comment=b"Secret comment")
    accept(upload(with_iptc(jpeg, IPTC)))
    run_tasks()
    assert len(public_files()) > 7
    for path in public_files():
        content = path.read_bytes()
        for secret in (b"SecretPhone", b"Kim Camera", b"Ben Shutter", b"Hidden", b"Secret c",
                       b"photoshop", b"Photoshop", b"xmpmeta", b"Exif\0\0"):  # fmt: skip
            assert secret not in content, (path.name, secret)
        with Image.open(path) as image:
            assert not dict(image.getexif())
            assert not image.getexif().get_ifd(0x8825)
            assert not {"xmp", "icc_profile", "photoshop", "comment"} & set(image.info)


def test_the_place_is_not_kept_in_the_database_either():
    picture = accept(upload(encoded(drawing(), exif=exif_with_place())))
    assert "34" not in str(picture.metadata["exif"])
    assert "gps" not in str(picture.metadata).lower()


def test_a_picture_is_turned_as_the_camera_was_held(public_files):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to see it upright
    picture = accept(upload(encoded(drawing(900, 600), exif=exif)))
    assert (picture.width, picture.height) == (600, 900)
    with Image.open(public_files()[0]) as master:
        red, _green, blue = master.getpixel((300, 100))
        assert red > 200 > blue  # what was left is now on top


HOSTILE = {
    "script": b"<script>alert(1)</script><img src=x onerror=alert(1)>",
    "long": b"A" * 12_000,
    "controls": "\x00\x1b[31mred\x07‮evil​".encode(),
    "no text": b"\xff\xfe\x80\x81",
    "formula": b"=HYPERLINK(1)",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_tidied_and_capped(name):
    value = HOSTILE[name]
    file = upload(with_iptc(encoded(drawing()), {(2, n): [value] for n in (120, 80, 110, 105)}))
    picture = Picture.objects.get(pk=accept(file).pk)
    picture.full_clean()
    assert len(picture.caption) <= 2000
    assert len(picture.photographer) <= 150
    assert not set(picture.caption) & set("\x00\x1b\x07‮​")


@pytest.mark.parametrize(
    "xmp",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>",
        b"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><x>&f;</x>",
        b"<x", b"\xff" * 1000, b"", b"<x>" * 20_000,
    ],
)  # fmt: skip
def test_malformed_xmp_is_no_metadata_and_no_error(xmp):
    picture = accept(upload(encoded(drawing(), xmp=xmp)))
    assert picture.caption == ""
    assert "xmp" not in picture.metadata


@pytest.mark.parametrize("date", ["0000:00:00 00:00:00", "tomorrow", "2026:13:45 99:99:99", "    "])
def test_an_impossible_date_is_no_date(date):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = date
    assert accept(upload(encoded(drawing(), exif=exif))).taken_at is None
