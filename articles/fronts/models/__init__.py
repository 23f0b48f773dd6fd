"""The front, its arrangements (draft, planned, live, past) and what readers saw of it."""

from articles.fronts.models.arrangement import Arrangement
from articles.fronts.models.front import Front
from articles.fronts.models.kept import KeptDraft
from articles.fronts.models.record import Record, Standing

__all__ = ["Arrangement", "Front", "KeptDraft", "Record", "Standing"]
