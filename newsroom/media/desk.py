"""What the library puts on the desk: pictures that readers who cannot see them get nothing of."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.lib.panels import Panel, Row
from newsroom.media.models import Picture


def panels(request: HttpRequest) -> Iterable[Panel]:
    """The newest pictures without alternative text (one query, by its own index)."""
    if not request.user.has_perm("media.change_picture"):
        return []
    rows = [
        Row(str(picture), reverse("admin:media_picture_change", args=[picture.pk]), picture.credit)
        for picture in Picture.objects.without_alt_text()[:6]
    ]
    more = f"{reverse('admin:media_picture_changelist')}?alt=missing"
    return [Panel(_("Pictures without alternative text"), rows, order=60, more=more)]
