"""What readers write through the contact form, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models.desk import ServiceDesk


class MessageQuerySet(models.QuerySet["Message"]):
    def open(self) -> "MessageQuerySet":
        """Those somebody still owes an answer."""
        return self.filter(state__in=[Message.State.NEW, Message.State.IN_HAND])


class Message(models.Model):
    """Stored first and mailed to its desk after (pages/messages.py); plain text, never markup."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_HAND = "in_hand", _("in hand")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    desk = models.ForeignKey(
        ServiceDesk,
        verbose_name=_("desk"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("message"), max_length=10_000)
    page = models.CharField(_("about the page"), max_length=500, blank=True)
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
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed to the desk"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        # The queue: one state, newest first.
        indexes = [models.Index(fields=["state", "-created_at"], name="message_queue")]

    def __str__(self) -> str:
        return self.subject
