"""What the second pass carries from item to item."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from articles.exchange.ledger import Ledger
from articles.exchange.old_addresses import path_of
from articles.exchange.report import Report
from articles.exchange.wxr.authors import Authors
from articles.exchange.wxr.notes import Notes
from articles.exchange.wxr.pictures import WITHOUT_A_FILE, Pictures
from articles.exchange.wxr.records import Item
from articles.exchange.wxr.sections import Sections
from articles.exchange.wxr.survey import Survey


@dataclass
class Job:
    survey: Survey
    ledger: Ledger
    report: Report
    sections: Sections
    authors: Authors
    pictures: Pictures
    zone: tzinfo
    now: datetime
    language: str  # of the export, where it differs from the paper's; else empty

    def old_paths(self, item: Item, *queries: str) -> list[str]:
        """Every path that led to the item there: its address, an older one, its number."""
        found = [path_of(item[name], source=self.ledger.source) for name in ("link", "guid")]
        numbered = [f"/?{query}={item.id}" for query in queries if item.id.isdecimal()]
        return list(dict.fromkeys([path for path in found if path] + numbered))

    def tell(self, notes: Notes, item: Item) -> None:
        """Pass on what a text lost."""
        for address in notes.missing_pictures:
            self.report.warn(WITHOUT_A_FILE, self.pictures.name_of(address))
        if count := len(notes.missing_pictures):
            lost = f"{item.label}: {count} picture{'s' * (count > 1)}"
            self.report.warn("Texts that had more pictures", lost)
        for code in notes.shortcodes:
            self.report.warn("Shortcodes left as text", f"{code} ({item.label})")
        for block in notes.blocks:
            about = "Blocks that filled themselves and have no text"
            self.report.warn(about, f"{block} ({item.label})")
