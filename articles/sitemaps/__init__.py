"""Sitemaps: every live article by month, every list and page, the news of 48 hours, their index."""
