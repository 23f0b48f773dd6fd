"""The desk's copy of an article. Nothing here is shown to readers; `publishing` writes what is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles.body.editor import EXTENSIONS
from articles.models.kinds import ChangeKind, Kind, State, Workflow
from articles.models.topic import Topic
from articles.querysets import ArticleQuerySet
from newsroom.pages.fields import RichTextField

HEADLINE_LENGTH = 200


class ArticleTopic(ItemBase):
    """A topic on the desk's copy."""

    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="topic_places", db_index=False
    )
    tag = models.ForeignKey(
        # The class, not its name: taggit asks for it before names are resolved.
        Topic,
        on_delete=models.CASCADE,
        related_name="article_places",
    )
    # Not unique: what came of a split stands in one place, in the order it was made. A tag that
    # stays on an article keeps its row, so that undoing a merge knows it from one set anew.
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["ArticleTopic"]] = models.Manager()

    class Meta:
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="topic_once_an_article")
        ]

    def __str__(self) -> str:
        return str(self.tag)


# taggit has no types, so mypy cannot see the manager that `ArticleTopic` puts here.
class Article(models.Model):  # type: ignore[django-manager-missing]
    """What the desk is working on; every save of the form leaves a `Revision` of all of it."""

    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("A word or two above the headline.")
    )
    headline = models.CharField(_("headline"), max_length=HEADLINE_LENGTH)
    standfirst = models.TextField(
        _("standfirst"), blank=True, max_length=600, help_text=_("One or two sentences below it.")
    )
    body = RichTextField(_("text"), blank=True, extensions=EXTENSIONS)
    dateline = models.CharField(
        _("dateline"), max_length=80, blank=True, help_text=_("The place it was written from.")
    )

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    section = models.ForeignKey(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    further_sections = models.ManyToManyField(
        "articles.Section", verbose_name=_("further sections"), blank=True, related_name="+"
    )
    column = models.ForeignKey(
        "articles.Column",
        verbose_name=_("column"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    topics = TaggableManager(through=ArticleTopic, blank=True, verbose_name=_("topics"))
    # Hand-picked, in order; automatic ones follow.
    related = models.JSONField(_("related articles"), default=list, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Only if it differs from the paper's."),
    )

    lead_picture = models.ForeignKey(
        "media.Picture",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_caption = models.TextField(
        _("own caption"),
        blank=True,
        max_length=500,
        help_text=_("Replaces the picture's caption in this article only."),
    )

    slug = models.CharField(
        _("words in the address"),
        max_length=80,
        blank=True,
        help_text=_("Left empty, they follow the headline. Old addresses keep working."),
    )
    seo_title = models.CharField(_("headline for search engines"), max_length=120, blank=True)
    seo_description = models.CharField(_("text for search engines"), max_length=300, blank=True)
    share_title = models.CharField(_("headline when shared"), max_length=120, blank=True)
    share_text = models.CharField(_("text when shared"), max_length=300, blank=True)

    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    workflow = models.CharField(
        _("stage"), max_length=10, choices=Workflow.choices, default=Workflow.WRITING
    )
    show_versions = models.BooleanField(
        _("readers may see what changed"),
        default=True,
        help_text=_(
            "A page lists its updates and corrections; the text of old versions stays here."
        ),
    )

    # The schedule: what goes live when, and as what kind of change; see publishing/schedule.py.
    publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    scheduled_change = models.CharField(
        max_length=12, blank=True, editable=False, choices=ChangeKind.choices
    )
    scheduled_text = models.TextField(blank=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    # A reason given for publishing at its time in spite of a quiet window.
    scheduled_override = models.CharField(max_length=300, blank=True, editable=False)
    withdraw_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What readers are told then; empty: that its time is over.
    withdraw_reason = models.TextField(blank=True, default="", editable=False)

    # The plan of the day; no part of a revision.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned to"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    planned_words = models.PositiveIntegerField(_("planned length in words"), null=True, blank=True)
    planned_picture = models.CharField(_("planned picture"), max_length=120, blank=True)

    # In the bin since then; it comes back from there as it was.
    binned_at = models.DateTimeField(null=True, blank=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    # The time another system had planned; a person decides whether it becomes `publish_at`.
    proposed_at = models.DateTimeField(_("proposed for"), null=True, blank=True, editable=False)
    scheduled_revision = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    latest_revision = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    live_revision = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When readers were last told of an update; a mended comma does not move it.
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    modified_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can publish articles")),
            ("publish_everywhere", _("Can publish in every section")),
        ]
        indexes = [
            # The admin's list, newest work first; its rows are counted in the index alone.
            models.Index(
                fields=["-modified_at", "-id"],
                name="article_modified",
                condition=Q(binned_at__isnull=True),
            ),
            # What the tick asks for every few seconds: few rows, whatever the archive holds.
            models.Index(
                fields=["publish_at"], name="article_due", condition=Q(publish_at__isnull=False)
            ),
            models.Index(
                fields=["withdraw_at"],
                name="article_expires",
                condition=Q(withdraw_at__isnull=False),
            ),
            # The plan of a day.
            models.Index(fields=["due_at"], name="article_plan", condition=Q(due_at__isnull=False)),
            # The bin, and what is long enough in it.
            models.Index(
                fields=["binned_at"], name="article_bin", condition=Q(binned_at__isnull=False)
            ),
            # The desk's count of drafts and of what is live.
            models.Index(fields=["state", "-modified_at"], name="article_state"),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE

    @property
    def is_scheduled(self) -> bool:
        """A version goes live at `publish_at` by itself."""
        return self.publish_at is not None and self.scheduled_revision_id is not None

    @property
    def is_binned(self) -> bool:
        return self.binned_at is not None

    @property
    def has_unpublished_changes(self) -> bool:
        """The desk's copy is ahead of what readers see."""
        return self.is_live and self.latest_revision_id != self.live_revision_id


class Byline(models.Model):
    """One name over an article: an author, or free text such as "Agencies"."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "articles.Author",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.CharField(
        _("or free text"), max_length=150, blank=True, help_text=_("“Agencies”, “Staff and AFN”.")
    )
    role = models.CharField(
        _("role"), max_length=60, blank=True, help_text=_("Only if not the writer: “photographs”.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.author) if self.author else self.text
