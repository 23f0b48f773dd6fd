"""Run the site: web server, background worker and tick under one supervisor."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from newsroom.checks import demo_accounts, unsafe_settings
from newsroom.management import readiness
from newsroom.management.supervisor import Child, Supervisor


class Command(BaseCommand):
    """granian, `db_worker` and `tick`; a dead one is started again, a signal ends all of them."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=int, default=2, help="web worker processes")
        parser.add_argument("--web-only", action="store_true", help="no worker, no tick")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if settings.PRODUCTION:
            self._refuse_unsafe()
        elif host not in {"127.0.0.1", "::1", "localhost"}:
            raise CommandError(
                "The demo listens on this machine alone, because its passwords are public. "
                "Set NEWSROOM_ENV=production to serve others."
            )
        try:
            readiness.data_dir_writable()
            readiness.port_free(host, port)
            pending = readiness.pending_migrations()
        except readiness.NotReady as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            if not settings.PRODUCTION:
                raise CommandError(f"The database does not answer: {error}") from error
            pending = 0
            self.stderr.write(
                f"serve: the database does not answer yet ({error}); starting anyway."
            )
        if pending:
            raise CommandError(
                f"The database lacks {pending} migrations. Run `manage.py prepare` first "
                "(`make run` does it by itself)."
            )
        self._announce(port)
        raise SystemExit(Supervisor(self._children(options)).run())

    def _refuse_unsafe(self) -> None:
        found = unsafe_settings()
        try:
            if sentence := demo_accounts():
                found.append(sentence)
        except DatabaseError:
            pass  # unreachable or not migrated: said by what follows
        if found:
            raise CommandError("Not started.\n" + "\n".join(f"- {line}" for line in found))

    def _children(self, options: dict[str, Any]) -> list[Child]:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi",
            "--host", options["host"], "--port", str(options["port"]),
            "--workers", str(options["workers"]), "--blocking-threads", "8",
            "--respawn-failed-workers", "--no-ws", "--log-level", "warning",
            "newsroom.wsgi:application",
        ]  # fmt: skip
        children = [Child("web", web)]
        if not options["web_only"]:
            children.append(Child("worker", [*manage, "db_worker", "--queue-name", "*"]))
            children.append(Child("tick", [*manage, "tick", "--loop"]))
        return children

    def _announce(self, port: int) -> None:
        write = self.stdout.write
        write("")
        write(f"  The site    {settings.SITE_URL}/")
        write(f"  The admin   {settings.SITE_URL}/admin/")
        try:
            demo = demo_accounts() is not None
        except DatabaseError:
            demo = False
        if demo and not settings.PRODUCTION:
            write("  Log in as   chief@demo.test, editor@demo.test, reporter@demo.test,")
            write("              letters@demo.test or service@demo.test; password newsroom-demo")
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            write(f"  Mail lands in {settings.MAIL_OUTBOX}")
        write("  Ctrl-C stops everything.")
        write("")
