"""Bodies that no form of ours can have are refused before they are read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

# In bytes, by the beginning of the path: five of the largest pictures at once, or a form's text.
LARGEST = {"/admin/": 100 * 1024**2, "/": 5 * 1024**2}


def refuse_oversized(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """413 by the announced length: 100 MB where staff upload, 5 MB elsewhere."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        largest = next(size for path, size in LARGEST.items() if request.path.startswith(path))
        if length.isdigit() and int(length) > largest:
            text = _("This is too large: at most %d MB at once.") % (largest // 1024**2)
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware
