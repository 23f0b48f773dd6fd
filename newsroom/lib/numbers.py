"""Numbers that no database holds: whoever types one into a form by hand gets a 400."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse


class TooLargeIsABadRequest:
    """Middleware: SQLite overflows and PostgreSQL refuses where the stock forms do not ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, OverflowError | DataError):
            raise BadRequest("a number or a text is too large for the database") from exception
