"""A post becomes an article: the desk's copy, a revision, and published if it was public there."""

from typing import Any

from django.db import transaction

from articles.exchange.models import ImportedItem
from articles.exchange.old_addresses import lead
from articles.exchange.wxr.body import body_html
from articles.exchange.wxr.dates import published
from articles.exchange.wxr.job import Job
from articles.exchange.wxr.names import headline_of, slug_of, standfirst_of
from articles.exchange.wxr.notes import Notes
from articles.exchange.wxr.records import Item
from articles.exchange.wxr.wishes import Wish, wish
from articles.models import Article, Byline, PublishedArticle
from articles.models.kinds import Kind
from articles.publishing import CannotPublish, publish, unpublish
from articles.revisions import revise
from articles.topics import for_names, put


def take(job: Job, item: Item) -> None:
    """Take in one post, in one transaction, unless it is here already or staff have edited it."""
    wanted = wish(item, published(item, job.zone), now=job.now)
    if wanted.skip:
        job.report.item("articles", "skipped", item.label, wanted.skip)
        return
    notes = Notes()
    gallery = job.survey.galleries.get(item.id, ())
    body = body_html(item["content"], picture=job.pictures.find, gallery=gallery, notes=notes)
    section, further, names = job.sections.of(item)
    authors = [author.pk for author in job.authors.of(item)]
    names += [term.name for term in item.terms_of("post_tag")]
    fields: dict[str, Any] = {
        "headline": headline_of(item, body),
        "standfirst": standfirst_of(item),
        "body": body,
        "slug": slug_of(item),
        "kind": _kind(job, item),
        "section_id": section.pk,
        "lead_picture_id": job.pictures.by_number(item.meta.get("_thumbnail_id", "").strip()),
        "language": job.language,
        "proposed_at": wanted.proposed,
    }
    others = [place.pk for place in further]
    checksum = item.checksum(fields, others, authors, names)
    entry = job.ledger.find("post", item.key)
    if entry and entry.checksum == checksum:
        job.report.item("articles", "unchanged", item.label)
        return
    with transaction.atomic():
        article = _ours(entry)
        if article is None:
            job.report.item("articles", "kept", item.label, "staff have edited or removed it here")
            return
        _write(article, fields, others, authors, names)
        revise(article, by=None, note=f"Imported from {job.ledger.source}"[:200])
        told, paths = _show(job, item, article, wanted)
        job.ledger.write("post", item.key, kind="article", object_id=article.pk, old_paths=paths,
                         checksum=checksum, mark=mark(article), note=told)  # fmt: skip
    job.tell(notes, item)
    detail = f"article {article.pk}, {told}"
    job.report.item("articles", "updated" if entry else "made", item.label, detail)
    if not item.title:
        job.report.warn("Without a headline there", f"{item.label}: now “{article.headline}”")


def mark(article: Article) -> str:
    """Changes with every saved edit, publication and withdrawal."""
    return f"{article.latest_revision_id}/{article.state}/{article.publish_at or ''}"


def _ours(entry: ImportedItem | None) -> Article | None:
    """The article to write: a new one, or the one this became if nobody has touched it since."""
    if entry is None:
        return Article()
    article = Article.objects.select_for_update().filter(pk=entry.object_id).first()
    return article if article and mark(article) == entry.mark else None


def _kind(job: Job, item: Item) -> str:
    kinds = job.sections.mapping.kinds
    said = [kinds[t.nicename] for t in item.terms_of("category") if t.nicename in kinds]
    return said[0] if said else Kind.NEWS


def _write(
    article: Article, fields: dict[str, Any], further: list[int], authors: list[int],
    names: list[str],
) -> None:  # fmt: skip
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    article.further_sections.set(further)
    put(article, for_names(names))
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author_id=author, order=order)
        for order, author in enumerate(authors)
    )


def _show(job: Job, item: Item, article: Article, wanted: Wish) -> tuple[str, list[str]]:
    """Publish with its own date what was public there; say what came of it, and its old paths."""
    paths = job.old_paths(item, "p")
    if not wanted.live:
        if article.is_live:
            unpublish(article, by=None)
        job.report.warn("Drafts, for a person to look at", f"{item.label}: {wanted.why}")
        return f"a draft: {wanted.why}", paths
    try:
        row = publish(article, by=None, at=wanted.at, judged=False)
    except CannotPublish as error:
        job.report.warn("Drafts, for a person to look at", f"{item.label}: {error}")
        return f"a draft: {error}", paths
    _lead_here(job, item, row, paths)
    return f"published {row.published_at:%Y-%m-%d}", paths


def _lead_here(job: Job, item: Item, row: PublishedArticle, paths: list[str]) -> None:
    for path in lead(paths, row.get_absolute_url()):
        job.report.warn("Old addresses that are in use here", f"{path} ({item.label})")
