"""`{% picture %}`: one picture in one size, without a query and without looking for files."""

from typing import Any

from django import template

from newsroom.media.models import Picture
from newsroom.media.shapes import SIZES

register = template.Library()


@register.inclusion_tag("partials/picture.html")
def picture(
    picture: Picture | None,
    size: str,
    alt: str | None = None,
    priority: bool = False,
    sizes: str = "",
    **attributes: str,
) -> dict[str, Any]:
    """`alt` defaults to the library's text, "" for one that only decorates; `class` is added.

    `priority` is for the one picture at the top of a page: fetched at once instead of when near.
    Until the crops are made the master stands in, and the class names the shape to crop it to.
    """
    if not picture:
        return {"picture": None}
    crops = picture.crops(size)
    shape, _widest, usual = SIZES[size]
    # The right crop needs no shape from the style sheet; the master does until it is made.
    shown = f"picture-{shape.name}" if not picture.ready else ""
    context: dict[str, Any] = {
        "picture": picture,
        "alt": picture.alt_text if alt is None else alt,
        "priority": priority,
        "class": f"{shown} {attributes.get('class', '')}".strip(),
        "width": crops[-1].width,
        "height": crops[-1].height,
        "src": picture.rendition_path(size),
    }
    if picture.ready and shape.avif:
        context["avif"] = [(picture.crop_url(crop, "avif"), crop.width) for crop in crops]
        context["sizes"] = sizes or usual
        if usual and "webp" in crops[-1].formats:
            context["webp"] = picture.crop_url(crops[-1], "webp")
    return context


@register.simple_tag
def picture_url(picture: Picture | None, size: str) -> str:
    """Address of the widest JPEG of this size, beginning at the root of the site."""
    return picture.rendition_path(size) if picture else ""
