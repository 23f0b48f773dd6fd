"""The Varnish configuration we ship, in Debian's Varnish, before a site that obeys the test."""

import gzip
import time
from collections.abc import Iterator

import brotli
import pytest

from newsroom.cache.cdn.asking import Refused
from newsroom.cache.cdn.keys import MANY, key
from newsroom.cache.cdn.varnish import Varnish
from tests.cache.fronting import SHARED, Origin, Proxy, a_varnish, an_origin, ask
from tests.management.sites import eventually


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Origin, Proxy]]:
    """One for all tests: each asks for addresses of its own."""
    with (
        an_origin() as origin,
        a_varnish(tmp_path_factory.mktemp("varnish"), origin.port) as proxy,
    ):
        yield origin, proxy


@pytest.fixture
def origin(_running: tuple[Origin, Proxy]) -> Origin:
    made, varnish = _running
    made.__init__(port=made.port, _server=made._server)  # type: ignore[misc]
    eventually(lambda: varnish.get(f"/ready/{time.time()}/").status == 200, 10)
    made.asked.clear()
    return made


@pytest.fixture
def varnish(_running: tuple[Origin, Proxy]) -> Proxy:
    return _running[1]


@pytest.fixture
def path(request: pytest.FixtureRequest) -> str:
    """An address that no other test asks for."""
    return f"/{abs(hash(request.node.name))}/"


STORY, OTHER = key("article:7"), key("article:70")


def keyed(*keys: str) -> dict[str, str]:
    return {"Cache-Control": SHARED, "Surrogate-Key": " ".join(["all", *keys])}


def test_a_page_is_kept_for_a_second_and_one_more_while_it_is_fetched(
    varnish: Proxy, origin: Origin, path: str
) -> None:
    assert varnish.get(path).body == b"first"
    origin.body = b"second"
    assert varnish.get(path).body == b"first"
    time.sleep(2.5)
    assert varnish.get(path).body == b"second"


@pytest.mark.parametrize("trouble", ["gone", "503"])
def test_while_the_site_is_away_readers_get_what_is_stored(
    varnish: Proxy, origin: Origin, path: str, trouble: str
) -> None:
    assert varnish.get(path).body == b"first"
    time.sleep(2.5)
    if trouble == "gone":
        origin.go()
    else:
        origin.status, origin.body = int(trouble), b"fault"
    try:
        for _ in range(3):
            answer = varnish.get(path)
            assert (answer.status, answer.body) == (200, b"first")
            time.sleep(0.3)
        other = varnish.get(f"{path}x/")
        assert other.status >= 500
        if trouble == "gone":
            assert other.headers["retry-after"] == "30"
    finally:
        if trouble == "gone":
            origin.come()


@pytest.mark.parametrize("hard", [True, False])
def test_a_purge_by_key_takes_the_pages_that_have_it_and_no_others(
    varnish: Proxy, origin: Origin, path: str, hard: bool
) -> None:
    pages = {"a": keyed(STORY, OTHER), "b": keyed(OTHER), "c": keyed(MANY), "d": keyed()}
    for name, origin.headers in pages.items():
        varnish.get(f"{path}{name}/")
    origin.body = b"second"
    began = time.monotonic()
    Varnish(varnish.told_at).purge([STORY, MANY], hard=hard)
    found = {name: varnish.get(f"{path}{name}/").body for name in pages}
    assert time.monotonic() - began < 0.9, "too slow to tell"
    assert found == {"a": b"second", "b": b"first", "c": b"second", "d": b"first"}


def test_what_was_purged_hard_is_never_shown_again_even_with_the_site_away(
    varnish: Proxy, origin: Origin, path: str
) -> None:
    origin.headers = keyed(STORY)
    varnish.get(path)
    time.sleep(2)
    origin.status, origin.headers = 410, {"Cache-Control": "no-cache"}
    Varnish(varnish.told_at).purge([STORY], hard=True)
    origin.go()
    try:
        assert varnish.get(path).status == 503
        time.sleep(1)
        assert varnish.get(path).status == 503
    finally:
        origin.come()


def test_what_was_purged_softly_is_still_there_when_the_site_goes_away(
    varnish: Proxy, origin: Origin, path: str
) -> None:
    origin.headers = keyed(STORY)
    varnish.get(path)
    time.sleep(3.1)
    Varnish(varnish.told_at).purge([STORY], hard=False)
    origin.go()
    try:
        assert varnish.get(path).body == b"first"
    finally:
        origin.come()


def test_only_the_site_s_own_machines_may_purge(varnish: Proxy, origin: Origin, path: str) -> None:
    origin.headers = keyed(STORY)
    varnish.get(path)
    origin.body = b"second"
    asked = ask(varnish.port, "/", "PURGE", peer="127.0.0.2", Surrogate_Key=STORY)
    assert asked.status == 403
    assert varnish.get(path).body == b"first"
    with pytest.raises(Refused, match="400"):
        Varnish(varnish.told_at).purge(['" || obj.status == 200'], hard=True)


def test_readers_are_not_told_the_keys(varnish: Proxy, origin: Origin, path: str) -> None:
    origin.headers = keyed(STORY)
    assert "surrogate-key" not in varnish.get(path).headers
    assert varnish.get(path).headers["cache-control"] == SHARED


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"}, {"Cache-Control": "private, max-age=60"}, {},
        {"Cache-Control": "no-cache"}, {"Cache-Control": SHARED, "Set-Cookie": "a=b"},
        {"Cache-Control": "public, max-age=60", "Vary": "Cookie"},
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_not_for_everyone_is_not_stored(
    varnish: Proxy, origin: Origin, path: str, headers: dict[str, str]
) -> None:
    origin.headers = headers
    varnish.get(path)
    origin.body = b"second"
    assert varnish.get(path).body == b"second"


def test_the_desk_and_who_is_logged_in_are_never_answered_from_the_cache(
    varnish: Proxy, origin: Origin, path: str
) -> None:
    for each, headers in (
        ("/admin/", {}), ("/accounts/login/", {}), ("/me/?page=/", {}),
        (path, {"Cookie": "a=b; sessionid=x"}),
        (path, {"Cookie": "__Host-session=x"}),
    ):  # fmt: skip
        origin.body = b"mine"
        assert varnish.get(each, **headers).body == b"mine"
        origin.body = b"another"
        assert varnish.get(each, **headers).body == b"another"
        assert origin.asked[-1][2].get("cookie") == headers.get("Cookie")
    origin.body = b"for all"
    assert varnish.get(path, Cookie="logged-in=1; xsessionid=1").body == b"for all"
    assert "cookie" not in origin.asked[-1][2]
    assert varnish.get(path, Cookie="__Host-logged-in=1").body == b"for all"
    origin.body = b"later"
    assert varnish.get(path, Cookie="sessionid=x").body == b"later"


def test_packed_pages_and_their_tags_pass_as_they_are_and_a_browser_that_has_one_gets_a_304(
    varnish: Proxy, origin: Origin, path: str
) -> None:
    page = b"<p>Tram line opens</p>" * 100
    for name, body in {"br": brotli.compress(page), "gzip": gzip.compress(page), "": page}.items():
        tag = f'"abc-{name}"'
        origin.body, origin.headers = body, {"Cache-Control": SHARED, "ETag": tag,
                                             "Vary": "Accept-Encoding"}  # fmt: skip
        if name:
            origin.headers["Content-Encoding"] = name
        for asked in (name, f"{name};q=0.5, zstd"):
            answer = varnish.get(path, Accept_Encoding=asked)
            assert (answer.body, answer.headers["etag"]) == (body, tag)
            assert answer.headers.get("content-encoding", "") == name
        known = varnish.get(path, Accept_Encoding=name, If_None_Match=tag)
        assert (known.status, known.body) == (304, b"")
    assert len(origin.asked) == 3
