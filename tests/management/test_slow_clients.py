"""Row F17 of what the site survives, without a proxy in front: many who send slowly."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest

from tests.conftest import rounds
from tests.management.sites import Serving, eventually

# A form of which the rest comes a letter at a time, and a head that does not end.
FORM = b"""POST /contact/ HTTP/1.1\r
Host: 127.0.0.1\r
Content-Type: application/x-www-form-urlencoded\r
Content-Length: 90000\r
Sec-Fetch-Site: same-origin\r
\r
name="""
HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@contextmanager
def slow(site: Serving, begin: bytes, count: int) -> Iterator[list[socket.socket]]:
    """So many clients who began like this and send a letter twice a second."""
    over = threading.Event()

    def drip(clients: list[socket.socket]) -> None:
        while not over.wait(0.5):
            for client in clients:
                try:
                    client.sendall(b"x")
                except OSError:
                    continue

    with ExitStack() as stack:
        clients = []
        for _each in range(count):
            client = socket.create_connection(("127.0.0.1", site.port))
            clients.append(stack.enter_context(closing(client)))
            client.sendall(begin)
            client.setblocking(False)
        sending = threading.Thread(target=drip, args=(clients,))
        sending.start()
        try:
            yield clients
        finally:
            over.set()
            sending.join()


def is_closed(client: socket.socket) -> bool:
    try:
        return not client.recv(65536) or is_closed(client)
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("begin", [HEAD, FORM], ids=["heads", "forms"])
def test_readers_read_on_while_many_send_slowly(site: Serving, begin: bytes) -> None:
    eventually(lambda: site.ask("/contact/")[0] == 200, 10)
    with slow(site, begin, rounds(60, 200)):
        time.sleep(1)
        for _each in range(rounds(20, 200)):
            for path in ("/", "/contact/", "/opinion/"):
                assert site.ask(path)[0] == 200
            assert site.ask("/search/?q=water")[0] in ({200} if begin == HEAD else {200, 503})
    eventually(lambda: site.ask("/search/?q=water")[0] == 200, 5)


def test_who_does_not_say_what_is_wanted_is_closed_within_twenty_seconds(site: Serving) -> None:
    with slow(site, HEAD, rounds(5, 200)) as clients:
        eventually(lambda: all(map(is_closed, clients)), 20)
