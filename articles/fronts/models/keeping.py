"""What is deleted with a section, and what keeps a section from being deleted."""

from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _


def keep_history(collector: Any, field: Any, found: Any, using: str) -> None:
    """`on_delete` of a front's section: a front on which nothing ever stood goes with it.

    One that was arranged, or on which anything changed, is history: the section cannot be deleted.
    """
    kept = {front for front in found if front.has_history()}
    if kept:
        raise ProtectedError(_("What stood on its front is kept for ever."), kept)
    models.CASCADE(collector, field, found, using)
