"""The web server's sockets."""

import socket
import sys

import pytest

from newsroom.management.sockets import listen
from tests.management.sites import free_port

pytestmark = [pytest.mark.once, pytest.mark.skipif(sys.platform != "linux", reason="Linux alone")]


def test_what_is_sent_in_pieces_is_not_kept_back_for_a_confirmation() -> None:
    [listening] = listen("127.0.0.1", port := free_port(), workers=1)
    with listening, socket.create_connection(("127.0.0.1", port)) as reader:
        reader.sendall(b"GET / HTTP/1.1\r\n")  # before that nobody is let in
        accepted, _peer = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
