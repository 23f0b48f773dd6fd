"""The whole of the paper as an organisation, and its site: what the front page tells machines.

The contact page says how to reach it as well. Made of what is stored with the chrome: no query.
"""

from datetime import time
from itertools import groupby

from newsroom.lib.json_ld import Data, absolute, filled
from newsroom.pages.desks import Desk, Phone, desks
from newsroom.pages.hours import Stretch
from newsroom.pages.identity import Identity, identity
from newsroom.pages.structured_data import name_of_paper, publisher

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEARCH = "/search/?q={search_term_string}"


def website() -> Data:
    """The site by its name, and how to search it."""
    paper = identity()
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": paper.name,
        "url": absolute("/"),
        "inLanguage": paper.language,
        "publisher": {"@id": name_of_paper()},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute(SEARCH)},
            "query-input": "required name=search_term_string",
        },
    }


def organisation() -> Data:
    """Everything staff have entered about the paper that readers can see as well."""
    paper = identity()
    found = desks()
    policies = {name: absolute(path) for name, path in paper.policies}
    return publisher(paper) | filled(
        description=paper.tagline,
        foundingDate=str(paper.founded or ""),
        email=paper.email,
        telephone=next((phone.dial for desk in found for phone in desk.phones), ""),
        address=next((_address(desk) for desk in found if desk.address), {}),
        sameAs=list(paper.profiles),
        **policies,
    )


def organisation_with_desks() -> Data:
    """The same with every service desk: numbers, hours, addresses."""
    paper = identity()
    points = [point for desk in desks() for point in _contact_points(desk, paper)]
    return organisation() | filled(contactPoint=points)


def _address(desk: Desk) -> Data:
    """As staff wrote it: what of it is the street and what the town, no program knows."""
    return {"@type": "PostalAddress", "streetAddress": ", ".join(desk.address.splitlines())}


def _contact_points(desk: Desk, paper: Identity) -> list[Data]:
    """One for each number, or one for a desk that has only an address for mail."""
    phones: list[Phone | None] = [*desk.phones]
    if not phones and desk.email:
        phones = [None]
    return [
        {
            "@type": "ContactPoint",
            "contactType": desk.name,
            "availableLanguage": paper.language,
            **filled(
                description=phone.label if phone else "",
                telephone=phone.dial if phone else "",
                email=desk.email,
                hoursAvailable=_hours(desk.stretches, phone),
            ),
        }
        for phone in phones
    ]


def _hours(stretches: tuple[Stretch, ...], phone: Phone | None) -> list[Data]:
    """The week, days with the same hours together; hours for another number are left out."""

    def hours(stretch: Stretch) -> tuple[time, time]:
        return stretch.opens, stretch.closes

    number = phone.plain_number if phone else ""
    week = [stretch for stretch in stretches if stretch.number in ("", number)]
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [DAYS[stretch.weekday] for stretch in same],
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
        }
        for (opens, closes), same in groupby(sorted(week, key=hours), key=hours)
    ]
