"""What every page may say of the paper to machines: who publishes, and where the page stands.

All of it is made of the stored identity; the whole of the organisation, for the front page, is in
organisation.py.
"""

from collections.abc import Sequence

from newsroom.lib.json_ld import Data, absolute, filled
from newsroom.media.structured_data import logo
from newsroom.pages.identity import Identity, identity

ORGANISATION = "NewsMediaOrganization"


def name_of_paper() -> str:
    """The `@id` under which every page speaks of the same organisation."""
    return absolute("/#paper")


def publisher(paper: Identity | None = None) -> Data:
    """The paper in short, as the publisher of something."""
    paper = paper or identity()
    return {
        "@type": ORGANISATION,
        "@id": name_of_paper(),
        "name": paper.name,
        "url": absolute("/"),
        **filled(logo=logo(paper.logo)),
    }


def trail(places: Sequence[tuple[str, str]], here: str) -> Data:
    """The way from the front page: (name, path) of each place above, then this page's own name."""
    above = [(identity().name, "/"), *places]
    steps: list[Data] = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(above, start=1)
    ]
    steps.append({"@type": "ListItem", "position": len(steps) + 1, "name": here})
    return {"@type": "BreadcrumbList", "itemListElement": steps}
