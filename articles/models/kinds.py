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


OPINION_KINDS = (Kind.OPINION, Kind.EDITORIAL)


class State(models.TextChoices):
    """Publication state. "Scheduled" is no state: it is derived from `publish_at`."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")
