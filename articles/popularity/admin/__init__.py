"""Most read in the admin: what is kept out and why, and the numbers."""

from articles.popularity.admin.exclusions import ExclusionAdmin

__all__ = ["ExclusionAdmin"]
