"""Sets up a demo paper's identity, pages, terms, desks, staff and menus from a folder of files.

The folder is handed in: nothing here knows whose content it is. Safe to repeat; what exists,
edited or not, is left as it is.
"""

import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from newsroom.addresses.models import Address
from newsroom.pages.models import (
    Menu,
    MenuEntry,
    Page,
    ServiceDesk,
    ServiceException,
    ServiceHours,
    ServiceNumber,
    SiteSettings,
    StaffDesk,
    StaffMember,
    TermsVersion,
)
from newsroom.pages.models.menu import ADDRESS

TERMS = "terms-of-use"
# The demo's pages and terms are older than its readers' consents.
AGE = timedelta(days=400)


def seed(folder: Path, *, at: datetime) -> None:
    """Everything but the menus, which need the sections and topics they lead to."""
    paper = tomllib.loads((folder / "paper.toml").read_text(encoding="utf-8"))["paper"]
    service = tomllib.loads((folder / "desks.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        _identity(paper, service)
        for head, body in _pages(folder / "pages"):
            _page(head, body, at=at)
        _policies(paper.get("policies", {}))
        _service_desks(service["desk"], at=at)
        _staff(service["staff_desk"])


def _identity(paper: dict[str, Any], service: dict[str, Any]) -> None:
    defaults = {
        name: paper[name]
        for name in ("name", "tagline", "language", "time_zone", "copyright_owner", "founded")
    }
    editors = [member for desk in service["staff_desk"] for member in desk["members"]]
    email = paper.get("email") or next((member["email"] for member in editors), "")
    SiteSettings.objects.get_or_create(pk=1, defaults={**defaults, "email": email})


def _pages(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each file is TOML between two lines of `+++`, then the text in HTML."""
    for file in sorted(folder.glob("*.html")):
        _empty, head, body = file.read_text(encoding="utf-8").split("+++\n", 2)
        yield tomllib.loads(head), body.strip()


def _page(head: dict[str, Any], body: str, *, at: datetime) -> None:
    slug, title = head["slug"], head["title"]
    if slug == TERMS and not TermsVersion.objects.exists():
        TermsVersion.objects.create(title=title, body=body, effective_at=at - AGE)
    if Address.objects.filter(path=f"/{slug}/").exists():
        return  # there, or there once and renamed since
    Page.objects.create(
        title=title,
        slug=slug,
        summary=head.get("summary", ""),
        body=body,
        shows_terms=slug == TERMS and not Page.objects.filter(shows_terms=True).exists(),
        updated_at=at - AGE,
    )


def _policies(chosen: dict[str, str]) -> None:
    """Where nobody has chosen a page yet, the one of the demo."""
    identity = SiteSettings.objects.get(pk=1)
    for policy, slug in chosen.items():
        if getattr(identity, f"{policy}_id") is None:
            setattr(identity, policy, Page.objects.filter(slug=slug).first())
    identity.save()


def _service_desks(rows: list[dict[str, Any]], *, at: datetime) -> None:
    today = at.astimezone(SiteSettings.load().zone).date()
    for order, row in enumerate(rows, 1):
        desk, made = ServiceDesk.objects.get_or_create(
            slug=row["slug"],
            defaults={
                **{name: row.get(name, "") for name in ("name", "description", "email", "fax")},
                "address": row.get("address", ""),
                "show_in_foot": row.get("show_in_foot", order == 1),
                "order": order,
            },
        )
        if not made:
            continue
        for place, number in enumerate(row["numbers"], 1):
            ServiceNumber.objects.create(desk=desk, order=place, **number)
        for hours in row["hours"]:
            for day in hours["days"]:
                ServiceHours.objects.create(
                    desk=desk,
                    weekday=day,
                    opens=time.fromisoformat(hours["opens"]),
                    closes=time.fromisoformat(hours["closes"]),
                    purpose=hours.get("for", ""),
                )
        for day in row["exceptions"]:
            ServiceException.objects.create(
                desk=desk,
                date=today + timedelta(days=day["date_offset_days"]),
                name=day["name"],
                closed=day["closed"],
                opens=None if day["closed"] else time.fromisoformat(day["opens"]),
                closes=None if day["closed"] else time.fromisoformat(day["closes"]),
            )


def _staff(rows: list[dict[str, Any]]) -> None:
    for order, row in enumerate(rows, 1):
        desk, made = StaffDesk.objects.get_or_create(name=row["name"], defaults={"order": order})
        for place, member in enumerate(row["members"] if made else [], 1):
            author = member.get("author")
            StaffMember.objects.create(
                desk=desk,
                order=place,
                name=member["name"],
                role=member["role"],
                email=member["email"],
                link=f"/author/{author}/" if author else "",
            )


def seed_menus(folder: Path) -> None:
    """The menus of paper.toml; run it when sections, topics, columns and pages have addresses.

    An entry whose target has no address is left out.
    """
    menus = tomllib.loads((folder / "paper.toml").read_text(encoding="utf-8"))["menu"]
    with transaction.atomic():
        for order, row in enumerate(menus, 1):
            key = {"place": row["key"]}
            if row["key"] == Menu.Place.FOOTER:
                key["title"] = row["title"]
            menu, made = Menu.objects.get_or_create(
                **key, defaults={"title": row["title"], "order": order}
            )
            if made or not menu.entries.exists():
                _entries(menu, row["entries"])


def _entries(menu: Menu, rows: list[dict[str, Any]]) -> None:
    for order, row in enumerate(rows, 1):
        kind, target, label = row["kind"], row["target"], row.get("label", "")
        entry = MenuEntry(menu=menu, order=order, kind=kind, label=label)
        if kind == ADDRESS:
            entry.url = target
        else:
            address = Address.objects.filter(kind=kind, path__endswith=f"/{target}/").first()
            if address is None:
                continue
            entry.object_id = address.object_id
        entry.save()
