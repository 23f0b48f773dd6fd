"""Static files under names that carry their content's hash, compressed once at collectstatic.

The readers' style sheet only lists its parts, so that each idea has a file of its own; their text
is put in place of the list here, so that a browser asks once.

Files of earlier releases stay for `KEPT`: pages that readers, caches and machines not yet renewed
have name those of their own release.
"""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from posixpath import dirname, join
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
# Seconds that a file stays after the last release which had it.
KEPT = 14 * 24 * 3600.0
_HASHED = re.compile(r"\.[0-9a-f]{12}(\.\w+)?(\.(br|gz))?\Z")
_PART = re.compile(r'@import url\("([^"]+)"\) layer\(([a-z]+)\);')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
_MARGIN = re.compile(r"^[ \t]+", re.M)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports between ES modules hashed too."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Set the style sheet as one file before names are hashed.

        Addresses in its parts are written as if they stood beside the sheet itself.
        """
        if SHEET in paths and not dry_run:
            # From where they are written: what was collected earlier is already set.
            def text(name: str) -> str:
                storage, path = paths[name]
                with storage.open(path) as file:
                    return str(file.read().decode())

            def layer(part: re.Match[str]) -> str:
                return f"@layer {part[2]} {{\n{text(join(dirname(SHEET), part[1]))}}}"

            sheet = _MARGIN.sub("", _COMMENT.sub("", _PART.sub(layer, text(SHEET))))
            self.delete(SHEET)
            self._save(SHEET, ContentFile(sheet))
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """What pages name: not the same again without a hash, nor the maps for developers.

        That is two thirds of the time, and a first start waits for it.
        """
        named = (path for path in paths if _HASHED.search(path) and not path.endswith(".map"))
        yield from super().compress_files(named)


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise knows the files that were there when it started; this one also what came since.

    While machines are renewed one after the other, pages of the next release name files that this
    one, still running, has on its disk.
    """

    def __init__(self, get_response: Any = None) -> None:
        super().__init__(get_response)
        root = f"{os.path.normpath(settings.STATIC_ROOT)}{os.path.sep}"
        self.directories.append((root, self.static_prefix))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        url = request.path_info
        is_unknown = not self.autorefresh and url not in self.files
        if is_unknown and url.startswith(self.static_prefix) and _HASHED.search(url):
            found = self.find_file(url)
            if found is not None:
                self.files[url] = found
        answer: HttpResponseBase = super().__call__(request)
        return answer


def collect(*, at: float | None = None) -> None:
    """`collectstatic`, with the files of earlier releases left for those who still ask for them.

    What has no hash in its name is copied anew whatever its date says.
    """
    now, root = at or time.time(), Path(settings.STATIC_ROOT)
    before = _present(root)
    for path in _files(root):
        if not _HASHED.search(path.name):
            path.unlink()
        elif _plain(path, root) in before:
            os.utime(path, (now, now))
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    present = _present(root)
    for path in _files(root):
        is_old = _HASHED.search(path.name) and path.stat().st_mtime < now - KEPT
        if is_old and _plain(path, root) not in present:
            path.unlink()


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def _plain(path: Path, root: Path) -> str:
    """Its name in the manifest: compressed ones go with the file that they are."""
    return path.relative_to(root).as_posix().removesuffix(".br").removesuffix(".gz")


def _present(root: Path) -> set[str]:
    """The hashed names of the release whose manifest lies there."""
    with suppress(OSError, ValueError):
        manifest = json.loads((root / "staticfiles.json").read_text(encoding="utf-8"))
        return {*manifest["paths"].values()}
    return set()
