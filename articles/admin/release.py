"""Publish, with all that is to be said about it: as what, when, and in spite of what."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.admin.guard import publishable
from articles.admin.release_form import ReleaseForm, initial
from articles.compare.snapshots import compare, field_label
from articles.models import Article, Author, Revision, Topic
from articles.publishing import (
    CannotPublish,
    expected_at,
    publish_by_hand,
    schedule,
)
from articles.publishing.checks import Finding, findings
from articles.publishing.proposal import Proposal, propose
from articles.revisions import as_now
from newsroom.pages.models import QuietWindow
from newsroom.pages.quiet import opens_at, window_at
from newsroom.pages.templatetags.paper import printed
from newsroom.pages.times import zone_words

OVERTAKEN = gettext_noop(
    "Meanwhile there is another version. Nothing was published: look at it first."
)


@dataclass
class Before:
    """What the editor looks at before it goes live."""

    article: Article
    latest: Revision
    live: Revision | None
    proposal: Proposal | None
    found: list[Finding]

    @property
    def seen(self) -> str:
        """Names the two versions; another one behind the editor's back shows the page again."""
        return f"{self.latest.pk}-{self.live.pk if self.live else 0}"

    @property
    def blocked(self) -> bool:
        return any(finding.blocks for finding in self.found)

    @property
    def nothing_new(self) -> bool:
        return self.article.is_live and self.live is not None and self.live.pk == self.latest.pk


def release_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show what changes for readers and ask; publish or plan what was looked at, nothing else."""
    article = publishable(request, article_id)
    latest = article.latest_revision
    if latest is None or article.is_binned:
        messages.warning(request, _("There is no version that could be published."))
        return redirect("admin:articles_article_changelist")
    before = _before(article, latest)
    now = timezone.now()
    has_windows = QuietWindow.objects.filter(is_active=True).exists()
    asked: dict[str, Any] = {"was_live": before.live is not None, "quiet": has_windows}
    form = ReleaseForm(
        request.POST if request.method == "POST" else None,
        initial={
            **initial(
                before.proposal, article.publish_at, article.scheduled_change,
                article.scheduled_text, article.scheduled_override,
            ),
            "seen": before.seen,
        },
        **asked,
    )  # fmt: skip
    if request.method == "POST":
        if request.POST.get("seen") != before.seen:
            messages.warning(request, _(OVERTAKEN))
            data = request.POST.copy()
            data["seen"] = before.seen
            form = ReleaseForm(data, **asked)
        elif form.is_valid() and (answer := _release(request, before, form)):
            return answer
    window = window_at(now)
    return render(
        request,
        "admin/articles/article/release.html",
        {
            **admin.site.each_context(request),
            "title": _("Publish changes") if article.is_live else _("Publish"),
            "article": article,
            "opts": Article._meta,
            "before": before,
            "form": form,
            "changes": compare(as_now(before.live.snapshot), as_now(latest.snapshot))
            if before.live
            else [],
            "found": [(_label(each.field), each) for each in before.found],
            "window": window,
            "opens": opens_at(now) if window else None,
            "expected": expected_at(article),
            "later": "when" in request.GET or form.later,
        },
    )


def _before(article: Article, latest: Revision) -> Before:
    live = article.live_revision if article.first_published_at else None
    proposal = None
    if live is not None and live.pk != latest.pk:
        proposal = propose(live.snapshot, latest.snapshot, names=_names(live, latest))
    return Before(article, latest, live, proposal, findings(latest.snapshot))


def _names(*revisions: Revision) -> list[str]:
    """Names the paper knows of these versions: their tags and who wrote them; 2 queries."""
    topics = {pk for each in revisions for pk in each.snapshot["topics"]}
    authors = {line["author_id"] for each in revisions for line in each.snapshot["bylines"]}
    return [
        *Topic.objects.filter(pk__in=topics).values_list("name", flat=True),
        *Author.objects.filter(pk__in=authors - {None}).values_list("name", flat=True),
    ]


def _release(request: HttpRequest, before: Before, form: ReleaseForm) -> HttpResponse | None:
    """Do what was decided; None, with the reason in the form, when it may not be done."""
    article, override = before.article, form.cleaned_data.get("override", "")
    decided: dict[str, Any] = {
        "by": request.user, "revision": before.latest, "change": form.change, "text": form.told,
    }  # fmt: skip
    try:
        if form.later:
            with transaction.atomic():
                _still(before)
                schedule(
                    article, publish_at=form.cleaned_data["publish_at"], override=override,
                    **decided,
                )  # fmt: skip
            messages.success(request, _planned(article))
        else:
            proposed = before.proposal.kind.value if before.proposal else ""
            with transaction.atomic():
                _still(before)
                row = publish_by_hand(
                    article, override=override, details={"proposed": proposed}, **decided
                )
            messages.success(
                request,
                format_html(
                    '{} <a href="{}"><bdi>{}</bdi></a>', _("Published:"),
                    row.get_absolute_url(), row.headline,
                ),
            )  # fmt: skip
    except CannotPublish as refusal:
        for field, sentence in refusal.problems.items():
            form.add_error(field if field in form.fields else None, sentence)
        return None
    except ValueError as refusal:  # the time is over, or after its own end
        form.add_error("publish_at", str(refusal))
        return None
    return redirect("admin:articles_article_change", article.pk)


def _still(before: Before) -> None:
    """Lock the article and see that the versions are those that were looked at: a button pressed
    twice, or somebody quicker, must not put one correction on record twice or an old text over a
    new one. Raises CannotPublish."""
    now = Article.objects.select_for_update().get(pk=before.article.pk)
    was = before.article
    if (now.latest_revision_id, now.live_revision_id, now.state) != (
        was.latest_revision_id, was.live_revision_id, was.state,
    ):  # fmt: skip
        raise CannotPublish({"seen_by_all": _(OVERTAKEN)})


def _planned(article: Article) -> str:
    """When it goes live, and what waiting has to do with it; a preview, for it has no page yet."""
    at, expected = article.publish_at, expected_at(article)
    facts = {"time": printed(at) if at else "", "zone": zone_words(at)}
    words = _("Scheduled: it goes live %(time)s (%(zone)s).") % facts
    if at and expected and expected > at:
        words += " " + _("A quiet window holds it until %(end)s.") % {"end": printed(expected)}
    return format_html(
        '{} <a href="{}">{}</a>', words,
        reverse("admin:articles_article_preview", args=[article.pk]), _("Preview"),
    )  # fmt: skip


def _label(field: str) -> str:
    """What the form calls the field of a finding."""
    return _("Tags") if field == "tags" else field_label(field)
