"""The list of the most read beside other things, and the script that counts a reading."""

from django import template
from django.utils import timezone

from articles.models import Article, PublishedArticle, Section
from articles.popularity.lists import shown
from articles.popularity.models import Exclusion
from articles.popularity.windows import Window

register = template.Library()

ROWS = 5


@register.inclusion_tag("popularity/box.html", takes_context=True)
def most_read(
    context: template.Context, section: Section | None = None, pictures: bool = True
) -> dict[str, object]:
    """Five ranked stories of the paper, or of a section. No query while the list is stored.

    The shortest window that holds is shown: last hours, else the day, else the week, else the
    newest stories with the reason. A strip across the page has no pictures: a numbered list.
    """
    listed = shown(list(Window), size=ROWS, at=timezone.now(), section=section)
    site = context["site"]
    return {"listed": listed, "section": section, "pictures": pictures, "site": site}


@register.inclusion_tag("popularity/script.html")
def count_reading(article: PublishedArticle) -> dict[str, object]:
    """The script that tells the paper it is read; nothing in a preview."""
    return {} if article._state.adding else {"article_id": article.pk}


@register.inclusion_tag("admin/popularity/link.html")
def keep_out_link(article: Article) -> dict[str, object]:
    """In the bar of an article's form: keep it out, or see that it is; one query."""
    return {
        "article": article,
        "exclusion": Exclusion.objects.standing().filter(article=article.pk).first(),
    }
