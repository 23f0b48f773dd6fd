"""The words an article's columns may hold, shared by the desk's copy and the published row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of journalism it is; decides its label, its JSON-LD type and where it is listed."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EDITORIAL = "editorial", _("Editorial")
    INTERVIEW = "interview", _("Interview")
    LIVE = "live", _("Live coverage")


OPINION_KINDS = (Kind.OPINION, Kind.EDITORIAL)


class State(models.TextChoices):
    """Publication state. "Scheduled" is no state: it is derived from `publish_at`."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Workflow(models.TextChoices):
    """How far the desk is with its copy; says nothing about what readers see."""

    PLANNED = "planned", _("Planned")
    WRITING = "writing", _("Writing")
    IN_EDIT = "in_edit", _("In edit")
    APPROVED = "approved", _("Approved")


class ChangeKind(models.TextChoices):
    """What a publication means to a reader of the version before."""

    FIRST = "first", _("First publication")
    SILENT = "silent", _("Silent fix")
    UPDATE = "update", _("Update")
    CORRECTION = "correction", _("Correction")


class WithdrawalKind(models.TextChoices):
    """Why an article was taken from the readers; decides the status its address answers with."""

    ERROR = "error", _("Published in error")
    LEGAL = "legal", _("Legal reasons")
    RETRACTION = "retraction", _("Retraction")
    EXPIRED = "expired", _("Expired")

    @property
    def status(self) -> int:
        """HTTP: 451 for legal reasons, else 410."""
        return 451 if self is WithdrawalKind.LEGAL else 410
