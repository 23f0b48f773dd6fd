"""`manage.py prune_revisions`: throw old versions away now; the tick does it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.pruning import KEPT_FOR, NEWEST, prune


class Command(BaseCommand):
    help = (
        f"Delete versions older than {KEPT_FOR.days} days that readers never saw, that have no "
        f"note and are not among the newest {NEWEST} of their article."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{prune()} versions deleted.")
