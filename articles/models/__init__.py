"""The desk's copy (article, byline, revision), what orders it (section, topic, author, column),
what readers see (published, change) and what the desk keeps beside it (history, editing, links)."""

from articles.models.archive import ArchivePeriod, Calendar
from articles.models.article import Article, ArticleTopic, Byline
from articles.models.author import Author, AuthorLink
from articles.models.change import Change
from articles.models.check_level import CheckLevel
from articles.models.column import Column, ColumnAuthor
from articles.models.editing import Autosave, Presence
from articles.models.history import History, Tombstone
from articles.models.list_change import ListChange, Unannounced
from articles.models.preview_link import PreviewLink
from articles.models.published import (
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
)
from articles.models.revision import Revision
from articles.models.search import DeskEntry, SearchEntry
from articles.models.section import Section
from articles.models.series import Series, SeriesPart
from articles.models.topic import Topic, TopicAlias
from articles.models.topic_merge import NotTwins, TopicMerge

__all__ = [
    "ArchivePeriod",
    "Article",
    "ArticleTopic",
    "Author",
    "AuthorLink",
    "Autosave",
    "Byline",
    "Calendar",
    "Change",
    "CheckLevel",
    "Column",
    "ColumnAuthor",
    "DeskEntry",
    "History",
    "ListChange",
    "NotTwins",
    "Presence",
    "PreviewLink",
    "PublishedArticle",
    "PublishedByline",
    "PublishedSection",
    "PublishedTopic",
    "Revision",
    "SearchEntry",
    "Section",
    "Series",
    "SeriesPart",
    "Tombstone",
    "Topic",
    "TopicAlias",
    "TopicMerge",
    "Unannounced",
]
