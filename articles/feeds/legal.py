"""What no feed can hold. One such character, pasted into a headline, would take the feed away."""

import re
from typing import Any

# What XML 1.0 cannot hold, not even escaped; lone surrogates among it.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(value: Any) -> Any:
    """Text without it, or all texts in a list or dictionary; anything else as it is."""
    if isinstance(value, str):
        return _ILLEGAL.sub("", value)
    if isinstance(value, dict):
        return {key: legal(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [legal(each) for each in value]
    return value
