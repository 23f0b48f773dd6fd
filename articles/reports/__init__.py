"""Readers' error reports: from a passage of a live article to the desk's queue, and an answer."""
