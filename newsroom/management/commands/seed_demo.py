"""Fill an empty site with the demo newspaper: people, pictures, articles, pages, desks, letters."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

import articles.breaking.demo
import articles.demo
import articles.fronts.demo
import articles.live.demo
import articles.popularity.demo
import articles.reports.demo
import newsletter.demo
import newsroom.accounts.demo
import newsroom.pages.demo

CONTENT = Path(articles.demo.__file__).parent / "content"


class Command(BaseCommand):
    """Safe to run twice: what is there is left as it is, what staff changed too."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo paper is not for production: its passwords are public.")
        at = timezone.now()
        self.stdout.write("Demo newspaper: drawing pictures and setting pages ...")
        drawn = articles.demo.draw_pictures(CONTENT)
        with transaction.atomic():
            newsroom.accounts.demo.seed()
            newsroom.pages.demo.seed(CONTENT, at=at)
            made = articles.demo.seed(CONTENT, drawn, at=at)
            newsroom.pages.demo.seed_menus(CONTENT)
            newsletter.demo.seed(CONTENT, at=at)
            articles.reports.demo.seed(CONTENT, at=at)
            articles.breaking.demo.seed(CONTENT, at=at)
            articles.live.demo.seed(CONTENT, at=at)
            articles.popularity.demo.seed(CONTENT, at=at)
            articles.fronts.demo.seed(CONTENT, at=at)
        self.stdout.write(f"Demo newspaper: {made} articles made.")
