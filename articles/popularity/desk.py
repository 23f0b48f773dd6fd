"""What this app puts on the desk."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.popularity import keeping
from newsroom.lib.panels import Panel, Row
from newsroom.pages.templatetags.paper import printed

# A tick or a Redis that is started anew is back within seconds.
LOST_FOR = timedelta(minutes=5)


def panels(request: HttpRequest) -> list[Panel]:
    """An alarm while readers come and their reading cannot be counted; no query.

    What this process's readers showed: the others have the same trouble. A job that fails is said
    by the machine's own panel.
    """
    at = timezone.now()
    since = keeping.lost_since()
    if since is None or at - since < LOST_FOR:
        return []
    if not request.user.has_perm("popularity.view_exclusion"):
        return []
    words = _("Readers are not counted since %(time)s; Most Read shows the newest stories.") % {
        "time": printed(since)
    }
    return [Panel(gettext_lazy("Most Read"), [Row(words, "")], order=6, alarm=True)]
