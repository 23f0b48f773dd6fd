"""The second pass: item by item, each in its own transaction, so that it can stop anywhere."""

from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError
from django.utils import timezone

from articles.exchange.ledger import Ledger, source_name
from articles.exchange.mapping import Mapping
from articles.exchange.picture_files import PictureFiles
from articles.exchange.report import Report
from articles.exchange.wxr import pages, posts
from articles.exchange.wxr.authors import Authors
from articles.exchange.wxr.job import Job
from articles.exchange.wxr.pictures import Pictures
from articles.exchange.wxr.reader import read
from articles.exchange.wxr.records import Item
from articles.exchange.wxr.sections import Sections
from articles.exchange.wxr.survey import Survey
from articles.models import Topic
from newsroom.addresses.book import AddressTaken
from newsroom.pages.models import SiteSettings

NOUNS = {"post": "articles", "page": "pages", "attachment": "pictures"}
SKIPPED = {
    "nav_menu_item": ("menu entries", "menus are made by hand under Menus"),
    "revision": ("revisions", "an earlier version"),
}


def prepare(survey: Survey, mapping: Mapping, report: Report, *, media_dir: Path | None) -> Job:
    """Everything the second pass needs; writes nothing. Raises BadMapping."""
    ledger = Ledger(source_name(survey.site.url))
    paper = SiteSettings.load()
    spoken = survey.site.language.split("-")[0].lower()
    foreign = spoken in dict(settings.LANGUAGES) and spoken != paper.language.split("-")[0]
    files = PictureFiles(media_dir) if media_dir else None
    return Job(
        survey=survey,
        ledger=ledger,
        report=report,
        sections=Sections(survey, mapping, ledger, report),
        authors=Authors(survey, mapping, ledger, report),
        pictures=Pictures(survey, ledger, report, files),
        zone=paper.zone,
        now=timezone.now(),
        language=spoken if foreign else "",
    )


def run(job: Job, file: IO[bytes], *, max_bytes: int) -> None:
    """Pictures first, for the texts name them; then texts. What is here already costs a look."""
    topics = Topic.objects.count()
    for pictures in (True, False):
        seen: set[str] = set()
        for record in read(file, max_bytes=max_bytes):
            if isinstance(record, Item) and (record.kind == "attachment") == pictures:
                if record.key in seen:
                    job.report.item(_noun(record), "skipped", record.label, "twice in the file")
                    continue
                seen.add(record.key)
                _take(job, record)
    for _number in range(Topic.objects.count() - topics):
        job.report.counts["topics", "made"] += 1


def _take(job: Job, item: Item) -> None:
    noun = _noun(item)
    if item.kind not in NOUNS:
        reason = SKIPPED.get(item.kind, ("", "of no kind that a newspaper has"))[1]
        job.report.item(noun, "skipped", item.label, reason)
        return
    try:
        if not item.key:
            raise ValueError("it has neither a number nor an address")
        if item.kind == "attachment":
            job.pictures.take(item)
        elif item.kind == "page":
            pages.take(job, item)
        else:
            posts.take(job, item)
    except (ValueError, ValidationError, AddressTaken, DataError) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        job.report.item(noun, "failed", item.label, reason)
        job.report.warn("Could not be kept", f"line {item.line}, {item.label}: {reason}")


def _noun(item: Item) -> str:
    return NOUNS.get(item.kind) or SKIPPED.get(item.kind, (f"{item.kind[:14]}s", ""))[0]
