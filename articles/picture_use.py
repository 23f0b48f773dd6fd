"""Where the journalism uses a picture; the picture library asks before one is deleted."""

from collections.abc import Iterator

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Author, Column, Series, Topic
from newsroom.media import usage
from newsroom.media.models import Picture


def connect() -> None:
    """Called once the apps are ready."""
    usage.register(_("Article"), _in_articles)
    for model in (Author, Column):
        usage.register(model._meta.verbose_name or "", _Portrait(model, "portrait"))
    usage.register(_("Topic"), _Portrait(Topic, "picture"))
    usage.register(_("Series"), _Portrait(Series, "picture"))


def _in_articles(picture: Picture) -> Iterator[usage.Use]:
    """Lead pictures and pictures in the text, of the desk's copy and of what is live."""
    in_text = f'data-picture="{picture.pk}"'
    used = Article.objects.filter(
        Q(lead_picture=picture)
        | Q(body__contains=in_text)
        | Q(published__lead_picture=picture)
        | Q(published__body__contains=in_text)
    )
    for article in used.only("headline", "state", "binned_at")[:50]:
        href = reverse("admin:articles_article_change", args=[article.pk])
        # What is in the bin still needs its pictures, to come back as it was.
        words = _("%(headline)s (in the bin)") if article.is_binned else "%(headline)s"
        title = words % {"headline": article.headline}
        # The desk's headline, which may be a draft's or under an embargo.
        yield usage.Use(title, href, article.is_live, "articles.view_article")


class _Portrait:
    """Finds the objects of one model that show the picture in one field."""

    def __init__(self, model: type[Model], field: str) -> None:
        self.model, self.field = model, field

    def __call__(self, picture: Picture) -> Iterator[tuple[str, str]]:
        name = f"admin:articles_{self.model._meta.model_name}_change"
        for found in self.model._default_manager.filter(**{self.field: picture})[:50]:
            yield str(found), reverse(name, args=[found.pk])
