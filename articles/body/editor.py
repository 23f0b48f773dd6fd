"""What the rich-text editor of an article offers; the vocabulary itself is `newsroom.lib.html`.

The nodes of our own are ES modules in static/js/admin/editor/, registered in the settings
(DJANGO_PROSE_EDITOR_EXTENSIONS).
"""

from typing import Any

from django.urls import reverse_lazy

from newsroom.pages import fields

EXTENSIONS: dict[str, Any] = {
    **fields.EXTENSIONS,
    "Code": True,
    "CodeBlock": True,
    "PullQuote": True,
    "PictureFigure": {
        "library": reverse_lazy("admin:media_picture_changelist"),
        "about": reverse_lazy("admin:articles_article_pictures"),
    },
    "RelatedArticle": {
        "articles": reverse_lazy("admin:articles_article_changelist"),
        "about": reverse_lazy("admin:articles_article_headlines"),
    },
    "LinkCard": True,
    "SpecialCharacters": True,  # shows no-break spaces and soft hyphens
}
