"""The sockets of the web server, which outlive each of its processes."""

import socket
import sys

# Readers that wait while all workers are busy, or none is there.
BACKLOG = 1024
# Seconds the kernel keeps a reader who has not asked anything yet. A worker is given a connection
# with its request in it: one that ends closes those in which it has read nothing.
SILENT = 5


def listen(host: str, port: int, workers: int) -> list[socket.socket]:
    """A socket for each worker, among which Linux spreads the readers; elsewhere one for all.

    Raises OSError. Children inherit them.
    """
    family, kind, proto, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sockets = []
    for _worker in range(workers if sys.platform == "linux" else 1):
        one = socket.socket(family, kind, proto)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform == "linux":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT)
            # Its connections inherit it: what is sent in pieces (sitemaps, sheets) does not wait
            # 40 ms for the reader to confirm the first.
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.bind(address)
        one.listen(BACKLOG)
        one.set_inheritable(True)
        sockets.append(one)
    return sockets
