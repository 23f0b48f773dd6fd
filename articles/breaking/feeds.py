"""The feed of breaking news."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.breaking.now import Line, broke
from articles.feeds.answering import answer
from articles.feeds.document import ITEMS, Document, Entry, address_of
from articles.feeds.formats import Format
from articles.list_changes import Kind, changed_at
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.pages.identity import identity


@kept(Lifetime.FRONT)
@require_safe
def breaking_feed(request: HttpRequest, form: Format) -> HttpResponse:
    """What breaks and what broke, newest first; a line leads to its article while it is live.

    A planned line changes the list at its minute, which its own time tells.
    """
    name, changed = identity().name, changed_at(Kind.BREAKING)
    document = Document(
        "feed-breaking",
        f"{_('Breaking news')} – {name}",
        _("Breaking news of %(name)s.") % {"name": name},
        reverse("breaking"),
        changed,
        tuple(_entry(line) for line in broke(size=ITEMS)[0]),
    )
    return answer(request, document, form)


def _entry(line: Line) -> Entry:
    return Entry(
        key=f"breaking-{line.pk}",
        title=line.text,
        url=address_of(line.href or f"{reverse('breaking')}#breaking-{line.pk}"),
        published=line.starts_at,
        updated=line.starts_at,
        language="" if line.language == identity().language else line.language,
    )
