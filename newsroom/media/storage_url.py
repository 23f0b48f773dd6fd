"""MEDIA_STORAGE_URL: the bucket that holds the library's files, as one address.

    s3://bucket/prefix?endpoint=https://s3.example&region=eu-central-1&addressing=path

Read by settings.py, so nothing of Django is needed here. No sentence repeats the address: somebody
may have put a key into it.
"""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, urlsplit

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"([A-Za-z0-9._-]+/)*[A-Za-z0-9._-]*")
KNOWN = {
    "endpoint": re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:\d+)?"),
    "region": re.compile(r"[a-z0-9-]{1,40}"),
    "addressing": re.compile(r"path|virtual"),
}
PACKAGES = ("storages", "boto3")


class Unfit(Exception):
    """The message says what is wrong with the address, and what it should be."""


def storage(url: str) -> dict[str, Any]:
    """The entry of STORAGES for pictures there. Raises Unfit."""
    try:
        parts = urlsplit(url)
        asked = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise Unfit("it cannot be read. It is s3://bucket/prefix?endpoint=https://...") from None
    if parts.scheme != "s3":
        raise Unfit("it begins with s3://, or is empty: then pictures are kept in the data folder.")
    if "@" in parts.netloc:
        raise Unfit(
            "it has a name or password. The keys stand in AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, where nothing prints them."
        )
    prefix = parts.path.strip("/")
    if not BUCKET.fullmatch(parts.netloc):
        raise Unfit("it names no bucket: 3 to 63 small letters, digits, dots and hyphens.")
    if not PREFIX.fullmatch(prefix) or ".." in prefix:
        raise Unfit("its prefix has other signs than letters, digits, dots, hyphens and slashes.")
    told = dict(asked)
    for name in told:
        if name not in KNOWN:
            raise Unfit("it knows endpoint, region and addressing, and has something else.")
        if not KNOWN[name].fullmatch(told[name]):
            raise Unfit(f"its {name} cannot be used; {_said(name)}")
    if parts.fragment or len(told) != len(asked):
        raise Unfit("it has something twice, or a #.")
    _refuse_without_packages()
    endpoint = told.get("endpoint")
    return {
        "BACKEND": "newsroom.media.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": prefix,
            "endpoint_url": endpoint,
            "region_name": told.get("region"),
            # Stores of one's own rarely have a host name for every bucket.
            "addressing_style": told.get("addressing", "path" if endpoint else "auto"),
        },
    }


def _said(name: str) -> str:
    return {
        "endpoint": "it is https:// and a host, perhaps with a port, such as https://s3.example.",
        "region": "it is a word such as eu-central-1.",
        "addressing": "it is path or virtual.",
    }[name]


def _refuse_without_packages() -> None:
    if any(find_spec(package) is None for package in PACKAGES):
        raise Unfit(
            "the packages for it are not installed. Install requirements-s3.txt in place of "
            "requirements.txt: pip install --require-hashes -r requirements-s3.txt"
        )
