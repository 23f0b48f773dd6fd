"""The form's buttons that lead to readers: what each does after the save.

"Save and publish" makes a draft live at once; whatever readers know already, or do not see any
more, goes by the release page, as does a quiet window and every plan.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.kinds import State
from articles.permissions import can_publish
from articles.publishing import CannotPublish, Quiet, publish_by_hand
from articles.publishing.checks import findings

PUBLISH, RELEASE, SCHEDULE = "_publish", "_release", "_schedule"
BUTTONS = (PUBLISH, RELEASE, SCHEDULE)


def answer(request: Any, article: Article) -> HttpResponse | None:
    """Publish, or lead to the release page; None for other buttons and for who may not publish.

    Called after the save, in its transaction, with `latest_revision` the version just saved.
    """
    if not {*BUTTONS} & {*request.POST} or not can_publish(request.user, article):
        return None
    release = reverse("admin:articles_article_release", args=[article.pk])
    if SCHEDULE in request.POST:
        return redirect(f"{release}?when=later")
    if RELEASE in request.POST or article.state != State.DRAFT:
        return redirect(release)
    try:
        row = publish_by_hand(article, by=request.user, revision=article.latest_revision)
    except Quiet as refusal:
        messages.warning(request, _("Saved, not published. %s") % refusal)
        return redirect(release)
    except CannotPublish as refusal:  # the form has asked the same before; the text stays saved
        messages.error(request, _("Saved, not published. %s") % refusal)
    else:
        words = format_html(
            '{} <a href="{}"><bdi>{}</bdi></a>', _("Published:"), row.get_absolute_url(),
            row.headline,
        )  # fmt: skip
        messages.success(request, words)
        if warnings := findings(row.revision.snapshot):
            said = " ".join(finding.sentence for finding in warnings)
            messages.warning(request, _("The checks say: %s") % said)
    return redirect("admin:articles_article_change", article.pk)
