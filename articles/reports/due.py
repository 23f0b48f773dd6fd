"""What time does to reports: the tick calls `forget_addresses` once a day."""

from datetime import datetime, timedelta

from articles.reports.models import ErrorReport

KEPT_FOR = timedelta(days=90)
# Rows a run, so that no transaction holds SQLite's write lock for long.
BATCH = 500


def forget_addresses(at: datetime) -> int:
    """Delete the e-mail addresses of reports closed 90 days ago; how many.

    The report itself stays: it belongs to the article's history.
    """
    lapsed = ErrorReport.objects.filter(closed_at__lt=at - KEPT_FOR).exclude(email="")
    some = list(lapsed.values_list("pk", flat=True)[:BATCH])
    return ErrorReport.objects.filter(pk__in=some).update(email="")
