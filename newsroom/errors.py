"""The pages for what went wrong on our side; they need no database and no context."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from newsroom.lib.unavailable import unavailable


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database cannot be reached or is too busy, else 500; kept by no cache."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable()
    response = HttpResponse(render_to_string("500.html"), status=500)
    response["Cache-Control"] = "no-store"
    return response
