"""How one article stands in a panel."""

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from newsroom.lib.panels import Row
from newsroom.lib.text import excerpt

SHOWN = 6
# Characters of a headline, and of a note beside it.
HEADLINE, NOTE = 110, 180


def listed(**filters: str) -> str:
    """The list of articles with these filters."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return f"{reverse('admin:articles_article_changelist')}?{query}"


def form_of(article_id: int) -> str:
    return reverse("admin:articles_article_change", args=[article_id])


def row(article: Article, *notes: object, more: str = "") -> Row:
    """The headline, and beside it what is said, without what is empty."""
    label = excerpt(article.headline, HEADLINE) or f"{_('Article')} {article.pk}"
    words = " · ".join(str(note) for note in notes if note)
    return Row(label, form_of(article.pk), words, more=excerpt(more, NOTE))
