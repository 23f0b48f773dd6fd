"""Reading and writing the ledger for one source."""

from urllib.parse import urlsplit

from articles.exchange.models import ImportedItem


def source_name(address: str) -> str:
    """The other site's name in the ledger: its address without scheme and `www.`."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"[:200] or "unknown"


class Ledger:
    """What has come from one source so far."""

    def __init__(self, source: str) -> None:
        self.source = source

    def find(self, source_kind: str, source_id: str) -> ImportedItem | None:
        """The entry, or None; one query."""
        return ImportedItem.objects.filter(
            source=self.source, source_kind=source_kind, source_id=source_id[:200]
        ).first()

    def write(
        self,
        source_kind: str,
        source_id: str,
        *,
        kind: str,
        object_id: int,
        checksum: str = "",
        mark: str = "",
        old_paths: list[str] | None = None,
        note: str = "",
    ) -> ImportedItem:
        """Make or renew the entry; call it in the transaction that writes the object."""
        entry, _made = ImportedItem.objects.update_or_create(
            source=self.source,
            source_kind=source_kind,
            source_id=source_id[:200],
            defaults={
                "kind": kind,
                "object_id": object_id,
                "checksum": checksum,
                "mark": mark,
                "old_paths": old_paths or [],
                "note": note[:300],
            },
        )
        return entry
