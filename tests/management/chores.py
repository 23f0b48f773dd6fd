"""Tasks for the tests of the queue; the worker finds them by their path."""

from newsroom.lib.tasks import task


@task()
def fails() -> None:
    raise RuntimeError("the mail server is on holiday")


@task()
def succeeds() -> str:
    return "done"
