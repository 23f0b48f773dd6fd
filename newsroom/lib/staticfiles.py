"""Static files under names that carry their content's hash, compressed once at collectstatic.

The readers' style sheet only lists its parts, so that each idea has a file of its own; their text
is put in place of the list here, so that a browser asks once.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
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
