"""My work, what waits for an editor, what is planned for today."""

from datetime import datetime

from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.filters import CHANGED, ON_DESK, WAITS, mine
from articles.day import of_day
from articles.desk.rows import SHOWN, listed, row
from articles.models import Article
from articles.models.kinds import State, Workflow
from articles.permissions import in_sections_of
from articles.publishing.workflow import SEND_BACK, last_moves
from newsroom.lib.panels import Panel, Row
from newsroom.pages.templatetags.paper import printed

# Drafts, and live articles whose copy is ahead of what readers see.
OPEN = Q(state=State.DRAFT) | CHANGED


def my_work(request: HttpRequest) -> Panel:
    """Open texts of this person: sent back first, then by when they are due."""
    articles = Article.objects.filter(ON_DESK, OPEN, mine(request.user)).only(
        "headline", "state", "workflow", "due_at", "modified_at", "latest_revision",
        "live_revision",
    )  # fmt: skip
    shown = list(articles.order_by(F("due_at").asc(nulls_last=True), "-modified_at", "-pk")[:SHOWN])
    moves = last_moves([article.pk for article in shown])
    rows, back = [], []
    for article in shown:
        act = moves.get(article.pk)
        due = _due(article.due_at)
        writing = article.workflow == Workflow.WRITING
        if writing and act and act.verb == SEND_BACK and act.by_id != request.user.pk:
            who = act.by.name if act.by else ""
            said = _("sent back by %(name)s") % {"name": who} if who else _("sent back")
            back.append(row(article, said, due or printed(act.at, "short"), more=act.note))
        else:
            stage = Workflow(article.workflow).label
            live = _("live, changed") if article.is_live else ""
            rows.append(row(article, live, stage, due or printed(article.modified_at, "short")))
    return Panel(
        gettext_lazy("My work"),
        [*back, *rows],
        empty=gettext_lazy("No text of yours is open."),
        order=10,
        more=listed(whose="mine") if shown else "",
    )


def waiting(request: HttpRequest) -> Panel:
    """What an editor of these sections has to read or to publish: in edit first, soonest due."""
    in_edit_first = Case(When(workflow=Workflow.IN_EDIT, then=Value(0)), default=Value(1))
    waits = (
        Article.objects.filter(ON_DESK, WAITS, in_sections_of(request.user))  # type: ignore[arg-type]
        .select_related("latest_revision__by", "section")
        .only(
            "headline", "state", "workflow", "due_at", "modified_at", "live_revision",
            "latest_revision__by__name", "section__name",
        )
        .order_by(in_edit_first, F("due_at").asc(nulls_last=True), "modified_at", "pk")
    )  # fmt: skip
    rows = []
    for article in waits[:SHOWN]:
        saved = article.latest_revision
        what = _("to read") if article.workflow == Workflow.IN_EDIT else _("to publish")
        live = _("live") if article.is_live else ""
        who = saved.by.name if saved and saved.by else ""
        section = article.section.name if article.section else ""
        when = _due(article.due_at) or printed(article.modified_at, "short")
        rows.append(row(article, what, live, section, who, when))
    return Panel(
        gettext_lazy("Waits for an editor"),
        rows,
        empty=gettext_lazy("Nothing waits: no text is in edit or approved."),
        order=15,
        more=listed(stage="waits", whose="sections") if rows else "",
    )


def planned(request: HttpRequest) -> Panel:
    """The stories of today's plan that are not live yet, and who has them."""
    stories = of_day(timezone.localdate()).exclude(state=State.LIVE).select_related("assigned_to")
    rows: list[Row] = [
        row(
            article,
            article.assigned_to.name if article.assigned_to else _("nobody yet"),
            Workflow(article.workflow).label,
            _due(article.due_at),
        )
        for article in stories.only(
            "headline", "workflow", "due_at", "assigned_to__name", "state"
        )[:SHOWN]
    ]  # fmt: skip
    return Panel(
        gettext_lazy("Planned for today"),
        rows,
        empty=gettext_lazy("Nothing is planned for today."),
        order=18,
        more=reverse("admin:articles_article_day"),
        more_label=gettext_lazy("The plan of the day"),
    )


def _due(due_at: datetime | None) -> str:
    if due_at is None:
        return ""
    today = timezone.localdate(due_at) == timezone.localdate()
    when = printed(due_at, "hour" if today else "long")
    if due_at < timezone.now():
        return _("was due %(time)s") % {"time": when}
    return _("due %(time)s") % {"time": when}
