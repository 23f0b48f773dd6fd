"""Where readers find the terms: the page that shows them, and each version under it."""

from django.db.models import QuerySet

from newsroom.addresses.models import Address
from newsroom.pages.models import Page


def terms_paths() -> QuerySet[Address, str]:
    """The address of the page that shows the terms in force, if any: at most one row."""
    page = Page.objects.public().filter(shows_terms=True).values("pk")
    return Address.objects.filter(kind="page", object_id__in=page, is_current=True).values_list(
        "path", flat=True
    )


def path_of_version(path: str | None, number: int) -> str:
    """The address of one version under the page at `path`; the front when no page shows terms."""
    return f"{path}version/{number}/" if path else "/"
