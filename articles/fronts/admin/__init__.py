"""Fronts in the admin."""

from articles.fronts.admin.front import FrontAdmin

__all__ = ["FrontAdmin"]
