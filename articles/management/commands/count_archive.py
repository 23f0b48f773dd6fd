"""`manage.py count_archive`: count the archive now; the tick does it every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.archive.counting import count_all


class Command(BaseCommand):
    help = "Count the live articles of every day of the archive, and correct what is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{count_all(timezone.now())} days corrected.")
