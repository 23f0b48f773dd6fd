"""The confirmed subscribers of a newsletter as CSV, a row at a time, safe to open as a sheet."""

import csv
from collections.abc import Iterator

from newsletter.mails import unsubscribe_link
from newsletter.models import Newsletter, Subscription

HEADINGS = ("email", "newsletter", "confirmed_at", "unsubscribe")
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What csv.writer writes to: hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def cell(text: str) -> str:
    """The text, kept from being a formula by an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA) else text


def rows(newsletter: Newsletter) -> Iterator[str]:
    """The lines of the file, UTF-8; memory does not grow with the number of subscribers."""
    writer = csv.writer(_Line())
    yield writer.writerow(HEADINGS)
    confirmed = (
        Subscription.objects.confirmed()
        .filter(newsletter=newsletter)
        .select_related("subscriber")
        .order_by("pk")
    )
    for subscription in confirmed.iterator(chunk_size=1000):
        when = subscription.confirmed_at
        yield writer.writerow(
            [
                cell(subscription.subscriber.email),
                cell(newsletter.name),
                when.isoformat(timespec="seconds") if when else "",
                unsubscribe_link(subscription),
            ]
        )
