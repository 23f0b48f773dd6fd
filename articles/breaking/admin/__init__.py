"""Breaking news in the admin."""

from articles.breaking.admin.items import BreakingItemAdmin

__all__ = ["BreakingItemAdmin"]
