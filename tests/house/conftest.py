"""The demo newspaper, its pictures replaced by two small ones, for tests that walk the site."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

import articles.demo
import newsletter.demo
import newsroom.pages.demo
from articles.models import Article
from articles.publishing import publish
from articles.revisions import revise
from newsroom.media.uploads import accept

CONTENT = Path(articles.demo.__file__).parent / "content"


def _jpeg(colour: str) -> ContentFile:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(file, "JPEG")
    return ContentFile(file.getvalue(), "picture.jpg")


@pytest.fixture
def paper(db: None) -> None:
    """53 articles in 9 sections, every third of them with a lead picture and one in the text."""
    at = timezone.now()
    newsroom.pages.demo.seed(CONTENT, at=at)
    articles.demo.seed(CONTENT, {}, at=at)
    newsroom.pages.demo.seed_menus(CONTENT)
    newsletter.demo.seed(CONTENT, at=at)
    first, second = (accept(_jpeg(c), caption=c, alt_text=c) for c in ("navy", "maroon"))
    for article in Article.objects.order_by("pk")[::3]:
        article.lead_picture = first
        article.body += f'<figure data-picture="{second.pk}"></figure>'
        article.save()
        publish(article, by=None, revision=revise(article, by=None))
