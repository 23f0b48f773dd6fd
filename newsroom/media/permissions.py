"""Who may change a picture; asked by the admin on every request."""

from typing import Any

from newsroom.media.models import Picture
from newsroom.media.usage import uses


def may_change(user: Any, picture: Picture | None) -> bool:
    """Who keeps the library (and may delete) changes all of it; others what they brought in.

    Until readers see it: another file or caption would go live without an editor.
    """
    if not user.has_perm("media.change_picture"):
        return False
    if picture is None or user.has_perm("media.delete_picture"):
        return True
    return picture.uploaded_by_id == user.pk and not any(u.is_public for _, u in uses(picture))
