"""How long a page is shown before it is made anew for safety, while nothing it shows has changed.

Freshness does not come from here: changes purge by tag, and the clock by `tags.fresh_until`.
"""

from enum import Enum


class Lifetime(float, Enum):
    """In seconds. A page past it is still shown, and made anew behind the reader's back."""

    # Fronts and lists: what editors and readers look at all day.
    FRONT = 60.0
    # Articles, and what stands by itself.
    STORY = 600.0
