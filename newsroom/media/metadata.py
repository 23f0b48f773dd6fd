"""What a file says of itself: IPTC, XMP and EXIF, read before the re-encoding that drops them.

Runs in the darkroom, so no Django here. Every value is text of a stranger: tidied and capped, never
trusted, never an error. Place names and coordinates are not read at all.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from PIL import Image, IptcImagePlugin

from newsroom.lib.text import tidy

CAPS = {
    "caption": 2000, "alt_text": 500, "photographer": 150, "agency": 150, "title": 200,
    "keywords": 1000, "rights": 500, "taken_at": 40,
}  # fmt: skip
Found = dict[str, str]

_IPTC = {
    "caption": 120, "photographer": 80, "agency": 110, "title": 105, "keywords": 25, "rights": 116,
}  # fmt: skip
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP = {
    "caption": (f"{_DC}description",),
    "photographer": (f"{_DC}creator",),
    "agency": (f"{_PHOTOSHOP}Credit", f"{_PHOTOSHOP}Source"),
    "title": (f"{_PHOTOSHOP}Headline", f"{_DC}title"),
    "keywords": (f"{_DC}subject",),
    "rights": (f"{_DC}rights",),
    "alt_text": (f"{_CORE}AltTextAccessibility",),
    "taken_at": (f"{_PHOTOSHOP}DateCreated", "{http://ns.adobe.com/exif/1.0/}DateTimeOriginal"),
}
# Some cameras write these into every picture.
_NO_CAPTION = re.compile(r"(OLYMPUS|SONY|MINOLTA|SAMSUNG|KONICA|DCIM|DIGITAL) .*CAMERA|\W*", re.I)


def read(image: Image.Image) -> dict[str, Any]:
    """`fields` to fill blanks with (XMP before IPTC before EXIF) and `metadata` to keep."""
    sources = {name: _safely(reader, image) for name, reader in _READERS.items()}
    fields: Found = {}
    for found in sources.values():
        for name, value in found.items():
            fields.setdefault(name, value)
    photographer, agency = fields.get("photographer", ""), fields.get("agency", "")
    # Agencies often write "Photographer/Agency" into the credit.
    if photographer and agency.casefold().startswith(f"{photographer}/".casefold()):
        fields["agency"] = agency[len(photographer) + 1 :].strip()
    kept = {name: found for name, found in sources.items() if found}
    upload = {"format": image.format, "width": image.width, "height": image.height}
    return {"fields": fields, "metadata": {**kept, "upload": upload}}


def orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:
        return 1


def _safely(reader: Callable[[Image.Image], Iterable[tuple[str, str]]], image: Any) -> Found:
    """A malformed block is no block: parsers of strangers' bytes fail in every way there is."""
    found: Found = {}
    try:
        for name, value in reader(image):
            if (value := tidy(value)[: CAPS[name]].strip()) and name not in found:
                found[name] = value
    except Exception:
        return found
    return found


def _iptc(image: Any) -> Iterable[tuple[str, str]]:
    records = IptcImagePlugin.getiptcinfo(image) or {}
    utf8 = records.get((1, 90)) == b"\x1b%G"

    def text(raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("utf-8" if utf8 else "cp1252", "replace")

    def one(number: int) -> str:
        raw = records.get((2, number), b"")
        return ", ".join(text(part) for part in ([raw] if isinstance(raw, bytes) else raw[:100]))

    for name, number in _IPTC.items():
        yield name, one(number)
    yield "agency", one(115)
    yield "title", one(5)
    if day := one(55):
        yield "taken_at", _moment(f"{day}T{one(60)}" if one(60) else day)


def _xmp(image: Image.Image) -> Iterable[tuple[str, str]]:
    raw = image.info.get("xmp") or b""
    raw = raw.encode() if isinstance(raw, str) else raw
    root = fromstring(raw.strip(b"\x00 \r\n\t"), forbid_dtd=True) if raw else None
    if root is None:
        return
    descriptions = list(root.iter(f"{_RDF}Description"))
    for name, tags in _XMP.items():
        for tag in tags:
            for description in descriptions:
                if tag in description.attrib:
                    value = description.attrib[tag]
                elif (element := description.find(tag)) is not None:
                    value = _value(element)
                else:
                    continue
                yield name, _moment(value) if name == "taken_at" else value


def _value(element: Element) -> str:
    """Text of a plain value, the default language of an alternative, all of a list."""
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        return element.text or ""
    if element.find(f"{_RDF}Alt") is not None:
        default = [item for item in items if item.get(_XML_LANG) == "x-default"]
        return (default or items)[0].text or ""
    return ", ".join(item.text for item in items[:100] if item.text)


def _exif(image: Image.Image) -> Iterable[tuple[str, str]]:
    exif = image.getexif()

    def text(tag: int) -> str:
        """Meant to be ASCII, written as UTF-8 by most, read as Latin-1 by Pillow."""
        value = str(exif.get(tag, ""))
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return value

    caption = text(0x010E)
    if not _NO_CAPTION.fullmatch(caption.strip()):
        yield "caption", caption
    yield "photographer", text(0x013B)
    yield "rights", text(0x8298)
    details = exif.get_ifd(0x8769)
    if taken := str(details.get(0x9003, "")):
        yield "taken_at", _moment(taken + str(details.get(0x9011, "")))


def _moment(text: str) -> str:
    """ISO 8601 of the many ways to write a date, or nothing; without a zone where none is given."""
    digits = re.match(
        r"\s*(\d{4})[:\-/]?(\d\d)[:\-/]?(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?)?"
        r"\s*(Z|[+-]\d\d:?\d\d)?",
        text,
    )
    if not digits:
        return ""
    year, month, day, hour, minute, second, zone = digits.groups()
    zone = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}" if zone else ""
    moment = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"
    try:
        return datetime.fromisoformat(moment).isoformat()
    except ValueError:
        return ""


_READERS = {"xmp": _xmp, "iptc": _iptc, "exif": _exif}
