"""Writing XML: what the two formats in it have in common."""

from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from articles.feeds.legal import legal


class Writer:
    """Elements one after the other; text and attributes are escaped, and made legal before."""

    def __init__(self, root: str, attributes: dict[str, str]) -> None:
        self._out = StringIO()
        self._to = SimplerXMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._to.startDocument()
        self._open: list[str] = []
        self.begin(root, attributes)

    def begin(self, name: str, attributes: dict[str, str] | None = None) -> None:
        """Open an element; what follows stands in it until `end`."""
        self._to.startElement(name, AttributesImpl(legal(attributes or {})))
        self._open.append(name)

    def end(self) -> None:
        self._to.endElement(self._open.pop())

    def add(self, name: str, text: str | None = None, /, **attributes: str) -> None:
        """An element with nothing but text in it; `_` in an attribute's name stands for `:`."""
        named = {key.replace("_", ":"): value for key, value in attributes.items()}
        self._to.addQuickElement(name, legal(text), legal(named))

    def bytes(self) -> bytes:
        """The document, with what is still open closed."""
        while self._open:
            self.end()
        return self._out.getvalue().encode()
