"""The WSGI application that granian (or any WSGI server) runs: the site behind its page cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
_django = get_wsgi_application()

# What follows has models, and needs the apps.
from newsroom.cache.founding import behind_the_cache  # noqa: E402
from newsroom.cache.front import Front  # noqa: E402
from newsroom.management.watch import Watched  # noqa: E402

_site = Watched(_django)
application = behind_the_cache(_site)
_site.inside(application)
front = application if isinstance(application, Front) else None


def begin() -> None:
    """For a server that forks: in each process, before its first request."""
    if front is not None:
        front.follow()
