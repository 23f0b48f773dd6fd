"""The confirmed subscribers of a newsletter as CSV, a row at a time, safe to open as a sheet."""

from collections.abc import Iterator

from newsletter.mails import unsubscribe_link
from newsletter.models import Newsletter, Subscription
from newsroom.lib.sheets import lines

HEADINGS = ("email", "newsletter", "confirmed_at", "unsubscribe")


def rows(newsletter: Newsletter) -> Iterator[str]:
    """The lines of the file, UTF-8; memory does not grow with the number of subscribers."""
    confirmed = (
        Subscription.objects.confirmed()
        .filter(newsletter=newsletter)
        .select_related("subscriber")
        .order_by("pk")
    )
    return lines(
        HEADINGS,
        (
            (
                subscription.subscriber.email,
                newsletter.name,
                when.isoformat(timespec="seconds") if (when := subscription.confirmed_at) else "",
                unsubscribe_link(subscription),
            )
            for subscription in confirmed.iterator(chunk_size=1000)
        ),
    )
