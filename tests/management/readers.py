"""Readers of a served paper, many at once, and what they are given to sign up for."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from tests.management.sites import Paper, Serving

OPENED = """
import json
from django.utils import timezone
from newsletter.models import Newsletter
from newsletter.offers import offers
from newsroom.pages.models import TermsVersion
TermsVersion.objects.create(title="Terms", body="<p>Be kind.</p>", effective_at=timezone.now())
Newsletter.objects.create(name="The Morning Post", slug="morning", is_default=True)
(offer,) = offers(timezone.now())
print(json.dumps({"terms_version": str(offer.terms_version_id), "wording": offer.wording_hash}))
"""


def inside(paper: Paper, code: str) -> Any:
    """What this code prints as JSON, run with the paper's own database."""
    done = paper.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def opened_newsletter(paper: Paper) -> dict[str, str]:
    """The hidden fields of its form."""
    return {"newsletter": "morning", "form": "page", "language": "en", **inside(paper, OPENED)}


@contextmanager
def crowd_at(
    site: Serving,
    *paths: str,
    readers: int = 4,
    times: list[float] | None = None,
    pause: float = 0.05,
) -> Iterator[list[object]]:
    """Readers who ask for these in turn, again and again, each over a connection of its own; what
    they got: a status or an OSError. `times` takes the seconds each waited, and `pause` is how long
    each looks at what came."""
    got: list[object] = []
    left = threading.Event()

    def read() -> None:
        for path in cycle(paths):
            if left.is_set():
                return
            began = time.monotonic()
            try:
                got.append(site.ask(path)[0])
            except OSError as error:
                got.append(error)
            if times is not None:
                times.append(time.monotonic() - began)
            left.wait(pause)

    threads = [threading.Thread(target=read) for _reader in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield got
    finally:
        left.set()
        for thread in threads:
            thread.join()
