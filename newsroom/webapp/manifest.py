"""What a device is told of the paper before it is put on its home screen."""

from typing import Any

from django.templatetags.static import static

from newsroom.pages.chrome import Chrome

# --paper of static/css/tokens.css in the light: behind the icon while the paper opens.
PAPER = "#fdfcfa"
# Long presses of the icon offer so many sections.
SHORTCUTS = 4
# File in static/icons, its side in pixels, and what it is for. Of a maskable one a device may cut
# a circle of four fifths.
ICONS = (
    ("paper-192.png", 192, "any"),
    ("paper-512.png", 512, "any"),
    ("paper-maskable-512.png", 512, "maskable"),
)


def manifest_of(site: Chrome) -> dict[str, Any]:
    """The members of the web app manifest, from what staff entered as the site's identity."""
    return {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": site.name,
        "short_name": site.name,
        "description": site.tagline,
        "lang": site.language,
        "dir": site.direction,
        "display": "minimal-ui",
        "categories": ["news"],
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(f"icons/{file}"), "sizes": f"{side}x{side}", "type": "image/png",
             "purpose": purpose}
            for file, side, purpose in ICONS
        ],
        "shortcuts": [
            {"name": link.label, "url": link.href} for link in site.menu_main[:SHORTCUTS]
        ],
    }  # fmt: skip
