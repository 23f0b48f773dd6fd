"""The other site's pictures: taken into the library from a folder, found again by the texts."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from articles.exchange.ledger import Ledger
from articles.exchange.picture_files import PictureFiles, key_of, original
from articles.exchange.report import Report
from articles.exchange.wxr.records import Item
from articles.exchange.wxr.survey import Survey, is_picture
from newsroom.lib.html import plain_text
from newsroom.lib.text import tidy
from newsroom.media import uploads
from newsroom.media.models import Picture

WITHOUT_A_FILE = "Pictures without a file (--media-dir names their folder)"


@dataclass
class Pictures:
    survey: Survey
    ledger: Ledger
    report: Report
    files: PictureFiles | None
    _known: dict[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A text names its pictures by address, an attachment's number or both."""
        self._numbers = {key_of(url): number for number, url in self.survey.pictures.items()}

    def take(self, item: Item) -> None:
        """Take in one attachment, or renew its caption while nobody has edited it here."""
        address = item["attachment_url"]
        if not is_picture(address):
            self.report.item("pictures", "skipped", item.label, "no picture")
            self.report.warn("Files that are no pictures stay where they were", address)
            return
        caption = tidy(plain_text(item["excerpt"] or item["content"]))[:2000]
        alternative = tidy(item.meta.get("_wp_attachment_image_alt", ""))[:500]
        words = {"title": item.title[:200], "caption": caption, "alt_text": alternative}
        checksum = item.checksum()
        entry = self.ledger.find("attachment", item.key)
        if entry is None:
            path = self.files.find(address) if self.files else None
            if path is None:
                self.report.item("pictures", "skipped", item.label, "no file")
                self.report.warn(WITHOUT_A_FILE, key_of(address))
            elif picture := self._accept(path, "attachment", item.key, checksum, words):
                self.report.item("pictures", "made", item.label, f"picture {picture.pk}")
            return
        picture = Picture.objects.filter(pk=entry.object_id).first()
        if entry.checksum == checksum:
            self.report.item("pictures", "unchanged", item.label)
        elif picture is None or mark(picture) != entry.mark:
            self.report.item("pictures", "kept", item.label, "staff have edited it here")
        else:
            with transaction.atomic():
                for name, text in words.items():
                    setattr(picture, name, text)
                picture.save()
                self.ledger.write("attachment", item.key, kind="picture", object_id=picture.pk,
                                  checksum=checksum, mark=mark(picture))  # fmt: skip
            self.report.item("pictures", "updated", item.label)

    def find(self, address: str, number: str = "") -> int | None:
        """Our picture for an image in a text; one that is no attachment comes from the folder."""
        key = key_of(address)
        for candidate in (key, original(key)):
            if candidate and candidate in self._numbers:
                return self.by_number(self._numbers[candidate])
        if key and is_picture(address):
            return self._loose(address, original(key))
        return self.by_number(number)

    def name_of(self, image: str) -> str:
        """An image as a text names it (by address, or `attachment 12`), for the report."""
        number = image.removeprefix("attachment ")
        return key_of(self.survey.pictures.get(number, image)) or image

    def by_number(self, number: str) -> int | None:
        return self._remember("attachment", number) if number else None

    def _loose(self, address: str, key: str) -> int | None:
        found = self._remember("file", key)
        path = self.files.find(address) if found is None and self.files else None
        if path and (picture := self._accept(path, "file", key, "", {})):
            found = self._known[f"file {key}"] = picture.pk
            self.report.item("pictures", "made", key, f"picture {picture.pk}")
        return found

    def _remember(self, kind: str, key: str) -> int | None:
        name = f"{kind} {key}"
        if name not in self._known:
            entry = self.ledger.find(kind, key)
            there = entry and Picture.objects.filter(pk=entry.object_id).exists()
            self._known[name] = entry.object_id if entry and there else None
        return self._known[name]

    def _accept(
        self, path: Path, kind: str, key: str, checksum: str, words: dict[str, str]
    ) -> Picture | None:
        """Developed outside the transaction, as it takes a second; row and entry in one."""
        try:
            with path.open("rb") as opened:
                file = File(opened, name=path.name)
                same = Picture.objects.same_file(uploads.checksum(file)).first()
                negative = None if same else uploads.develop(file)
            with transaction.atomic():
                picture = same or uploads.shelve(negative, Picture(**words))  # type: ignore[arg-type]
                self.ledger.write(kind, key, kind="picture", object_id=picture.pk,
                                  checksum=checksum, mark=mark(picture))  # fmt: skip
        except (ValidationError, OSError) as error:
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.report.item("pictures", "failed", f"{kind} {key}", reason)
            self.report.warn("Pictures that could not be kept", f"{path.name}: {reason}")
            return None
        return picture


def mark(picture: Picture) -> str:
    """Changes when staff edit what an import wrote."""
    words = "\n".join((picture.title, picture.caption, picture.alt_text))
    return sha256(words.encode()).hexdigest()
