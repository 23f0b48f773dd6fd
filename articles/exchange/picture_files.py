"""Finding the file of a picture in a folder, by the end of its old address and never outside it."""

import os
import re
from collections import defaultdict
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_VARIANT = re.compile(r"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled|-e[0-9]{10,14})$")


def key_of(address: str) -> str:
    """What an image's address says of its place: `2008/06/canola.jpg`."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return path.rpartition("/uploads/")[2].strip("/")


def original(key: str) -> str:
    """The name of the whole picture of which this is a smaller or edited copy."""
    path = PurePosixPath(key)
    return str(path.with_name(_VARIANT.sub("", path.stem) + path.suffix)) if path.name else key


class PictureFiles:
    """The files below one folder, by name. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._folder = folder
        for here, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(here, name)
                if path.is_file() and not path.is_symlink():
                    self._by_name[name.casefold()].append(path.relative_to(folder).as_posix())

    def find(self, address: str) -> Path | None:
        """The file whose path ends like the address, or the only one of that name."""
        key = key_of(address)
        for wanted in (original(key), key):
            name = PurePosixPath(wanted).name.casefold()
            there = self._by_name.get(name, []) if name else []
            ending = f"/{wanted}".casefold()
            fitting = [path for path in there if ending.endswith(f"/{path}".casefold())
                       or f"/{path}".casefold().endswith(ending)]  # fmt: skip
            if fitting or len(there) == 1:
                return self._folder / (fitting or there)[0]
        return None
