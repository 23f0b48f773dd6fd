"""One post of a live coverage."""

from datetime import UTC
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.lib.html import plain_text
from newsroom.lib.text import excerpt

HEADLINE_LENGTH = 160


class LivePost(models.Model):
    """A short text at its time. Deleting leaves the row, so that open pages can take it away.

    Written by `articles.live.posting` alone.
    """

    coverage = models.ForeignKey(
        "live.Coverage", on_delete=models.CASCADE, related_name="posts", db_index=False
    )
    # Whole seconds, so that a page key names one place exactly.
    at = models.DateTimeField(_("time"))
    author = models.ForeignKey(
        "articles.Author", verbose_name=_("author"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    headline = models.CharField(_("headline"), max_length=HEADLINE_LENGTH, blank=True)
    # HTML of the project's one filter, made of what was typed.
    body = models.TextField(blank=True, editable=False)
    # What was typed, to be edited again.
    source = models.TextField(_("text"), blank=True)
    picture = models.ForeignKey(
        "media.Picture", verbose_name=_("picture"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    picture_caption = models.CharField(_("own caption"), max_length=300, blank=True)
    embed_url = models.URLField(
        _("link to elsewhere"), blank=True, max_length=500,
        help_text=_("Shown as a card; nothing is loaded from there."),
    )  # fmt: skip
    embed_title = models.CharField(_("title of the card"), max_length=160, blank=True)
    is_key = models.BooleanField(_("key event"), default=False)
    is_pinned = models.BooleanField(_("pinned on top"), default=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    posted_at = models.DateTimeField(editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The coverage's number when the post was new, and at its last change of any kind.
    first = models.PositiveBigIntegerField(editable=False)
    changed = models.PositiveBigIntegerField(editable=False)
    # How often its words were saved: an edit says which version it was begun from.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Made by the form: a button pressed twice, or a page sent again, posts once.
    token = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("live post")
        verbose_name_plural = _("live posts")
        ordering = ["-at", "-pk"]
        indexes = [
            # A page of posts in either order.
            models.Index(
                fields=["coverage", "-at", "-id"], name="live_post_page",
                condition=Q(deleted_at__isnull=True, is_pinned=False),
            ),
            # What stands above them: pinned posts and key events, few of many.
            models.Index(
                fields=["coverage", "-at", "-id"], name="live_post_marked",
                condition=Q(deleted_at__isnull=True) & (Q(is_key=True) | Q(is_pinned=True)),
            ),
            # What an open page has not seen.
            models.Index(fields=["coverage", "changed"], name="live_post_changed"),
            # The desk's list, deleted ones among them.
            models.Index(fields=["coverage", "-at", "-id"], name="live_post_desk"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.headline or excerpt(self.source, 60)

    def get_absolute_url(self) -> str:
        """The post's own address; it survives edits and paging."""
        return reverse("live_post", args=[self.pk])

    @property
    def anchor(self) -> str:
        return f"post-{self.pk}"

    @property
    def place(self) -> str:
        """Sorts as plain text where the post does; static/js/live.js goes by it."""
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S}-{self.pk:019}"

    @property
    def plain(self) -> str:
        """The words alone."""
        return plain_text(self.body)

    @property
    def name(self) -> str:
        """What the list of key events calls it."""
        return self.headline or excerpt(self.plain, 90) or self.embed_title or self.embed_url

    @property
    def embed_host(self) -> str:
        return urlsplit(self.embed_url).hostname or ""
