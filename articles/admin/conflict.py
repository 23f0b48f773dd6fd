"""The page on which somebody chooses where two people changed the same; complete without script.

It is sent to the article's own form address, with the form's fields as they were typed, the
version they were typed over, the version they met, and the choices.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import admin as site
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import drafts
from articles.admin import typed
from articles.compare.lines import Line, text_line
from articles.compare.snapshots import compare, field_label
from articles.merging import Conflict, Piece
from articles.merging.body import join_blocks
from articles.models import Article, Revision
from articles.revisions import FIELDS
from newsroom.lib.html import clean_html
from newsroom.lib.text import excerpt, tidy
from newsroom.pages.templatetags.paper import printed

if TYPE_CHECKING:
    from articles.admin.merging import Meeting

# Fields whose words can be written anew on the page; of the others one chooses.
WRITTEN = (
    "kicker", "headline", "standfirst", "body", "dateline", "lead_caption", "slug", "seo_title",
    "seo_description", "share_title", "share_text",
)  # fmt: skip
_LISTS = ("further_sections", "topics", "bylines", "related")
_OF_CHOOSING = ("choice-", "own-", "theirs_revision", "base_revision", "bylines-", "initial-")


@dataclass
class Question:
    """One conflict: what each side made of it, and what may be chosen."""

    name: str
    label: str
    base: list[Line]
    mine: list[Line]
    theirs: list[Line]
    both: bool
    own: SafeString | str
    chosen: str
    error: str


@dataclass
class Passage:
    """A stretch of the text: agreed (as HTML, and how it came) or a question."""

    question: Question | None = None
    html: SafeString = field(default_factory=lambda: mark_safe(""))
    blocks: int = 0
    mine: int = 0
    theirs: int = 0


def page(admin: Any, request: Any, meeting: "Meeting", errors: dict[str, str]) -> HttpResponse:
    """Status 409: the save met another, and nothing of either is lost."""
    ask = _Asking(request, meeting, errors)
    fields = [ask.field(conflict) for conflict in meeting.merged.conflicts]
    text = [ask.passage(n, piece) for n, piece in enumerate(meeting.merged.pieces)]
    has_text = any(passage.question for passage in text)
    hidden = {
        **typed.as_form(meeting.mine, meeting.form.fields),
        **carried(request),
        "base_revision": [str(meeting.base.pk if meeting.base else "")],
        "theirs_revision": [str(meeting.latest.pk)],
    }
    context = {
        **site.site.each_context(request),
        **facts(meeting.latest),
        "title": _("Two versions"),
        "article": meeting.article,
        "opts": Article._meta,
        "media": meeting.form.media,
        "fields": fields,
        "text": text if has_text else [],
        "count": len(fields) + sum(1 for passage in text if passage.question),
        "hidden": [(name, value) for name, values in hidden.items() for value in values],
        "errors": errors,
        "base": meeting.base,
    }
    return TemplateResponse(request, "admin/articles/article/conflict.html", context, status=409)


def facts(met: Revision) -> dict[str, Any]:
    """Who saved the version that was met, when, and its number."""
    today = timezone.localdate(met.at) == timezone.localdate()
    name = excerpt(tidy(met.by.name or met.by.email), 60) if met.by else _("the system")
    return {
        "number": met.number,
        "name": f"\u2068{name}\u2069",
        "time": printed(met.at, "short" if today else "long"),
    }


def carried(request: HttpRequest) -> dict[str, list[str]]:
    """What the form sent besides the article's own fields: the note, the key of the kept text."""
    known = {*(name.removesuffix("_id") for name in FIELDS), "tags", *_LISTS}
    return {
        name: values
        for name, values in drafts.typed(request.POST).items()
        if not name.startswith(_OF_CHOOSING) and name not in known
    }


class _Asking:
    """Makes the questions of one page."""

    def __init__(self, request: HttpRequest, meeting: "Meeting", errors: dict[str, str]) -> None:
        self.sent, self.meeting, self.errors = request.POST, meeting, errors

    def field(self, conflict: Conflict) -> Question:
        name, old = conflict.field, conflict.base
        if old is None:
            old = [] if name in _LISTS else None if name.endswith("_id") else ""
        before, mine, theirs = (_shown(name, one) for one in (old, conflict.mine, conflict.theirs))
        return self._question(
            name, str(field_label(name)),
            {name: before}, {name: mine}, {name: theirs},
            both=conflict.both is not None,
            own=conflict.mine if name in WRITTEN else None,
        )  # fmt: skip

    def passage(self, number: int, piece: Piece) -> Passage:
        if piece.result is not None:
            changed = piece.result != piece.base
            return Passage(
                html=mark_safe(clean_html(join_blocks(piece.result))),  # noqa: S308
                blocks=len(piece.result),
                mine=len(piece.result) if changed and piece.result == piece.mine else 0,
                theirs=len(piece.result) if changed and piece.result == piece.theirs else 0,
            )
        base, mine, theirs = (
            {"body": join_blocks(side)} for side in (piece.base, piece.mine, piece.theirs)
        )
        return Passage(
            self._question(
                f"body-{number}", _("Text"), base, mine, theirs,
                both=bool(piece.mine and piece.theirs),
                own=join_blocks((*piece.theirs, *piece.mine)),
            )
        )  # fmt: skip

    def _question(
        self, name: str, label: str, base: Any, mine: Any, theirs: Any, *, both: bool, own: Any
    ) -> Question:  # fmt: skip
        chosen = self.sent.get(f"choice-{name}", "") if self.errors else ""
        written = self.sent.get(f"own-{name}", own) if self.errors else own
        return Question(
            name, label, _lines(base, base), _lines(base, mine), _lines(base, theirs),
            both=both, own="" if own is None else self._widget(name, written),
            chosen=chosen, error=self.errors.get(name, ""),
        )  # fmt: skip

    def _widget(self, name: str, value: str) -> SafeString:
        """The form's own input for it, the editor included."""
        field = "body" if name.startswith("body-") else name
        widget = self.meeting.form.fields[field].widget
        attrs = {"id": f"id_own-{name}", "aria-label": _("In other words"), "dir": "auto"}
        return widget.render(f"own-{name}", value, attrs)  # type: ignore[no-any-return]


def _shown(name: str, value: Any) -> Any:
    return ", ".join(typed.topic_names(value)) if name == "topics" else value


def _lines(before: dict[str, Any], after: dict[str, Any]) -> list[Line]:
    """What a side changed, word by word; all of it as it stands if it changed nothing."""
    ((name, old),) = before.items()
    new = after[name]
    if name == "topics":
        return [text_line(old, new)] if old or new else []
    if before == after:
        # Compared with nothing, a value is one that was added.
        empty: Any = [] if name in _LISTS else None if name.endswith("_id") else ""
        changes = compare({name: empty}, {name: new})
        return [_unmarked(line) for change in changes for line in change.lines]
    return [line for change in compare(before, after) for line in change.lines]


def _unmarked(line: Line) -> Line:
    """The same words, none of them marked."""
    pieces = [piece._replace(op="same") for piece in line.pieces]
    return Line("plain", pieces, line.kind)
