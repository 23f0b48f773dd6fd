"""What must be there before an article goes live."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from newsroom.lib.html import plain_text
from newsroom.lib.text import tidy
from newsroom.pages.body import pictures_in


class CannotPublish(ValueError):
    """Nothing was published; `problems` says per field what is missing."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


def problems(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """Field name to sentence for everything that keeps this snapshot from going live."""
    found: dict[str, str] = {}
    if not tidy(snapshot["headline"]):
        found["headline"] = _("An article needs a headline before it is published.")
    if snapshot["section_id"] is None:
        found["section"] = _("Choose a section: the article's address begins with it.")
    body = snapshot["body"]
    # A photo story may have no word of its own.
    if not plain_text(body).strip() and not pictures_in(body):
        found["body"] = _("There is no text yet.")
    return found
