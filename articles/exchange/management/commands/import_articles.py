"""`manage.py import_articles FILE --format wxr`: take in another system's export."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.exchange.mapping import BadMapping, Mapping, load
from articles.exchange.report import Report
from articles.exchange.wxr.importing import prepare, run
from articles.exchange.wxr.records import BrokenFile
from articles.exchange.wxr.survey import survey
from articles.exchange.wxr.telling import tell_plan, tell_survey


class Command(BaseCommand):
    help = (
        "Take in the export of another system: articles, pages, authors, sections, topics, dates, "
        "pictures, old addresses. Can be stopped and run again at any time; what staff have "
        "edited since is never overwritten. See docs/editing/importing.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the export file")
        parser.add_argument("--format", choices=["wxr"], required=True, help="wxr: WordPress")
        parser.add_argument("--media-dir", type=Path, help="folder with the old site's pictures")
        parser.add_argument("--map", type=Path, help="TOML file: categories and authors to ours")
        parser.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
        parser.add_argument("--verbose-items", action="store_true", help="a line for every item")
        parser.add_argument(
            "--max-size", type=float, default=200, metavar="MB", help="largest file (default 200)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        media_dir: Path | None = options["media_dir"]
        if not path.is_file():
            raise CommandError(f"{path} is no file.")
        if media_dir and not media_dir.is_dir():
            raise CommandError(f"{media_dir} is no folder.")
        max_bytes = int(options["max_size"] * 1_000_000)
        report = Report(self.stdout.write, every_item=options["verbose_items"])
        try:
            mapping = load(options["map"]) if options["map"] else Mapping()
            with path.open("rb") as file:
                found = survey(file, max_bytes=max_bytes)
                tell_survey(found, self.stdout.write)
                job = prepare(found, mapping, report, media_dir=media_dir)
                tell_plan(
                    job, self.stdout.write, everything=options["dry_run"] or report.every_item
                )
                if options["dry_run"]:
                    self.stdout.write("\nDry run: nothing was written.")
                    return
                run(job, file, max_bytes=max_bytes)
        except BrokenFile as error:
            raise CommandError(f"{path}, {error}. {_written(report)}") from error
        except (BadMapping, OSError) as error:
            raise CommandError(f"{error}. {_written(report)}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {_written(report)} Run it again to go on.") from None
        report.summary()


def _written(report: Report) -> str:
    changes = report.changes()
    return f"{changes} changes were made before." if changes else "Nothing was written."
