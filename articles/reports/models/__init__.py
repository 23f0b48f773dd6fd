"""The tables of error reports."""

from articles.reports.models.report import PASSAGE_LENGTH, TEXT_LENGTH, ErrorReport

__all__ = ["PASSAGE_LENGTH", "TEXT_LENGTH", "ErrorReport"]
