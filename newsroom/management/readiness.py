"""Whether this machine and this database are fit to start; each failing gives a sentence."""

import secrets
import socket
from contextlib import closing

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from newsroom.media.renditions import in_a_store
from newsroom.media.store_failures import StoreFailed


class NotReady(Exception):
    """The message says what is wrong and the cure."""


def port_free(host: str, port: int) -> None:
    """Raise NotReady when something listens there already."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotReady(
                f"Port {port} on {host} is taken ({error.strerror}). Stop what uses it, or choose "
                f"another: PORT={port + 1} make run"
            ) from error


def data_dir_writable() -> None:
    """Raise NotReady when the data folder cannot be written."""
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        probe = settings.DATA_DIR / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise NotReady(
            f"The data folder {settings.DATA_DIR} cannot be written ({error.strerror}). Give this "
            "user the right to write there, or set NEWSROOM_DATA_DIR to another one."
        ) from error


def pending_migrations() -> int:
    """How many migrations the database lacks. NotReady when it is newer than the code.

    Raises DatabaseError when the database cannot be reached.
    """
    executor = MigrationExecutor(connection)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in executor.loader.migrated_apps
        and (app, name) not in executor.loader.disk_migrations
    )
    # A squashed migration's replaced names are known to the loader as well.
    replaced = {key for m in executor.loader.replacements.values() for key in m.replaces}
    unknown = [name for name in unknown if tuple(name.split(".", 1)) not in replaced]
    if unknown:
        raise NotReady(
            f"The database is newer than this code: it has {', '.join(unknown[:3])}"
            f"{' and more' if len(unknown) > 3 else ''}. Run the newer code, or restore the backup "
            "made before the upgrade."
        )
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def database_reachable() -> str | None:
    """None when a query works, else a sentence."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"The database does not answer ({str(error).strip().splitlines()[0]})."
    return None


def store_works() -> str | None:
    """None when pictures can be stored, read, missed and removed, else a sentence."""
    if not in_a_store():
        return None
    name = f".newsroom-{secrets.token_hex(8)}"
    try:
        default_storage.save(name, ContentFile(b"It works."))
        default_storage.open(name).close()
        default_storage.delete(name)
        default_storage.exists(name)  # forbidden without the right to list
    except StoreFailed as failed:
        return f"{failed}."
    return None
