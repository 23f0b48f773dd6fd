"""The link under an article that opens the form; the script that makes a selection carry over."""

from django import template

from articles.models import PublishedArticle

register = template.Library()


@register.inclusion_tag("articles/reports/link.html")
def report_link(article: PublishedArticle) -> dict[str, int]:
    """“Report an error”, naming the version on this page; nothing in a preview. No query."""
    if article._state.adding:
        return {}
    return {"article_id": article.pk, "revision_id": article.revision_id}
