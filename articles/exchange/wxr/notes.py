"""What a text lost on its way in, gathered while it is converted, for the report."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Notes:
    missing_pictures: list[str] = field(default_factory=list)
    shortcodes: Counter[str] = field(default_factory=Counter)
    # Blocks that the old system filled anew at each visit ("latest posts"): nothing to keep.
    blocks: Counter[str] = field(default_factory=Counter)
    cards: int = 0
