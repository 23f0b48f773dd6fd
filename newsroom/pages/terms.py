"""Where readers find the terms: the page that shows them, and each version under it."""

from newsroom.addresses.models import Address
from newsroom.pages.models import Page


def terms_path() -> str | None:
    """The address of the page that shows the terms in force; None without one. One query."""
    page = Page.objects.public().filter(shows_terms=True).values("pk")
    return (
        Address.objects.filter(kind="page", object_id__in=page, is_current=True)
        .values_list("path", flat=True)
        .first()
    )


def path_of_version(number: int) -> str:
    """The address of one version; the page of the front when no page shows the terms."""
    path = terms_path()
    return f"{path}version/{number}/" if path else "/"
