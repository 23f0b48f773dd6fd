"""Home, sections and articles as pages; authors and topics as snippets."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtailcache.cache import WagtailCacheMixin

from paper import lists


@register_snippet
class Author(models.Model):
    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=80, unique=True)

    def __str__(self):
        return self.name


@register_snippet
class Topic(TagBase):
    free_tagging = False


class ArticleTopic(ItemBase):
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="articles")
    content_object = ParentalKey(
        "paper.ArticlePage", on_delete=models.CASCADE, related_name="topic_places"
    )


class HomePage(WagtailCacheMixin, Page):
    max_count = 1
    subpage_types = ["paper.SectionPage"]
    content_panels = [*Page.content_panels, InlinePanel("top_stories")]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        placed = self.top_stories.select_related("article").defer("article__body")
        placed = placed.prefetch_related("article__authors")
        context["top"] = lists.with_sections([place.article for place in placed])
        context["latest"] = lists.newest()[: lists.LATEST]
        context["opinion"] = lists.opinion()
        context["rows"] = [
            (section, section.cards()[: lists.IN_A_ROW])
            for section in SectionPage.objects.child_of(self).live().in_menu()
        ]
        return context


class TopStory(Orderable):
    """What editors placed at the head of the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="top_stories")
    article = models.ForeignKey("paper.ArticlePage", on_delete=models.CASCADE, related_name="+")


class SectionPage(WagtailCacheMixin, Page):
    description = models.TextField(blank=True)

    parent_page_types = ["paper.HomePage"]
    subpage_types = ["paper.ArticlePage"]
    content_panels = [*Page.content_panels, FieldPanel("description")]

    def cards(self):
        """Its articles, newest first."""
        return lists.in_order(ArticlePage.objects.child_of(self).live())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        cards = self.cards().prefetch_related("authors")
        context["cards"] = lists.page_of(cards, request)
        return context


class ArticlePage(WagtailCacheMixin, Page):
    standfirst = models.TextField(blank=True)
    body = RichTextField()
    authors = ParentalManyToManyField(Author, blank=True)
    topics = ClusterTaggableManager(through=ArticleTopic, blank=True)

    parent_page_types = ["paper.SectionPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        *map(FieldPanel, ("standfirst", "body", "authors", "topics")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
    ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        self.section = section = SectionPage.objects.parent_of(self).get()
        context["authors"], context["topics"] = list(self.authors.all()), list(self.topics.all())
        around = list(section.cards().exclude(pk=self.pk)[: lists.RELATED + lists.MORE])
        context["related"] = lists.placed_in(section, around[: lists.RELATED])
        context["more"] = lists.placed_in(section, around[lists.RELATED :])
        context["latest"] = lists.newest()[: lists.LATEST]
        context["opinion"] = lists.opinion()
        return context
