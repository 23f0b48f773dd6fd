"""Serving the library's public files: masters and crops, and nothing that is not one of those."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

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
        file = default_storage.open(f"{folder}/{name}.{extension}")
    except (FileNotFoundError, IsADirectoryError):
        raise Http404 from None
    etag = f'"{name}"'
    headers = {**HEADERS, "ETag": etag}
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        file.close()
        for header, value in headers.items():
            known[header] = value
        return known
    return FileResponse(file, content_type=TYPES[extension], headers=headers)
