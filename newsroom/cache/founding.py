"""Putting the cache together from the settings."""

import hashlib
from pathlib import Path

from django.conf import settings

from newsroom.cache.front import Application, Front
from newsroom.cache.patience import limit
from newsroom.cache.stores import Store
from newsroom.cache.stores.files import Files
from newsroom.cache.stores.nothing import Nothing

FOLDER = "pages"


def behind_the_cache(site: Application) -> Application:
    """The site with its cache in front, unless it is switched off."""
    if not settings.PAGE_CACHE:
        return site
    front = Front(site, store())
    limit(lambda: front.log)
    return front


def store() -> Store:
    """Shared by all processes of this release, on one machine or on all."""
    folder = settings.DATA_DIR / FOLDER
    if settings.PAGE_CACHE_STORE == "none":
        return Nothing()
    if settings.PAGE_CACHE_STORE == "redis":
        from newsroom.cache.stores.redis import InRedis  # 4 MB that only its users need

        return InRedis(settings.PAGE_CACHE_REDIS_URL, folder, paper=paper(), release=release())
    return Files(folder, release())


def paper() -> str:
    """Another one for every site; the same on all its machines."""
    known = f"{settings.SECRET_KEY} {settings.SITE_URL}".encode()
    return hashlib.blake2b(known, digest_size=6).hexdigest()


def release() -> str:
    """Another one for any change of code, templates, static files or addresses; the same on all
    machines, wherever it lies there; about 50 ms."""
    digest = hashlib.blake2b(digest_size=8)
    root = Path(settings.BASE_DIR)
    packages = [root / name for name in ("newsroom", "articles", "newsletter")]
    found = [path for package in packages for path in package.rglob("*.py")]
    found += [*(root / "templates").rglob("*.html"), *(root / "newsroom/locale").rglob("*.mo")]
    named = {
        path.relative_to(root).as_posix(): path for path in [*found, root / "requirements.txt"]
    }
    named["static"] = Path(settings.STATIC_ROOT) / "staticfiles.json"
    for name, path in sorted(named.items()):
        if path.is_file():
            digest.update(name.encode())
            digest.update(path.read_bytes())
    for value in (
        settings.SITE_URL,
        settings.ALLOWED_HOSTS,
        settings.WEB_APP,
        settings.DEBUG,
        settings.VARNISH_URLS,
        settings.FASTLY_SERVICE,
        settings.CLOUDFLARE_ZONE,
    ):
        digest.update(repr(value).encode())
    return digest.hexdigest()
