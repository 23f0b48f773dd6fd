"""JPEG files with the metadata of a press photo: EXIF, XMP and IPTC-IIM side by side.

Only writing, for the demo and for tests; the picture library reads metadata with its own code.
"""

import struct
from collections.abc import Sequence
from datetime import datetime
from html import escape
from io import BytesIO

from PIL import ExifTags, Image

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
{fields}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def write_jpeg(
    image: Image.Image,
    *,
    caption: str,
    photographer: str,
    agency: str,
    alt_text: str,
    created: datetime,
    city: str = "",
    keywords: Sequence[str] = (),
    gps: tuple[float, float] | None = None,
) -> bytes:
    """The picture as JPEG with the same facts in all three places a reader may look.

    `gps` is latitude and longitude in degrees, north and east positive: only there so that a test
    can show that publishing strips it.
    """
    holder = agency or photographer
    rights = f"© {created.year} {holder}"
    title = caption.partition(". ")[0].rstrip(".")
    file = BytesIO()
    image.convert("RGB").save(
        file,
        "JPEG",
        quality=86,
        progressive=True,
        exif=_exif(caption, photographer, rights, created, gps),
        xmp=_xmp(caption, photographer, rights, holder, alt_text, title, city, keywords, created),
        extra=_iptc(caption, photographer, rights, holder, title, city, keywords, created),
    )
    return file.getvalue()


def _exif(
    caption: str,
    photographer: str,
    rights: str,
    created: datetime,
    gps: tuple[float, float] | None,
) -> Image.Exif:
    exif = Image.Exif()
    # EXIF text is ASCII by its standard; everyone writes UTF-8, so these are bytes already.
    exif[ExifTags.Base.ImageDescription] = caption.encode()
    exif[ExifTags.Base.Artist] = photographer.encode()
    exif[ExifTags.Base.Copyright] = rights.encode()
    photo = exif.get_ifd(ExifTags.IFD.Exif)
    photo[ExifTags.Base.DateTimeOriginal] = created.strftime("%Y:%m:%d %H:%M:%S")
    if created.utcoffset() is not None:
        zone = created.strftime("%z")
        photo[ExifTags.Base.OffsetTimeOriginal] = f"{zone[:3]}:{zone[3:5]}"
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef] = "N" if gps[0] >= 0 else "S"
        place[ExifTags.GPS.GPSLatitude] = _degrees(gps[0])
        place[ExifTags.GPS.GPSLongitudeRef] = "E" if gps[1] >= 0 else "W"
        place[ExifTags.GPS.GPSLongitude] = _degrees(gps[1])
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(round(abs(value) * 360_000), 6000)
    return float(minutes // 60), float(minutes % 60), seconds / 100


def _xmp(
    caption: str,
    photographer: str,
    rights: str,
    credit: str,
    alt_text: str,
    title: str,
    city: str,
    keywords: Sequence[str],
    created: datetime,
) -> bytes:
    def listed(name: str, kind: str, values: Sequence[str]) -> str:
        mark = ' xml:lang="x-default"' if kind == "Alt" else ""
        items = "".join(f"<rdf:li{mark}>{escape(v)}</rdf:li>" for v in values)
        return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"

    fields = [
        listed("dc:title", "Alt", [title]),
        listed("dc:description", "Alt", [caption]),
        listed("dc:creator", "Seq", [photographer]),
        listed("dc:rights", "Alt", [rights]),
        listed("Iptc4xmpCore:AltTextAccessibility", "Alt", [alt_text]),
        f"<photoshop:Credit>{escape(credit)}</photoshop:Credit>",
        f"<photoshop:DateCreated>{created.isoformat()}</photoshop:DateCreated>",
    ]
    if keywords:
        fields.append(listed("dc:subject", "Bag", keywords))
    if city:
        fields.append(f"<photoshop:City>{escape(city)}</photoshop:City>")
    return _XMP.format(fields="\n".join(fields)).encode()


def _iptc(
    caption: str,
    photographer: str,
    rights: str,
    credit: str,
    title: str,
    city: str,
    keywords: Sequence[str],
    created: datetime,
) -> bytes:
    """An APP13 segment; numbers and lengths in octets are those of IIM 4.2."""

    def dataset(record: int, number: int, text: bytes) -> bytes:
        return struct.pack(">BBBH", 0x1C, record, number, len(text)) + text

    def cut(text: str, octets: int) -> bytes:
        return text.encode()[:octets].decode(errors="ignore").encode()

    records = dataset(1, 90, b"\x1b%G")  # what follows is UTF-8
    records += dataset(2, 0, struct.pack(">H", 4))
    records += dataset(2, 5, cut(title, 64))
    records += b"".join(dataset(2, 25, cut(word, 64)) for word in keywords)
    records += dataset(2, 55, created.strftime("%Y%m%d").encode())
    records += dataset(2, 80, cut(photographer, 32))
    if city:
        records += dataset(2, 90, cut(city, 32))
    records += dataset(2, 110, cut(credit, 32))
    records += dataset(2, 116, cut(rights, 128))
    records += dataset(2, 120, cut(caption, 2000))
    # Photoshop's resource 0x0404 with an empty name, padded to an even length.
    block = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    )
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
