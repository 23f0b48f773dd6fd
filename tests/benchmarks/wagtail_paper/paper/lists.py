"""Lists of articles: in what order, with what loaded, how many on a page."""

from django.apps import apps
from django.core.paginator import Paginator

PAGE, LATEST, OPINION, IN_A_ROW, RELATED, MORE = 20, 6, 5, 4, 4, 4


def _articles():
    return apps.get_model("paper", "ArticlePage").objects.live()


def in_order(articles):
    """Newest first, read along Wagtail's own index; a card does not show the text."""
    return articles.order_by("-first_published_at").defer("body")


def newest():
    return in_order(_articles())


def opinion():
    """The newest of the section of that name."""
    section = apps.get_model("paper", "SectionPage").objects.get(slug="opinion")
    return section.cards().prefetch_related("authors")[:OPINION]


def page_of(articles, request):
    """The page that `?page=` asks for."""
    return Paginator(articles, PAGE).get_page(request.GET.get("page"))


def with_sections(articles):
    """The same articles with their sections: the parents of all in one query, found by path."""
    sections = {each.path: each for each in apps.get_model("paper", "SectionPage").objects.live()}
    for article in articles:
        article.section = sections[article.path[: -article.steplen]]
    return articles


def placed_in(section, articles):
    for article in articles:
        article.section = section
    return articles
