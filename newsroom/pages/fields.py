"""The rich-text field of pages and terms: the stock editor, and our filter on every way in."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django_prose_editor.fields import ProseEditorField

from newsroom.lib.html import clean_html

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Direction": True,
    "Paste": True,
    "NoSpellCheck": False,
}


if TYPE_CHECKING:
    Base = models.TextField[str, str]
else:
    Base = ProseEditorField


class RichTextField(Base):
    """HTML that has passed `clean_html`, whether a form, a task, an import or `update()` wrote it.

    The editor's own cleaning runs in forms only; this one runs on the way to the database.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", clean_html)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = clean_html(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = clean_html(value)
        return super().get_db_prep_save(value, connection)
