"""What is costly is put off before it takes every thread."""

import threading

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from newsroom.lib.shedding import shed_first

inside, go_on = threading.Semaphore(0), threading.Event()


@shed_first
def search(request: HttpRequest) -> HttpResponse:
    inside.release()
    assert go_on.wait(20)
    return HttpResponse("found")


@shed_first
def form(request: HttpRequest) -> HttpResponse:
    raise LookupError


def test_one_more_than_may_be_worked_on_is_told_at_once_to_come_back(settings: Settings) -> None:
    settings.COSTLY_AT_ONCE = 2
    go_on.clear()
    answers: list[HttpResponse] = []
    readers = [
        threading.Thread(target=lambda: answers.append(search(HttpRequest()))) for _n in range(2)
    ]
    for reader in readers:
        reader.start()
        assert inside.acquire(timeout=20)
    refused = form(HttpRequest())  # another view, the same threads
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert refused["Cache-Control"] == "no-store"
    go_on.set()
    for reader in readers:
        reader.join(20)
    assert [answer.content for answer in answers] == [b"found"] * 2
    assert search(HttpRequest()).status_code == 200


def test_a_view_that_fails_leaves_its_place(settings: Settings) -> None:
    settings.COSTLY_AT_ONCE = 1
    for _time in range(3):
        with pytest.raises(LookupError):
            form(HttpRequest())
