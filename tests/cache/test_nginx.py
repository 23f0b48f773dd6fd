"""The nginx configuration we ship, in Debian's nginx, before a site that obeys the test."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import brotli
import pytest

from newsroom.cache.cdn.nginx import Nginx
from tests.cache.fronting import SHARED, Origin, Proxy, an_nginx, an_origin, ask
from tests.conftest import rounds
from tests.management.sites import eventually

# Seconds a slow client is given: as shipped in a drill, else so that nobody waits.
PATIENCE = rounds(2, 15)


@pytest.fixture
def origin() -> Iterator[Origin]:
    with an_origin() as made:
        yield made


@pytest.fixture
def nginx(origin: Origin, tmp_path: Path) -> Iterator[Proxy]:
    with an_nginx(tmp_path / "nginx", origin.port, **{" 15s;": f" {PATIENCE}s;"}) as running:
        yield running


def test_a_page_is_kept_for_a_second_and_never_shown_older_while_the_site_is_well(
    nginx: Proxy, origin: Origin
) -> None:
    assert nginx.get("/").body == b"first"
    origin.body = b"second"
    assert nginx.get("/").body == b"first"
    time.sleep(2)
    # The site says that caches may show an old page while they fetch; all who ask get the new one.
    origin.seconds, found = 0.3, list[bytes]()
    threads = [threading.Thread(target=lambda: found.append(nginx.get("/").body)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"second"] * 5


def test_many_who_ask_at_once_for_a_page_nobody_has_are_one_question_to_the_site(
    nginx: Proxy, origin: Origin
) -> None:
    origin.seconds = 0.3
    threads = [threading.Thread(target=nginx.get, args=("/",)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(origin.asked) == 1


@pytest.mark.parametrize("trouble", ["gone", "503", "slow"])
def test_while_the_site_is_away_readers_get_what_is_stored(
    origin: Origin, tmp_path: Path, trouble: str
) -> None:
    with an_nginx(
        tmp_path / "nginx", origin.port, **{"proxy_read_timeout 20s": "proxy_read_timeout 1s"}
    ) as nginx:
        assert nginx.get("/").body == b"first"
        time.sleep(1.5)
        if trouble == "gone":
            origin.go()
        elif trouble == "slow":
            origin.seconds = 2
        else:
            origin.status = int(trouble)
        for _ in range(3):
            answer = nginx.get("/")
            assert (answer.status, answer.body) == (200, b"first")
            time.sleep(0.2)
        if trouble == "gone":
            other = nginx.get("/nobody-has-this/")
            assert (other.status, other.headers["retry-after"]) == (503, "30")
            assert other.headers["cache-control"] == "no-store"


def test_what_was_purged_hard_is_never_shown_again_even_with_the_site_away(
    nginx: Proxy, origin: Origin
) -> None:
    assert nginx.get("/").body == b"first"
    assert nginx.get("/other/").body == b"first"
    # The site says that it is gone; that is not stored, and the old page still lies there.
    origin.status, origin.headers, origin.body = 410, {"Cache-Control": "no-cache"}, b"gone"
    Nginx(nginx.told_at).purge(["aaaaaaaa"], hard=True)
    origin.go()
    for path in ("/", "/other/"):
        answer = nginx.get(path)
        assert (answer.status, b"first" in answer.body) == (503, False)
    origin.come()
    assert nginx.get("/").status == 410


def test_a_soft_purge_leaves_what_serves_while_the_site_is_away(
    nginx: Proxy, origin: Origin
) -> None:
    nginx.get("/")
    Nginx(nginx.told_at).purge(["aaaaaaaa"], hard=False)
    origin.go()
    assert nginx.get("/").body == b"first"


def test_nobody_else_may_purge(nginx: Proxy) -> None:
    port = int(nginx.told_at.split(":")[2].partition("/")[0])
    assert ask(port, "/hard-purge?number=1", peer="127.0.0.2").status == 403
    assert ask(port, "/hard-purge?number=1").status == 200
    for path in ("/newsroom-number", "/hard-purge", "/number"):
        assert nginx.get(path).headers.get("newsroom-number") is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"}, {"Cache-Control": "private, max-age=60"}, {},
        {"Cache-Control": "no-cache"}, {"Cache-Control": SHARED, "Set-Cookie": "a=b"},
        {"Cache-Control": "public, max-age=60", "Vary": "Cookie"},
    ],
)  # fmt: skip
def test_what_is_not_for_everyone_is_not_stored(
    nginx: Proxy, origin: Origin, headers: dict[str, str]
) -> None:
    origin.headers = headers
    nginx.get("/")
    origin.body = b"second"
    assert nginx.get("/").body == b"second"
    origin.go()
    assert nginx.get("/").status == 503


def test_the_desk_and_who_is_logged_in_are_never_answered_from_the_cache(
    nginx: Proxy, origin: Origin
) -> None:
    for path, headers in (
        ("/admin/", {}), ("/accounts/login/", {}), ("/me/?page=/", {}),
        ("/", {"Cookie": "a=b; sessionid=x"}),
        ("/", {"Cookie": "__Host-session=x"}),
    ):  # fmt: skip
        origin.body = b"mine"
        assert nginx.get(path, **headers).body == b"mine"
        origin.body = b"another"
        assert nginx.get(path, **headers).body == b"another"
    # Nor does what staff was shown come to anybody else.
    origin.body = b"for all"
    assert nginx.get("/").body == b"for all"
    assert nginx.get("/", Cookie="logged-in=1; xsessionid=1").body == b"for all"
    assert nginx.get("/", Cookie="__Host-logged-in=1").body == b"for all"
    origin.body = b"later"
    assert nginx.get("/", Cookie="theme=dark").body == b"for all"
    assert nginx.get("/", Cookie="sessionid=x").body == b"later"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"), ("br;q=1.0, gzip;q=0.8", "br"), ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.001", "br"), ("", ""),
        ("identity", ""), ("brotli, xgzip", ""), ("gzip;q=0.0, br; q=0", ""),
    ],
)  # fmt: skip
def test_however_a_browser_asks_the_site_is_asked_for_one_of_three(
    nginx: Proxy, origin: Origin, accepted: str, encoding: str
) -> None:
    nginx.get("/", Accept_Encoding=accepted)
    assert origin.asked[-1][2].get("accept-encoding", "") == encoding


def test_packed_pages_and_their_tags_pass_as_they_are_and_a_browser_that_has_one_gets_a_304(
    nginx: Proxy, origin: Origin
) -> None:
    page = b"<p>Tram line opens</p>" * 100
    for name, body in {"br": brotli.compress(page), "gzip": gzip.compress(page), "": page}.items():
        tag = f'"abc-{name}"'
        origin.body, origin.headers = body, {"Cache-Control": SHARED, "ETag": tag,
                                             "Vary": "Accept-Encoding"}  # fmt: skip
        if name:
            origin.headers["Content-Encoding"] = name
        for _again in range(2):
            answer = nginx.get("/", Accept_Encoding=name)
            assert (answer.body, answer.headers["etag"]) == (body, tag)
            assert answer.headers.get("content-encoding", "") == name
            assert answer.headers["cache-control"] == SHARED
        known = nginx.get("/", Accept_Encoding=name, If_None_Match=tag)
        assert (known.status, known.body) == (304, b"")
    assert len(origin.asked) == 3
    # After its second nginx asks whether it has changed, and is not sent it again.
    time.sleep(2)
    assert nginx.get("/", Accept_Encoding="").body == page
    assert origin.asked[-1][2]["if-none-match"] == tag


def test_the_site_is_told_who_asks_and_not_what_they_claim(nginx: Proxy, origin: Origin) -> None:
    nginx.get("/", peer="127.0.0.9", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https")
    said = origin.asked[-1][2]
    assert (said["x-forwarded-for"], said["x-forwarded-proto"]) == ("127.0.0.9", "http")
    assert said["host"] == "localhost"


def test_what_is_too_large_is_refused_before_it_is_sent(nginx: Proxy, origin: Origin) -> None:
    length = {"/contact/": 5 * 1024**2, "/admin/media/picture/add/": 100 * 1024**2}
    for path, most in length.items():
        answer = ask(nginx.port, path, "POST", Content_Length=str(most + 1))
        assert answer.status == 413
    assert origin.asked == []


def test_a_picture_of_twenty_megabytes_reaches_the_desk(nginx: Proxy, origin: Origin) -> None:
    with closing(socket.create_connection(("127.0.0.1", nginx.port))) as sending:
        size = 20 * 1024**2 + 2000
        head = f"POST /admin/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
        sending.sendall(head.encode() + b"x" * size)
        assert sending.recv(100).startswith(b"HTTP/1.1 200")


def test_static_files_come_from_the_folder_for_ever_when_their_name_holds_a_digest(
    nginx: Proxy, origin: Origin, tmp_path: Path
) -> None:
    folder = tmp_path / "nginx" / "static" / "css"
    folder.mkdir(parents=True)
    for name in ("site.0123456789ab.css", "site.css"):
        (folder / name).write_text("p{}")
    kept = nginx.get("/static/css/site.0123456789ab.css")
    assert (kept.body, kept.headers["content-type"]) == (b"p{}", "text/css")
    assert "immutable" in kept.headers["cache-control"]
    assert "immutable" not in nginx.get("/static/css/site.css").headers["cache-control"]
    assert origin.asked == []
    for path in ("/static/css/", "/static/../newsroom.conf", "/static/%2e%2e/newsroom.conf"):
        assert b"proxy_pass" not in nginx.get(path).body


def test_who_sends_a_request_sign_by_sign_is_let_go(nginx: Proxy) -> None:
    """Within twenty seconds, as shipped."""
    began = time.monotonic()
    with closing(socket.create_connection(("127.0.0.1", nginx.port))) as slow:
        slow.settimeout(0.2)
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        while True:
            try:
                slow.sendall(b"x")
                if slow.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
            assert time.monotonic() - began < PATIENCE + 5
    assert PATIENCE - 1 < time.monotonic() - began < PATIENCE + 5


def test_readers_do_not_feel_slow_ones(nginx: Proxy, origin: Origin) -> None:
    """Half of them take a page slowly, which nginx has taken whole; half have not said what they
    want. Neither holds anything of the site."""
    origin.body = b"x" * 1_000_000
    slow, count = list[socket.socket](), rounds(60, 200)
    with ExitStack() as stack:
        for number in range(count):
            client = stack.enter_context(
                closing(socket.create_connection(
                    ("127.0.0.1", nginx.port), source_address=(f"127.0.1.{number + 1}", 0)
                ))
            )  # fmt: skip
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            half = number % 2 and b"GET / HTTP/1.1\r\nHo"
            client.sendall(half or f"GET /{number}/ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            slow.append(client)
        eventually(lambda: origin.sent == count // 2, 20)
        origin.body = b"quick"
        took = []
        for number in range(40):
            began = time.monotonic()
            assert nginx.get(f"/quick/{number}/").body == b"quick"
            took.append(time.monotonic() - began)
    assert sorted(took)[int(len(took) * 0.95)] < 0.3
