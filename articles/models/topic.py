"""Topics: the only tags of the paper. A person, a place or a theme with a page of its own."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from newsroom.lib.slugs import slugify
from newsroom.lib.text import fold, tidy


class Topic(TagBase):
    """One topic under its display name; what folds to the same name is the same topic.

    taggit folds ASCII only on SQLite, so the folded form (NFKC, case folded) is a column of ours.
    """

    folded = models.CharField(max_length=200, unique=True, editable=False)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Two or three sentences at the head of its page.")
    )
    picture = models.ForeignKey(
        "media.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[models.Manager["Topic"]] = models.Manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded form in step with the name, whoever writes it."""
        self.name: str = tidy(str(self.name))[:100]
        self.folded = fold(self.name)[:200]
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag, fallback="topic")
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self) -> str:
        return f"/topic/{self.slug}/"


class TopicAlias(models.Model):
    """Another name or spelling; typing it finds the topic, and so do imports."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("other name"), max_length=100, unique=True)
    # Looked up by every name typed; not unique, for "PUTIN" and "putin" may both be on record.
    folded = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = tidy(self.name)[:100]
        self.folded = fold(self.name)[:200]
        super().save(*args, **kwargs)
