"""What the rich-text editor of an article offers; the vocabulary itself is `newsroom.lib.html`.

The nodes of our own are ES modules in static/js/admin/editor/, registered in the settings
(DJANGO_PROSE_EDITOR_EXTENSIONS).
"""

from typing import Any

from django.urls import reverse_lazy

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "CodeBlock": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "PullQuote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "PictureFigure": {
        "library": reverse_lazy("admin:media_picture_changelist"),
        "about": reverse_lazy("admin:articles_article_pictures"),
    },
    "RelatedArticle": {
        "articles": reverse_lazy("admin:articles_article_changelist"),
        "about": reverse_lazy("admin:articles_article_headlines"),
    },
    "LinkCard": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Direction": True,
    "Paste": True,
    "SpecialCharacters": True,  # shows no-break spaces and soft hyphens
    "NoSpellCheck": False,
}
