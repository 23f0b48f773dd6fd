"""A reader's address and which newsletters it receives. What was agreed is in consent.py."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.mailbox import LONGEST, folded
from newsletter.models.newsletter import Newsletter


class Subscriber(models.Model):
    """One mailbox. The rule for what is one mailbox is in newsletter/mailbox.py."""

    email = models.CharField(_("e-mail"), max_length=LONGEST)
    folded = models.CharField(max_length=LONGEST, unique=True, editable=False)
    created_at = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-id"]
        # The desk's list and its "new today" count read the newest first.
        indexes = [models.Index(fields=["-created_at", "-id"], name="newest_subscribers")]
        permissions = [("export_subscribers", _("Can download the addresses of subscribers"))]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded(self.email)
        super().save(*args, **kwargs)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """The states by name."""

    def pending(self) -> "SubscriptionQuerySet":
        return self.filter(state=Subscription.State.PENDING)

    def confirmed(self) -> "SubscriptionQuerySet":
        return self.filter(state=Subscription.State.CONFIRMED)


class Subscription(models.Model):
    """One subscriber and one newsletter. Changed only by signup.py, choices.py and due.py."""

    class State(models.TextChoices):
        PENDING = "pending", _("waits for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")

    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="subscriptions", db_index=False
    )
    newsletter = models.ForeignKey(
        Newsletter, models.PROTECT, related_name="subscriptions", db_index=False
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PENDING
    )
    # Raised when a reader who left asks again: links to confirm from before have no effect then.
    version = models.PositiveIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)

    objects: ClassVar[models.Manager["Subscription"]] = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "newsletter"], name="one_subscription"),
        ]
        indexes = [
            # The recipients of a newsletter, in the order in which they are exported and mailed.
            models.Index(fields=["newsletter", "state", "id"], name="recipients"),
            # The desk's "new today".
            models.Index(fields=["-confirmed_at"], name="newly_confirmed"),
            # The unconfirmed that have lapsed.
            models.Index(
                fields=["asked_at"], condition=models.Q(state="pending"), name="unconfirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} · {self.newsletter}"
