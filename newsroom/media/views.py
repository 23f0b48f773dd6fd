"""Serving the library's public files: masters and crops, and nothing that is not one of those."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from newsroom.media import renditions
from newsroom.media.store_failures import StoreFailed

TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
}
HEADERS = {
    # A name never changes its bytes: another file has another token, another crop another version.
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@require_safe
def picture_file(request: HttpRequest, folder: str, name: str, extension: str) -> HttpResponseBase:
    """The address pattern admits only names of ours, so no path can leave the folder."""
    try:
        file = _opened(folder, name, extension)
    except (ValidationError, StoreFailed):
        return later()
    return immutable(request, file, name, TYPES[extension])


def _opened(folder: str, name: str, extension: str) -> File[Any]:
    path = f"{folder}/{name}.{extension}"
    try:
        return default_storage.open(path)
    except (FileNotFoundError, IsADirectoryError):
        if not renditions.on_demand(folder[3:], name, extension):
            raise Http404 from None
        return default_storage.open(path)


def immutable(request: HttpRequest, file: File[Any], name: str, kind: str) -> HttpResponseBase:
    """A file whose address never changes its bytes, or 304 for who has it."""
    etag = f'"{name}"'
    headers = {**HEADERS, "ETag": etag}
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        file.close()
        for header, value in headers.items():
            known[header] = value
        return known
    return FileResponse(file, content_type=kind, headers=headers)


def later() -> HttpResponse:
    """In a moment: a picture is being drawn for another reader, or the store does not answer."""
    return HttpResponse(status=503, headers={"Retry-After": "2", "Cache-Control": "no-store"})
