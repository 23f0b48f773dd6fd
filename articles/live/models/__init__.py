"""The coverage of one event and its posts."""

from articles.live.models.coverage import Coverage
from articles.live.models.post import LivePost

__all__ = ["Coverage", "LivePost"]
