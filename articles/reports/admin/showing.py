"""What the desk sees of a report: the passage where it stood, and whether it still stands."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import PublishedArticle
from articles.reports.answers import link_to_what_changed
from articles.reports.models import ErrorReport
from articles.reports.passages import place_of
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

State = ErrorReport.State


class Showing:
    """The read-only columns and rows of the admin; each says one thing of a report."""

    @admin.display(description=_("what is wrong"))
    def words(self, report: ErrorReport) -> SafeString:
        return format_html('<div class="message-text" dir="auto">{}</div>', report.text)

    @admin.display(description=_("report"), ordering="text")
    def what(self, report: ErrorReport) -> SafeString:
        return format_html("<bdi>{}</bdi>", excerpt(report.text, 110))

    @admin.display(description=_("article"), ordering="headline")
    def about(self, report: Any) -> SafeString:
        return format_html("<bdi>{}</bdi>", excerpt(report.headline, 80))

    @admin.display(description=_("state"), ordering="state")
    def standing(self, report: ErrorReport) -> str:
        if report.state == State.CLOSED:
            return str(report.get_outcome_display())
        return str(report.get_state_display())

    @admin.display(description=_("received"), ordering="created_at")
    def received(self, report: ErrorReport) -> str:
        return printed(report.created_at)

    @admin.display(description=_("passage"))
    def where(self, report: ErrorReport) -> SafeString | str:
        """The quoted words in their place, and a word on whether readers still see them."""
        if not report.passage:
            return "–"
        place = place_of(report.passage, report.revision.snapshot)
        if place is None:
            return format_html(
                '<blockquote class="passage" dir="auto"><mark>{}</mark></blockquote>'
                '<p class="help">{}</p>',
                report.passage,
                _("Not word for word in the version the reader had."),
            )
        return format_html(
            '<blockquote class="passage" dir="auto">{}<mark>{}</mark>{}</blockquote>'
            '<p class="help">{}</p>',
            *place,
            self._still(report),
        )

    def _still(self, report: ErrorReport) -> str:
        live = report.article.live_revision
        if not report.article.is_live or live is None:
            return str(_("The article is not live now."))
        if live.pk != report.revision_id and place_of(report.passage, live.snapshot) is None:
            return str(_("Readers no longer see this passage."))
        return str(_("Readers see this passage now."))

    @admin.display(description=_("article"))
    def article_links(self, report: ErrorReport) -> SafeString:
        """The desk's copy, and the published page at the passage (where browsers can do that)."""
        edit = reverse("admin:articles_article_change", args=[report.article_id])
        found = PublishedArticle.objects.select_related("section").filter(pk=report.article_id)
        row = found.defer("body", "text").first()
        live: SafeString | str = ""
        if row:
            fragment = f"#:~:text={quote(report.passage, safe='')}" if report.passage else ""
            live = format_html(
                ' · <a href="{}{}">{}</a>', row.get_absolute_url(), fragment, _("View on site")
            )
        headline = excerpt(report.revision.snapshot["headline"], 160)
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a><br><span class="help">{}</span>{}',
            edit,
            headline,
            _("version %(number)d") % {"number": report.revision.number},
            live,
        )

    @admin.display(description=_("reader"))
    def sender(self, report: ErrorReport) -> SafeString | str:
        if not report.email:
            return str(_("Left no address, or it has been deleted since."))
        return format_html(
            '<a href="mailto:{}" dir="ltr">{}</a>', quote(report.email), report.email
        )

    @admin.display(description=_("outcome"))
    def result(self, report: ErrorReport) -> SafeString | str:
        """What was decided, by whom, and what the reader was told."""
        if not report.closed_at:
            return "–"
        by = report.closed_by.name if report.closed_by else ""
        head = " · ".join(
            filter(None, [str(report.get_outcome_display()), by, printed(report.closed_at)])
        )
        row = PublishedArticle.objects.select_related("section").filter(pk=report.article_id)
        link = link_to_what_changed(report, row.defer("body", "text").first())
        return format_html(
            '<bdi>{}</bdi><br>{}<div class="message-text" dir="auto">{}</div>',
            head,
            format_html('<a href="{}">{}</a>', link, _("What the reader is led to"))
            if link
            else "",
            "\n\n".join(filter(None, [report.change.text if report.change else "", report.answer])),
        )

    @admin.display(description=_("answer"))
    def answered(self, report: ErrorReport) -> str:
        if report.answered_at:
            return printed(report.answered_at)
        return str(_("on its way") if report.to_answer else _("none"))
