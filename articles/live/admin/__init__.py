"""Live coverage in the admin."""

from articles.live.admin.coverage import CoverageAdmin

__all__ = ["CoverageAdmin"]
