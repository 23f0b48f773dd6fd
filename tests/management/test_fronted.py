"""A real paper behind Debian's nginx and Varnish as we ship them: published, withdrawn, killed."""

import gzip
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from tests.cache.fronting import Proxy, a_varnish, an_nginx
from tests.conftest import rounds
from tests.management.conftest import empty_paper
from tests.management.sites import Paper, Serving, eventually, free_port
from tests.management.stories import STORY, WITHDRAWN, said

WORDS = b"Tram line opens"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with empty_paper(tmp_path_factory.mktemp("fronted")) as made:
        yield made


def killed(site: Serving) -> None:
    """With all its processes, as by a power cut."""
    numbers = site.processes()
    os.kill(site.process.pid, signal.SIGKILL)
    for number in numbers:
        if number != site.process.pid:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
    site.process.wait(10)
    eventually(lambda: not site.answers(), 10)


def assert_packed_as_the_site_made_it(proxy: Proxy, path: str) -> None:
    plain = proxy.get(path, Accept_Encoding="identity").body
    assert brotli.decompress(proxy.get(path, Accept_Encoding="gzip, br").body) == plain
    packed = proxy.get(path, Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == plain
    assert packed.headers["etag"].endswith('-gzip"')
    known = proxy.get(path, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])
    assert (known.status, known.body) == (304, b"")
    assert "set-cookie" not in packed.headers


def is_told(paper: Paper) -> bool:
    """Both, of everything."""
    code = (
        "from newsroom.cache.models import Purge, Told\n"
        "last = Purge.objects.latest('pk').pk\n"
        "print([row.number == last for row in Told.objects.all()])"
    )
    return said(paper, code).strip() == "[True, True]"


def test_behind_a_cache_a_withdrawn_story_is_never_seen_again_and_the_rest_while_the_site_is_dead(
    paper: Paper, tmp_path: Path
) -> None:
    pk, path = json.loads(said(paper, STORY))
    port = free_port()
    with an_nginx(tmp_path / "n", port) as nginx, a_varnish(tmp_path / "v", port) as varnish:
        site = paper.serve(
            port=port, TRUSTED_PROXIES="127.0.0.1", NGINX_URLS=nginx.told_at,
            VARNISH_URLS=varnish.told_at,
        )  # fmt: skip
        both = (nginx, varnish)
        try:
            site.wait_until_announced()
            eventually(lambda: all(proxy.get("/").status == 200 for proxy in both), 15)
            for proxy in both:
                for each in ("/", path, "/city/"):
                    assert WORDS in proxy.get(each, Accept_Encoding="identity").body
                assert_packed_as_the_site_made_it(proxy, path)
            said(paper, WITHDRAWN.format(pk=pk))
            eventually(lambda: is_told(paper), 15, "they were not told")
            for proxy in both:
                assert proxy.get(path).status == 410
                assert WORDS not in proxy.get("/", Accept_Encoding="identity").body
            killed(site)
            until = time.monotonic() + rounds(3, 60)
            while time.monotonic() < until:
                for proxy in both:
                    home = proxy.get("/", Accept_Encoding="identity")
                    assert (home.status, WORDS in home.body) == (200, False)
                    gone = proxy.get(path, Accept_Encoding="identity")
                    assert (gone.status, WORDS in gone.body) == (503, False)
                    assert WORDS not in proxy.get("/city/", Accept_Encoding="identity").body
                time.sleep(0.2)
        finally:
            if site.process.poll() is None:
                site.stop()
