"""The archive by year, month and day: its numbers, and the reading of them."""
