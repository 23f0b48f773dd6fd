"""The next batch is made by another process while the caller still works on the one before.

Here, where importing asks nothing of Django: the other process imports this before it sets up.
"""

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from threading import Thread
from typing import Any, TypeVar

import django

Made = TypeVar("Made")
# What the process beside makes batches with: it gets it once.
_make: Callable[[Any], Any]


def made_ahead(
    make: Callable[[Sequence[int]], Made], batches: Sequence[Sequence[int]]
) -> Iterator[Made]:
    """What is made of each, in order; more than one are made by a second process.

    `make` must be one that can be pickled, and need no database. Raises what it raises.
    """
    if len(batches) < 2:
        yield from map(make, batches)
        return
    # A fresh interpreter: a fork would hold this one's connection to the database.
    context, coming = multiprocessing.get_context("spawn"), None
    with ProcessPoolExecutor(1, context, _begin, (pickle.dumps(make),)) as beside:
        for batch in batches:
            before: Future[Made] | None = coming
            coming = beside.submit(_made, batch)
            if before:
                yield before.result()
        if coming:
            yield coming.result()


def _begin(make: bytes) -> None:
    global _make
    Thread(target=_end_with_the_parent, daemon=True).start()
    django.setup()  # before anything that imports a model is taken out of the bytes
    _make = pickle.loads(make)  # noqa: S301  (from the process that started this one)


def _end_with_the_parent() -> None:
    """One that is killed leaves nobody behind: the queue itself would never say that it is gone."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _made(batch: Sequence[int]) -> Any:
    return _make(batch)
