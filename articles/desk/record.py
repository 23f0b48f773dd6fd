"""What was done: live today, corrections, what the archive lacks, what can be undone."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.filters import LACKS
from articles.desk.rows import HEADLINE, NOTE, SHOWN, form_of, listed
from articles.models import Article, Change, History, PublishedArticle
from articles.models.kinds import State
from articles.publishing.undo import DEEDS
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

# How long a correction, and the way back from what was done to several, stand on the desk.
CORRECTED, UNDOABLE = timedelta(days=7), timedelta(hours=24)


def today() -> Panel:
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    live = (
        PublishedArticle.objects.filter(
            published_at__gte=morning, published_at__lt=morning + timedelta(days=1)
        )
        .select_related("section")
        .only("headline", "published_at", "section__name")
        .order_by("-published_at", "-pk")
    )
    rows = [
        Row(
            excerpt(found.headline, HEADLINE),
            form_of(found.pk),
            f"{found.section.name} · {printed(found.published_at, 'short')}",
        )
        for found in live[:SHOWN]
    ]
    return Panel(
        gettext_lazy("Live today"),
        rows,
        empty=gettext_lazy("Nothing yet today."),
        order=20,
        more=listed(status="live") if rows else "",
    )


def corrections() -> Panel:
    """Those of the last seven days that stand; readers find all of them at /corrections/."""
    standing = Change.objects.public().corrections().select_related("article")
    recent = standing.filter(at__gt=timezone.now() - CORRECTED).only(
        "text", "at", "article__headline"
    )
    rows = [
        Row(
            excerpt(change.article.headline, HEADLINE),
            form_of(change.article_id),
            printed(change.at, "short"),
            more=excerpt(change.text, NOTE),
        )
        for change in recent[:SHOWN]
    ]
    return Panel(
        gettext_lazy("Corrections this week"),
        rows,
        empty=gettext_lazy("None in seven days."),
        order=26,
        more="/corrections/" if rows else "",
    )


def lacking() -> Panel:
    """How many live articles lack what; each line leads to the list of them."""
    live = Q(state=State.LIVE)
    counts = Article.objects.aggregate(
        **{name: Count("pk", filter=live & Q(condition)) for name, (_w, condition) in LACKS.items()}
    )
    rows = [
        Row(str(words), listed(status="live", lacks=name), str(counts[name]))
        for name, (words, _condition) in LACKS.items()
        if counts[name]
    ]
    return Panel(gettext_lazy("Live, and lacking something"), rows, order=40)


def several(request: HttpRequest) -> Panel:
    """What this person did to several at once in the last day, each with the way back."""
    done = (
        History.objects.filter(
            batch__isnull=False, by=request.user.pk, verb__in=DEEDS,
            at__gt=timezone.now() - UNDOABLE,
        )
        .order_by()
        .values_list("batch", "verb")
        .annotate(count=Count("pk"), when=Max("at"))
        .order_by("-when")
    )  # fmt: skip
    rows = [
        Row(
            ngettext("%(act)s: %(count)d article", "%(act)s: %(count)d articles", count)
            % {"act": WORDS.get(verb, verb), "count": count},
            reverse("admin:articles_article_undo", args=[batch]),
            _("undo… · %s") % printed(when, "short"),
        )
        for batch, verb, count, when in done[:SHOWN]
        if isinstance(batch, UUID)
    ]
    return Panel(gettext_lazy("What you did to several at once"), rows, order=88)


WORDS = {
    "publish": gettext_lazy("Published"),
    "bin": gettext_lazy("Put into the bin"),
    "unbin": gettext_lazy("Put back from the bin"),
    "submit": gettext_lazy("Submitted"),
    "approve": gettext_lazy("Approved"),
    "send_back": gettext_lazy("Sent back"),
    "start": gettext_lazy("Begun"),
    "set_aside": gettext_lazy("Set aside"),
}
