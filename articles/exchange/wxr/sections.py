"""What becomes of the other system's categories: a section, a topic, or nothing.

A newspaper has a dozen sections that an editor chose; an old site has hundreds of categories that
nobody did. So only what is here already, or holds several posts, is a section.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.db import transaction

from articles.exchange.ledger import Ledger
from articles.exchange.mapping import BadMapping, Mapping
from articles.exchange.report import Report
from articles.exchange.wxr.records import Item, Term
from articles.exchange.wxr.survey import Survey
from articles.models import Section
from newsroom.addresses.free import free_slug
from newsroom.lib.slugs import slugify
from newsroom.lib.text import fold, tidy


@dataclass
class Decision:
    """`section` is None for a section that is still to be made."""

    becomes: Literal["section", "topic", "nothing"]
    name: str
    section: Section | None = None
    why: str = ""


@dataclass
class Sections:
    survey: Survey
    mapping: Mapping
    ledger: Ledger
    report: Report

    def __post_init__(self) -> None:
        self._decided: dict[str, Decision] = {}
        wanted = {s for s in self.mapping.sections.values() if s not in {"topic", "skip"}}
        wanted |= {self.mapping.default_section} - {""}
        if missing := wanted - set(Section.objects.values_list("slug", flat=True)):
            raise BadMapping(f"no section has the address {', '.join(sorted(missing))}")

    def of(self, item: Item) -> tuple[Section, list[Section], list[str]]:
        """Main section, further sections and the names that are topics. Makes what is missing."""
        found: dict[int, Section] = {}
        names = []
        terms = item.terms_of("category")
        for term in self._primary_first(terms, item):
            decision = self.decide(term.nicename, term.name)
            if decision.becomes == "section":
                section = decision.section or self._make(term.nicename, decision)
                found.setdefault(section.pk, section)
            elif decision.becomes == "topic":
                self._remember_topic(term.nicename)
                names.append(decision.name)
        main, *further = found.values() or [self.default]
        return main, further, names

    def decide(self, nicename: str, name: str = "") -> Decision:
        """What a category becomes, without making it. Cached."""
        if nicename not in self._decided:
            self._decided[nicename] = self._decide(nicename, name)
        return self._decided[nicename]

    def _decide(self, nicename: str, name: str) -> Decision:
        known = self.survey.categories.get(nicename)
        name = tidy((known.name if known else "") or name or nicename)[:80]
        if said := self.mapping.sections.get(nicename):
            if said in {"topic", "skip"}:
                return Decision("topic" if said == "topic" else "nothing", name, why="mapping file")
            return Decision("section", name, Section.objects.get(slug=said), "mapping file")
        entry = self.ledger.find("category", nicename)
        if entry and entry.kind == "topic":
            return Decision("topic", name, why="as before")
        if entry and (before := Section.objects.filter(pk=entry.object_id).first()):
            return Decision("section", before.name, before, "as before")
        if section := self._existing(nicename, name):
            return Decision("section", section.name, section, "is here already")
        if nicename == "uncategorized" or (known and known.term_id.strip() == "1"):
            return Decision("nothing", name, why="means that nobody chose one")
        count = self.survey.posts[nicename]
        if not (known and known.parent) and count >= self.mapping.new_sections_from:
            return Decision("section", name, why=f"new, {count} posts")
        return Decision("topic", name, why=f"{count} post{'s' * (count != 1)}")

    @cached_property
    def default(self) -> Section:
        """Where posts go whose categories are no section: an address begins with one."""
        slug = self.mapping.default_section or "news"
        section = Section.objects.filter(slug=slug).first() or self._existing("news", "News")
        return section or self._create("News", ["news"])

    def _existing(self, nicename: str, name: str) -> Section | None:
        slugs = {slugify(nicename, ""), slugify(name, "")} - {""}
        for section in Section.objects.all():
            if section.slug in slugs or fold(section.name) == fold(name):
                return section
        return None

    def _remember_topic(self, nicename: str) -> None:
        """A topic stays one when a later export holds more posts of it."""
        if not self.mapping.sections.get(nicename) and not self.ledger.find("category", nicename):
            self.ledger.write("category", nicename, kind="topic", object_id=0)

    def _make(self, nicename: str, decision: Decision) -> Section:
        with transaction.atomic():
            section = self._create(decision.name, [slugify(decision.name, ""), slugify(nicename)])
            self.ledger.write("category", nicename, kind="section", object_id=section.pk)
        decision.section = section
        return section

    def _create(self, name: str, slugs: Iterable[str]) -> Section:
        section = Section.objects.create(name=name, slug=free_slug("section", slugs))
        self.report.item("sections", "made", f"section “{name}”", section.get_absolute_url())
        return section

    def _primary_first(self, terms: list[Term], item: Item) -> list[Term]:
        """In the file's order, but first the one that a common plugin lets authors call primary."""
        chosen = item.meta.get("_yoast_wpseo_primary_category", "").strip()
        numbers = {c.nicename: c.term_id.strip() for c in self.survey.categories.values()}
        return sorted(terms, key=lambda term: not (chosen and numbers.get(term.nicename) == chosen))
