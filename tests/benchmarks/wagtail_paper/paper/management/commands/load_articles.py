"""Fill the paper from a file that tests/benchmarks/exporting.py wrote; in bulk.

Pages lie in a table of their own, with the path of each in the tree; Django makes no rows in bulk
that lie in two tables, so both are written here. No page gets a revision.
"""

import json
from collections import Counter
from datetime import datetime
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from wagtail.models import Locale, Page, Site

from paper.models import ArticlePage, ArticleTopic, Author, HomePage, SectionPage, Topic, TopStory

BATCH, TOP = 1_000, 5
OWN = ("page_ptr_id", "standfirst", "body")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, **options):
        with open(options["file"], encoding="utf-8") as lines, transaction.atomic():
            head = json.loads(next(lines))
            load = Load(head)
            while batch := [json.loads(line) for line in islice(lines, BATCH)]:
                load.articles(batch)
            load.finish()
        call_command("update_index", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class Load:
    """Sections, authors and topics by their numbers in the file, and how far the tree has grown."""

    def __init__(self, head):
        Page.objects.filter(depth=2).delete()
        self.home = Page.objects.get(depth=1).add_child(
            instance=HomePage(title="The Courier", slug="home")
        )
        Site.objects.create(hostname="localhost", root_page=self.home, is_default_site=True)
        self.sections = {
            each["id"]: self.home.add_child(
                instance=SectionPage(
                    title=each["name"], slug=each["slug"], description=each["description"],
                    show_in_menus=True,
                )
            )
            for each in head["sections"]
        }  # fmt: skip
        Author.objects.bulk_create(map(_named(Author), head["authors"]), batch_size=BATCH)
        Topic.objects.bulk_create(map(_named(Topic), head["topics"]), batch_size=BATCH)
        self.children = Counter()
        self.locale = Locale.get_default()
        self.kind = ContentType.objects.get_for_model(ArticlePage)

    def articles(self, batch):
        pages = Page.objects.bulk_create(map(self._page, batch))
        own = [
            (page.pk, each["standfirst"], each["body"])
            for page, each in zip(pages, batch, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {ArticlePage._meta.db_table} ({', '.join(OWN)}) VALUES (%s, %s, %s)",
                own,
            )
        wrote = ArticlePage.authors.through
        wrote.objects.bulk_create(
            wrote(articlepage_id=page.pk, author_id=author)
            for page, each in zip(pages, batch, strict=True)
            for author in each["authors"]
        )
        ArticleTopic.objects.bulk_create(
            ArticleTopic(content_object_id=page.pk, tag_id=topic)
            for page, each in zip(pages, batch, strict=True)
            for topic in each["topics"]
        )

    def _page(self, each):
        section, at = self.sections[each["section"]], datetime.fromisoformat(each["at"])
        self.children[section.pk] += 1
        return Page(
            path=Page._get_path(section.path, section.depth + 1, self.children[section.pk]),
            depth=section.depth + 1,
            title=each["headline"],
            draft_title=each["headline"],
            slug=each["slug"],
            url_path=f"{section.url_path}{each['slug']}/",
            content_type=self.kind,
            locale=self.locale,
            live=True,
            first_published_at=at,
            last_published_at=at,
            latest_revision_created_at=at,
        )

    def finish(self):
        """Count the children as the tree does, and place the newest stories on the home page."""
        for section, count in self.children.items():
            Page.objects.filter(pk=section).update(numchild=count)
        newest = ArticlePage.objects.order_by("-first_published_at")[:TOP]
        TopStory.objects.bulk_create(
            TopStory(page=self.home, article=article, sort_order=order)
            for order, article in enumerate(newest)
        )


def _named(model):
    return lambda each: model(pk=each["id"], name=each["name"], slug=each["slug"])
