"""What readers say is wrong, bound to a passage and to the version they read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.lib.text import excerpt

PASSAGE_LENGTH = 1_000
TEXT_LENGTH = 5_000


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> "ErrorReportQuerySet":
        """Those nobody has decided yet."""
        return self.exclude(state=ErrorReport.State.CLOSED)

    def in_order(self) -> "ErrorReportQuerySet":
        """As a queue is worked off: who came first is first."""
        return self.order_by("created_at", "pk")

    def with_headline(self) -> "ErrorReportQuerySet":
        """`headline` as the reader had it: whoever keeps the queue need not see the desk's copy."""
        return self.annotate(headline=KeyTextTransform("headline", "revision__snapshot"))


class ErrorReport(models.Model):
    """One report; what the reader wrote is plain text and is never changed."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_HAND = "in_hand", _("in hand")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("corrected, and readers are told")
        MENDED = "mended", _("mended silently")
        NO_ERROR = "no_error", _("no error")
        SPAM = "spam", _("spam")

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="error_reports",
        db_index=False,
    )
    # What the reader had before them. It was live once, so pruning keeps it.
    revision = models.ForeignKey(
        "articles.Revision",
        verbose_name=_("version"),
        on_delete=models.RESTRICT,
        related_name="+",
    )
    passage = models.TextField(_("passage"), blank=True, max_length=PASSAGE_LENGTH)
    text = models.TextField(_("what is wrong"), max_length=TEXT_LENGTH)
    # Forgotten some time after closing: articles/reports/due.py.
    email = models.EmailField(_("e-mail"), blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the hands of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(
        _("internal note"), blank=True, help_text=_("For colleagues; the reader never sees it.")
    )

    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    change = models.ForeignKey(
        "articles.Change",
        verbose_name=_("correction"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(_("answer"), blank=True, max_length=2_000)
    # The desk chose to write; the mail is sent by a task, which notes when.
    to_answer = models.BooleanField(default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # The queue of the desk: few rows are open, whatever was closed over the years.
            models.Index(
                fields=["created_at", "id"], name="report_queue", condition=~Q(state="closed")
            ),
            # One article's reports.
            models.Index(fields=["article", "-created_at"], name="report_of_article"),
            # Whose addresses are to be forgotten.
            models.Index(fields=["closed_at"], name="report_forget", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return excerpt(self.text, 80)

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED
