"""Who wrote it: authors by name. No user, no role and no e-mail address comes from an import."""

from dataclasses import dataclass, field

from django.db import transaction

from articles.exchange.ledger import Ledger
from articles.exchange.mapping import BadMapping, Mapping
from articles.exchange.report import Report
from articles.exchange.wxr.records import Item
from articles.exchange.wxr.survey import Survey
from articles.models import Author
from newsroom.addresses.free import free_slug
from newsroom.lib.slugs import slugify
from newsroom.lib.text import fold, tidy


@dataclass
class Authors:
    survey: Survey
    mapping: Mapping
    ledger: Ledger
    report: Report
    _known: dict[str, Author] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = set(self.mapping.authors.values())
        known = Author.objects.filter(slug__in=wanted).values_list("slug", flat=True)
        if missing := wanted - set(known):
            raise BadMapping(f"no author has the address {', '.join(sorted(missing))}")

    def of(self, item: Item) -> list[Author]:
        """The item's authors in order; several where a plugin kept them as terms."""
        together = [t.nicename.removeprefix("cap-") for t in item.terms_of("author")]
        logins = together or [self.survey.login_of(item["creator"])]
        found = {author.pk: author for login in logins if login for author in [self._one(login)]}
        return list(found.values())

    def _one(self, login: str) -> Author:
        if login not in self._known:
            self._known[login] = self._find(login) or self._make(login)
        return self._known[login]

    def _name(self, login: str) -> str:
        return tidy(self.survey.authors.get(login, ""))[:150] or tidy(login)[:150] or "—"

    def _find(self, login: str) -> Author | None:
        if said := self.mapping.authors.get(login):
            return Author.objects.get(slug=said)
        if entry := self.ledger.find("author", login):
            return Author.objects.filter(pk=entry.object_id).first()
        name, slug = fold(self._name(login)), slugify(login, "")
        if slug and (same := Author.objects.filter(slug=slug).first()):
            return same
        alike = [author for author in Author.objects.all() if fold(author.name) == name]
        return alike[0] if len(alike) == 1 else None

    def _make(self, login: str) -> Author:
        name = self._name(login)
        with transaction.atomic():
            slugs = [slugify(name, ""), slugify(login, "author")]
            slug = free_slug("author", slugs, under="/author/")
            author = Author.objects.create(name=name, slug=slug)
            self.ledger.write("author", login, kind="author", object_id=author.pk)
        self.report.item("authors", "made", f"author “{name}”", author.get_absolute_url())
        return author
