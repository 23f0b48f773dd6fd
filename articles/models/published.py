"""What readers see: one row per live article and narrow rows beside it that lists read in order.

Written by `articles.publishing` alone. Visible means: has a row here. Nothing else decides.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.kinds import Kind
from articles.querysets import PublishedQuerySet
from newsroom.pages.models.identity import direction_of


class PublishedArticle(models.Model):
    """One live article, ready to serve; `body` keeps picture and article placeholders."""

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.PROTECT, related_name="published"
    )
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    slug = models.CharField(max_length=80)
    kicker = models.CharField(max_length=60, blank=True)
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # The text alone: extracts, reading time, and later the search index.
    text = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    dateline = models.CharField(max_length=80, blank=True)
    byline_line = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    is_opinion = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(
        "articles.Column", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The first person of the byline; lists show the portrait where there is no column.
    first_author = models.ForeignKey(
        "articles.Author", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lead_picture = models.ForeignKey(
        "media.Picture", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_caption = models.TextField(blank=True)
    seo_title = models.CharField(max_length=120, blank=True)
    seo_description = models.CharField(max_length=300, blank=True)
    share_title = models.CharField(max_length=120, blank=True)
    share_text = models.CharField(max_length=300, blank=True)
    # Whole seconds, so that a page key names one place exactly.
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)
    # How often it changed since its first publication, and how many corrections stand: the page
    # asks for them only where there are any.
    changes = models.PositiveIntegerField(default=0)
    corrections = models.PositiveSmallIntegerField(default=0)
    show_versions = models.BooleanField(default=True)
    # Ids of the hand-picked related articles, in order.
    related = models.JSONField(default=list)

    objects = PublishedQuerySet.as_manager()

    # Of a copy that one place shows with other words or another picture: these.
    set_apart: tuple[object, ...] | None = None
    # Of a card (articles/newest.py).
    topic_ids: frozenset[int]

    class Meta:
        verbose_name = _("published article")
        verbose_name_plural = _("published articles")
        indexes = [
            # Latest, the paper's feed.
            models.Index(fields=["-published_at", "-article"], name="published_latest"),
            # The opinion front and Hot Opinion.
            models.Index(
                fields=["-published_at", "-article"],
                name="published_opinion",
                condition=Q(is_opinion=True),
            ),
            # A column's page.
            models.Index(
                fields=["column", "-published_at", "-article"],
                name="published_column",
                condition=Q(column__isnull=False),
            ),
            # What an address may have meant that lost its number.
            models.Index(fields=["slug"], name="published_slug", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """Needs `section` loaded, as every list does."""
        return f"/{self.section.slug}/{self.slug}-{self.pk}/"

    @property
    def card_headline(self) -> str:
        """The headline as listed: a column's name leads it ("Right from wrong: ...")."""
        return f"{self.column.name}: {self.headline}" if self.column else self.headline

    @property
    def portrait(self) -> object | None:
        """The column's picture, or the first author's; opinion is shown with a face.

        A guest never speaks under a regular's face.
        """
        from articles.columnists import is_guest

        guest = is_guest(self, author_id=self.first_author_id, column_id=self.column_id)
        if self.column and self.column.portrait and not guest:
            return self.column.portrait
        return self.first_author.portrait if self.first_author else None

    @property
    def direction(self) -> str:
        """`rtl`, `ltr`, or empty when the article has no language of its own."""
        return direction_of(self.language) if self.language else ""

    @property
    def reading_minutes(self) -> int:
        """At 230 words a minute, at least one."""
        return max(1, round(self.words / 230))


class PublishedSection(models.Model):
    """A live article's place in a section's list; its main section and the further ones."""

    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="section_places", db_index=False
    )
    section = models.ForeignKey(
        "articles.Section", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "section"], name="published_section_once")
        ]
        # A section's list in order, read from the index.
        indexes = [
            models.Index(
                fields=["section", "-published_at", "-article"], name="published_section_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.section_id}"


class PublishedTopic(models.Model):
    """A live article's place in a topic's list."""

    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="topic_places", db_index=False
    )
    topic = models.ForeignKey(
        "articles.Topic", on_delete=models.CASCADE, related_name="published_places", db_index=False
    )
    order = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()

    class Meta:
        # Equal where two topics came of one that was split.
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "topic"], name="published_topic_once")
        ]
        # A topic's list in order, read from the index.
        indexes = [
            models.Index(fields=["topic", "-published_at", "-article"], name="published_topic_list")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} on {self.topic_id}"


class PublishedByline(models.Model):
    """A live article's byline, and its place in the author's list."""

    article = models.ForeignKey(PublishedArticle, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "articles.Author",
        null=True,
        on_delete=models.PROTECT,
        related_name="published_places",
        db_index=False,
    )
    text = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["order"]
        # An author's list in order, read from the index.
        indexes = [
            models.Index(
                fields=["author", "-published_at", "-article"], name="published_byline_list"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.author.name if self.author else self.text

    @property
    def url(self) -> str | None:
        return self.author.get_absolute_url() if self.author else None

    @property
    def portrait(self) -> object | None:
        return self.author.portrait if self.author else None
