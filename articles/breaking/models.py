"""Lines of breaking news: in the banner or in the ticker, each with its end."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.lib.pagination import Key, beyond

TEXT_LENGTH = 160


class BreakingQuerySet(models.QuerySet["BreakingItem"]):
    """What stands, what stood; `for_readers()` leaves out what readers may not see."""

    def not_over(self, at: datetime) -> Self:
        """What stands at this instant, and what is planned and not given up."""
        return self.filter(ends_at__gt=F("starts_at")).filter(ends_at__gt=at)

    def standing(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def begun(self, at: datetime) -> Self:
        """What stands or stood; nothing that is planned, or was given up before it began."""
        return self.filter(starts_at__lte=at, ends_at__gt=F("starts_at"))

    def listed(self, *, before: Key | None = None, since: Key | None = None) -> Self:
        """Newest first after a key, or from one towards the newer; `starts_at` is in seconds."""
        past, order = beyond(before, since, at="starts_at", pk="pk")
        return self.filter(past).order_by(*order)

    def for_readers(self) -> Self:
        """With the live article of each, its text left out; without a text and without a live
        article there is nothing to show."""
        shown = self.filter(Q(text__gt="") | Q(article__published__isnull=False))
        published = "article__published"
        return shown.select_related(f"{published}__section").only(
            "place", "text", "starts_at", "ends_at", "article__state",
            *(f"{published}__{name}" for name in ("headline", "slug", "language")),
            f"{published}__section__slug",
        )  # fmt: skip


class BreakingItem(models.Model):
    """One line. It ends by itself; ending it early keeps it on /breaking/ as a past one."""

    class Place(models.TextChoices):
        BANNER = "banner", _("Banner")
        TICKER = "ticker", _("Ticker")

    place = models.CharField(
        _("place"), max_length=6, choices=Place.choices, default=Place.BANNER,
        help_text=_("The banner stands over every page, the ticker is a line of short news."),
    )  # fmt: skip
    text = models.CharField(
        _("text"), max_length=TEXT_LENGTH, blank=True,
        help_text=_("Left empty, it is the article’s headline, and goes when the article goes."),
    )  # fmt: skip
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="breaking_items",
        help_text=_("Readers get the link as soon as the article is live, and only while it is."),
    )  # fmt: skip
    # In whole seconds, so that the pages of the list go on from an instant and an id.
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(auto_now_add=True)
    # Why it did not wait for the end of a quiet window.
    override = models.CharField(max_length=300, blank=True)
    # Ended before its time: by whom, and what its end had been.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    planned_end = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BreakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("breaking news")
        verbose_name_plural = _("breaking news")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="breaking_ends_after_start"
            )
        ]
        # What stands now, and the list of what stood.
        indexes = [
            models.Index(fields=["ends_at"], name="breaking_ends"),
            models.Index(fields=["-starts_at", "-id"], name="breaking_list"),
        ]

    def __str__(self) -> str:
        return self.text or (self.article.headline if self.article else "–")

    def standing_at(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at

    def over_at(self, at: datetime) -> bool:
        """Whether its time has passed, or it was given up before it began."""
        return self.ends_at <= max(at, self.starts_at)
