"""Which of the paper's pages state how it works; search engines and readers judge a paper by them.

The names are schema.org's, under which machines are told (pages/organisation.py).
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def _page(label: Any, help_text: Any = "") -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        "pages.Page",
        verbose_name=label,
        help_text=help_text,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class Policies(models.Model):
    """One column for each policy: a page that states it, if there is one."""

    principles = _page(_("principles"), _("How this paper works; one page may state it all."))
    ethics = _page(_("ethics"), _("Gifts, conflicts of interest, how sources are treated."))
    corrections_policy = _page(
        _("corrections policy"), _("Without one, the page of corrections is named.")
    )
    fact_checking = _page(_("fact checking"))
    unnamed_sources = _page(_("unnamed sources"))
    feedback = _page(_("what becomes of feedback"), _("How readers are heard and answered."))
    coverage = _page(_("mission and priorities of coverage"))
    diversity = _page(_("diversity"))
    ownership = _page(_("ownership and funding"))
    masthead = _page(
        _("who makes the paper"), _("Without one, the staff directory is named when there is one.")
    )

    # The property that says of an organisation where each is stated.
    PROPERTIES = {
        "principles": "publishingPrinciples",
        "ethics": "ethicsPolicy",
        "corrections_policy": "correctionsPolicy",
        "fact_checking": "verificationFactCheckingPolicy",
        "unnamed_sources": "unnamedSourcesPolicy",
        "feedback": "actionableFeedbackPolicy",
        "coverage": "missionCoveragePrioritiesPolicy",
        "diversity": "diversityPolicy",
        "ownership": "ownershipFundingInfo",
        "masthead": "masthead",
    }

    class Meta:
        abstract = True

    @property
    def policy_paths(self) -> dict[str, str]:
        """Property and path of each that is stated on a public page; needs the pages loaded."""
        pages = {name: getattr(self, field) for field, name in self.PROPERTIES.items()}
        return {name: page.path for name, page in pages.items() if page and page.is_public}
