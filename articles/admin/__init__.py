"""The journalism in the admin, a module for each thing staff edit."""

from articles.admin import article, author, checks, column, section, series, topic

__all__ = ["article", "author", "checks", "column", "section", "series", "topic"]
