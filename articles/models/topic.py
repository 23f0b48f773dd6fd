"""Topics: the only tags of the paper. A person, a place or a theme with a page of its own."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from newsroom.lib.latin import sounds
from newsroom.lib.slugs import slugify
from newsroom.lib.text import fold, tidy


class TopicQuerySet(models.QuerySet["Topic"]):
    """The vocabulary of lists of topics."""

    def present(self) -> "TopicQuerySet":
        """Without those that others stand for since a merge or split."""
        return self.filter(merged_into=None)

    def offered(self) -> "TopicQuerySet":
        """What may be suggested for an article: neither merged nor retired."""
        return self.present().filter(is_retired=False)


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
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs under"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    is_retired = models.BooleanField(
        _("no longer offered"),
        default=False,
        help_text=_("Its page and its articles stay; nobody is offered it for a new article."),
    )
    # Merged or split: the topic stands for others now (articles/topics/).
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    # How the words of the name sound, for suggestions across scripts: " ldmr ptn ".
    sounds = models.CharField(max_length=300, editable=False, default="")

    objects: ClassVar[Any] = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        indexes = [
            # What stands under a topic, which its page shows by name; most stand under none.
            models.Index(
                fields=["parent", "name"],
                name="topic_children",
                condition=models.Q(parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded form in step with the name, whoever writes it."""
        self.name: str = tidy(str(self.name))[:100]
        self.folded = fold(self.name)[:200]
        self.sounds = sounds(self.name)
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "folded", "sounds"}
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
    sounds = models.CharField(max_length=300, editable=False, default="")

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = tidy(self.name)[:100]
        self.folded = fold(self.name)[:200]
        self.sounds = sounds(self.name)
        super().save(*args, **kwargs)
