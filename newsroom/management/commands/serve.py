"""Run the site: web server, background worker and tick under one supervisor."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections

from articles.popularity import tally
from newsroom.checks import demo_accounts, unsafe_settings
from newsroom.management import pooling, readiness, running
from newsroom.management.sockets import listen
from newsroom.management.supervisor import Child, become, say

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Command(BaseCommand):
    """Web server, `db_worker` and `tick`; a dead one is started again, a signal ends all of them.

    SIGHUP starts all of them anew from the code that lies there now, and refuses no reader.

    The port is `PORT` alone, so that the server, the printed address and links in mails agree.
    """

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--workers", type=int, default=2, help="web worker processes")
        parser.add_argument(
            "--web-only", action="store_true", help="no worker, and a tick for this machine alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"]
        if settings.PRODUCTION:
            self._refuse_unsafe()
        elif host not in LOOPBACK:
            raise CommandError(
                "The demo listens on this machine alone, because its passwords are public. "
                "Set NEWSROOM_ENV=production to serve others."
            )
        try:
            readiness.data_dir_writable()
            readiness.port_free(host, settings.PORT)
            pending = readiness.pending_migrations()
            pooling.refuse_unknown_pool()
        except readiness.NotReady as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            if not settings.PRODUCTION:
                raise CommandError(f"The database does not answer: {error}") from error
            pending = 0
            say(f"the database does not answer yet ({error}); starting anyway.")
        if pending:
            raise CommandError(
                f"The database lacks {pending} migrations. Run `manage.py prepare` first "
                "(`make run` does it by itself)."
            )
        try:
            sockets = listen(host, settings.PORT, options["workers"])
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}: {error.strerror}") from error
        children = self._children(options, [each.fileno() for each in sockets])
        announcement = _announcement(host)
        try:
            with running.with_others():
                connections.close_all()
                become(children, announcement, {"PYTHONPATH": str(settings.BASE_DIR)})
        except readiness.NotReady as error:
            raise CommandError(str(error)) from error

    def _refuse_unsafe(self) -> None:
        found = unsafe_settings()
        try:
            if sentence := demo_accounts():
                found.append(sentence)
        except DatabaseError:
            pass  # unreachable or not migrated: said by what follows
        if found:
            raise CommandError("Not started.\n" + "\n".join(f"- {line}" for line in found))

    def _children(self, options: dict[str, Any], sockets: list[int]) -> list[Child]:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        workers = options["workers"]
        command = [
            sys.executable,
            "-m",
            "newsroom.management.web",
            str(workers),
            *map(str, sockets),
        ]
        children = [Child("web", command, sockets, voices=workers)]
        if options["web_only"]:  # the disk of this machine is nobody else's to care for
            return [*children, Child("tick", [*manage, "tick", "--loop", "--own"])]
        children.append(Child("worker", [*manage, "db_worker", "--queue-name", "*"]))
        return [*children, _tick([*manage, "tick", "--loop"])]


def _announcement(host: str) -> str:
    lines = [f"The site    {settings.SITE_URL}/", f"The admin   {settings.SITE_URL}/admin/"]
    if settings.PRODUCTION:
        lines.append(f"Listening   {host}, port {settings.PORT}")
        if not settings.TRUSTED_PROXIES:
            lines.append(
                "No proxy is named in TRUSTED_PROXIES. Without one that buffers, slow clients "
                "keep searches and forms from others (docs/operating/proxy-and-cdn.md)."
            )
    elif _has_demo_accounts():
        lines.append("Log in as   chief@demo.test, editor@demo.test, reporter@demo.test,")
        lines.append("            letters@demo.test or service@demo.test; password newsroom-demo")
    if settings.MAIL_CARRIER.endswith("filebased.EmailBackend"):
        lines.append(f"Mail lands in {settings.MAIL_OUTBOX}")
    lines.append("Ctrl-C stops everything.")
    return "\n".join(["", *(f"  {line}" for line in lines)])


def _tick(command: list[str]) -> Child:
    """The tick, with memory that outlives it: who was counted today is not counted again."""
    memory = tally.lasting_memory()
    if memory is None:
        return Child("tick", command)
    return Child("tick", command, [memory], {tally.FROM_SUPERVISOR: str(memory)})


def _has_demo_accounts() -> bool:
    try:
        return demo_accounts() is not None
    except DatabaseError:
        return False
