"""A page becomes a page: public only if everybody could read it there."""

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.exchange.old_addresses import lead
from articles.exchange.wxr.body import body_html
from articles.exchange.wxr.dates import modified, published
from articles.exchange.wxr.job import Job
from articles.exchange.wxr.names import headline_of, slug_of
from articles.exchange.wxr.notes import Notes
from articles.exchange.wxr.records import Item
from articles.exchange.wxr.wishes import wish
from newsroom.addresses.free import free_slug
from newsroom.lib.html import plain_text
from newsroom.lib.slugs import slugify
from newsroom.lib.text import excerpt
from newsroom.pages.models import Page


def take(job: Job, item: Item) -> None:
    """Take in one page, in one transaction, unless it is here already or staff have edited it."""
    at = published(item, job.zone)
    wanted = wish(item, at, now=job.now)
    if wanted.skip:
        job.report.item("pages", "skipped", item.label, wanted.skip)
        return
    notes = Notes()
    gallery = job.survey.galleries.get(item.id, ())
    body = body_html(item["content"], picture=job.pictures.find, gallery=gallery, notes=notes)
    fields: dict[str, Any] = {
        "title": headline_of(item, body),
        "summary": excerpt(plain_text(item["excerpt"]), 300),
        "body": body,
        "is_public": wanted.live,
        "updated_at": modified(item) or at or timezone.now(),
    }
    checksum = item.checksum(fields["title"], body, wanted.live)
    entry = job.ledger.find("page", item.key)
    if entry and entry.checksum == checksum:
        job.report.item("pages", "unchanged", item.label)
        return
    with transaction.atomic():
        page = Page.objects.filter(pk=entry.object_id).first() if entry else Page()
        if page is None or (entry and mark(page) != entry.mark):
            job.report.item("pages", "kept", item.label, "staff have edited or removed it here")
            return
        for name, value in fields.items():
            setattr(page, name, value)
        if not entry:
            page.slug = free_slug("page", [slug_of(item), slugify(page.title, "page")])
        page.save()
        paths = job.old_paths(item, "page_id", "p")
        taken = lead(paths, page.path) if page.is_public else []
        job.ledger.write("page", item.key, kind="page", object_id=page.pk, old_paths=paths,
                         checksum=checksum, mark=mark(page), note=wanted.why)  # fmt: skip
    for path in taken:
        job.report.warn("Old addresses that are in use here", f"{path} ({item.label})")
    if wanted.why:
        job.report.warn("Pages that are not public", f"{item.label}: {wanted.why}")
    if slug_of(item) and page.slug != slug_of(item):
        job.report.warn("Pages with another address", f"{item.label}: {page.path}")
    job.tell(notes, item)
    job.report.item("pages", "updated" if entry else "made", item.label, page.path)


def mark(page: Page) -> str:
    """Changes when staff edit anything of the page."""
    parts = (page.title, page.slug, page.summary, page.body, str(page.is_public))
    return sha256("\n".join(parts).encode()).hexdigest()
