"""Pictures as machines are told of them: addresses, measures, and whose they are."""

from newsroom.lib.json_ld import Data, absolute, filled
from newsroom.media.models import Picture


def image(picture: Picture, address: str, width: int, height: int, caption: str = "") -> Data:
    """One file of a picture. The rights are what the uploaded file said of them."""
    creator: Data = {}
    if picture.photographer:
        creator = {"@type": "Person", "name": picture.photographer}
    elif picture.agency:
        creator = {"@type": "Organization", "name": picture.agency}
    return {
        "@type": "ImageObject",
        "contentUrl": absolute(address),
        "width": width,
        "height": height,
        **filled(
            caption=caption,
            creditText=picture.credit,
            creator=creator,
            copyrightNotice=picture.rights,
        ),
    }


def images(picture: Picture | None, caption: str = "") -> list[Data]:
    """The picture in the three shapes that search engines ask for, each as wide as it allows."""
    if picture is None:
        return []
    return [image(picture, *file, caption) for file in picture.engine_files()]


def face(picture: Picture | None) -> Data:
    """A portrait: the square that its page shows."""
    if picture is None:
        return {}
    return image(picture, picture.rendition_url("portrait"), *picture.dimensions("portrait"))


def logo(picture: Picture | None) -> Data:
    """A logo: whole, whatever its shape."""
    if picture is None:
        return {}
    return image(picture, picture.rendition_url("logo"), *picture.dimensions("logo"))
