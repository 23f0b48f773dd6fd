"""The journalism in the admin, a module for each thing staff edit."""

from articles.admin import article, author, column, section, topic

__all__ = ["article", "author", "column", "section", "topic"]
