"""Granian asks the page cache before it makes a WSGI request of a reader's."""

import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.management.sites import ROOT, eventually, free_port

# A server whose application is asked for everything but what is at hand.
SERVER = """
import sys
from granian import Granian
from newsroom.cache.pages import Page
from newsroom.management import web

PAGE = Page.of(("", "/at-hand/", ""), status="200 OK", headers=[("Content-Type", "text/plain")],
               body=b"from memory", tags=[], as_of=0, made=0, until=None, lifetime=60,
               cache_control="public", carried=[])

class Front:
    def at_hand(self, environ):
        return PAGE if environ["PATH_INFO"] == "/at-hand/" else None

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"by WSGI"]

web.answer_at_hand(Front())
Granian("none:none", address="127.0.0.1", port=int(sys.argv[1]), interface="wsgi",
        workers=1).serve(target_loader=lambda: application, wrap_loader=False)
"""


def test_granian_answers_with_a_page_at_hand_and_makes_no_request_of_it(tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)], cwd=ROOT,
        env={"NEWSROOM_ENV": "test", "NEWSROOM_DATA_DIR": str(tmp_path)},
    )  # fmt: skip

    def answer(path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as said:
                return str(said.read().decode())
        except OSError:
            return ""

    try:
        eventually(lambda: answer("/"), 20)
        assert (answer("/at-hand/"), answer("/other/")) == ("from memory", "by WSGI")
    finally:
        server.terminate()
        server.wait(10)
