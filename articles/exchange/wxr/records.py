"""What one export file holds, record by record, as written; nothing here is ours yet."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from newsroom.lib.html import plain_text
from newsroom.lib.text import tidy


class BrokenFile(ValueError):
    """The file cannot be taken in; the message names the line and the reason."""


@dataclass
class Site:
    """Where the export came from."""

    url: str = ""
    language: str = ""
    version: str = ""


@dataclass
class Author:
    login: str
    name: str


@dataclass
class Category:
    nicename: str
    name: str
    parent: str
    term_id: str


@dataclass
class Term:
    """A category or tag as an item names it."""

    domain: str
    nicename: str
    name: str


@dataclass
class Item:
    """A post, page, attachment or whatever else the other system kept as one."""

    line: int
    fields: dict[str, str]
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def id(self) -> str:
        return self["post_id"].strip()

    @property
    def key(self) -> str:
        """What it is remembered by; a tool that wrote no number left its permanent address."""
        return self.id or self["guid"].strip() or self["link"].strip()

    @property
    def kind(self) -> str:
        return self["post_type"].strip() or "post"

    @property
    def status(self) -> str:
        return self["status"].strip()

    @property
    def title(self) -> str:
        """Without the markup that some titles hold."""
        return tidy(plain_text(self["title"]))

    @property
    def label(self) -> str:
        """How the report names it: `post 1724 “Keyboard navigation”`."""
        title = self.title or tidy(self["post_name"]) or "untitled"
        return f"{self.kind} {self.id} “{title[:70]}”"

    def terms_of(self, domain: str) -> list[Term]:
        return [term for term in self.terms if term.domain == domain]

    def checksum(self, *decisions: object) -> str:
        """SHA-256 of the source, and of what was decided about it (sections, pictures found)."""
        source = [sorted(self.fields.items()), [asdict(term) for term in self.terms]]
        text = json.dumps([source, sorted(self.meta.items()), decisions], default=str)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


Record = Site | Author | Category | Item
