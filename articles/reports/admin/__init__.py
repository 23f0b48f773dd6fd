"""The desk's queue of error reports."""

from articles.reports.admin.queue import ErrorReportAdmin

__all__ = ["ErrorReportAdmin"]
