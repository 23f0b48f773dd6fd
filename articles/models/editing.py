"""Who is editing an article now, and what they typed since the last save."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """Somebody has the article's form open; the open form renews `seen_at`."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="presences", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once_an_article")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.article_id}"


class Autosave(models.Model):
    """What somebody typed into one form and has not saved; offered when they come back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # "12" for that article's form, "new-<uuid>" for one of an article not saved yet.
    key = models.CharField(max_length=50)
    article = models.ForeignKey(
        "articles.Article", null=True, on_delete=models.CASCADE, related_name="autosaves"
    )
    base_revision = models.ForeignKey(
        "articles.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The form's fields by name, as strings or lists of strings.
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("autosave")
        verbose_name_plural = _("autosaves")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="autosave_once_a_form")]
        indexes = [models.Index(fields=["at"], name="autosave_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
