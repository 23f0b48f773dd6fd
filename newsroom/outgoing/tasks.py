"""Tasks that reach somebody outside: mails, and what third parties are told."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.db import transaction
from django_tasks.base import Task

from newsroom.lib.tasks import task
from newsroom.outgoing.holding import OUTGOING, PUT_ASIDE, held
from newsroom.outgoing.models import Hold

P = ParamSpec("P")


def outgoing_task(*, priority: int = 0) -> Callable[[Callable[P, None]], Task[P, None]]:
    """As `newsroom.lib.tasks.task`, but while all is held the task is put aside instead of run.

    It is then another row of the queue, which waits for the release; one query a task. Also for a
    task that sends nothing itself and only causes mails: a copy must not cause them again.
    """

    def decorate(function: Callable[P, None]) -> Task[P, None]:
        @wraps(function)
        def unless_held(*args: P.args, **kwargs: P.kwargs) -> None:
            if held() and _put_aside(made, args, kwargs):
                return
            function(*args, **kwargs)

        made: Task[P, None] = task(queue_name=OUTGOING, priority=priority)(unless_held)
        return made

    return decorate


@transaction.atomic
def _put_aside(made: Task[Any, None], args: Any, kwargs: Any) -> bool:
    """False when it was let go meanwhile: a release waits for our lock, or we see it."""
    if not list(Hold.objects.select_for_update()):
        return False
    made.using(run_after=PUT_ASIDE).enqueue(*args, **kwargs)
    return True
