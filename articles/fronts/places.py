"""A section's address leads to its front; without this app it would lead to its plain list."""

from django.http import HttpRequest, HttpResponse

from newsroom.addresses.registry import kinds, register_kind


def _section_view(request: HttpRequest, section_id: int) -> HttpResponse:
    # Imported late: views need the app registry.
    from articles.fronts.views import section

    return section(request, section_id)


def register() -> None:
    """Called once the apps are ready, after the journalism has named its own."""
    known = kinds["section"]
    register_kind(known.name, known.label, choices=known.choices, view=_section_view)
