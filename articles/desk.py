"""What the journalism puts on the desk: my work, what waits for an editor, today, what is lacking.

Every panel is one query; counts are one query for all of them.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import CHANGED, LACKS, PROPOSED, mine
from articles.models import Article, PublishedArticle
from articles.models.kinds import State
from newsroom.lib.panels import Panel, Row
from newsroom.pages.templatetags.paper import printed

SHOWN = 6
DRAFTS = Q(state=State.DRAFT, proposed_at__isnull=True)


def panels(request: HttpRequest) -> list[Panel]:
    """Nothing for who may not see articles; what waits for an editor, for those who publish."""
    user = request.user
    if not user.has_perm("articles.view_article"):
        return []
    found = []
    if user.has_perm("articles.change_article"):
        found.append(_mine(request))
    if user.has_perm("articles.publish_article"):
        found += [_waiting(request), _proposed(), _lacking()]
    found.append(_today())
    return found


def _list(**filters: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return f"{reverse('admin:articles_article_changelist')}?{query}"


def _row(article: Article, note: str) -> Row:
    label = article.headline or f"{_('Article')} {article.pk}"
    return Row(label, reverse("admin:articles_article_change", args=[article.pk]), note)


def _mine(request: HttpRequest) -> Panel:
    articles = Article.objects.filter(mine(request.user), state=State.DRAFT)
    latest = articles.only("headline", "modified_at").order_by("-modified_at", "-pk")[:SHOWN]
    return Panel(
        _("My drafts"),
        [_row(article, printed(article.modified_at, "short")) for article in latest],
        empty=_("No draft of yours is open."),
        order=10,
        more=_list(status="draft", whose="mine") if latest else "",
    )


def _waiting(request: HttpRequest) -> Panel:
    """Others' drafts and live articles whose changes readers do not see yet, latest work first."""
    waiting = (
        Article.objects.filter(CHANGED | (DRAFTS & ~mine(request.user)))
        .select_related("latest_revision__by")
        .only("headline", "state", "modified_at", "latest_revision__by__name")
        .order_by("-modified_at", "-pk")
    )
    rows = []
    for article in waiting[:SHOWN]:
        saved = article.latest_revision
        who = saved.by.name if saved and saved.by else ""
        kind = str(_("changes not published")) if article.is_live else str(_("draft"))
        when = printed(article.modified_at, "short")
        rows.append(_row(article, " · ".join(filter(None, [kind, who, when]))))
    return Panel(
        _("Waits for an editor"),
        rows,
        empty=_("Nothing waits: every text is live or its writer’s own."),
        order=15,
        more=_list(status="draft") if rows else "",
    )


def _today() -> Panel:
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
            row.headline,
            reverse("admin:articles_article_change", args=[row.pk]),
            f"{row.section.name} · {printed(row.published_at, 'short')}",
        )
        for row in live[:SHOWN]
    ]
    return Panel(
        _("Live today"),
        rows,
        empty=_("Nothing yet today."),
        order=20,
        more=_list(status="live") if rows else "",
    )


def _proposed() -> Panel:
    """Drafts with a time another system had planned: a person decides what becomes of them."""
    planned = Article.objects.filter(PROPOSED).only("headline", "proposed_at")
    rows = [
        _row(article, printed(article.proposed_at))
        for article in planned.order_by("proposed_at", "pk")[:SHOWN]
        if article.proposed_at
    ]
    return Panel(_("Proposed times"), rows, order=25, more=_list(status="proposed"))


def _lacking() -> Panel:
    """How many live articles lack what; each line leads to the list of them."""
    live = Q(state=State.LIVE)
    counts = Article.objects.aggregate(
        **{name: Count("pk", filter=live & Q(condition)) for name, (_w, condition) in LACKS.items()}
    )
    rows = [
        Row(str(words), _list(status="live", lacks=name), str(counts[name]))
        for name, (words, _condition) in LACKS.items()
        if counts[name]
    ]
    return Panel(_("Live, and lacking something"), rows, order=40)
