"""The desk's copy (article, byline, revision), what orders it (section, topic, author, column) and
what readers see (published)."""

from articles.models.article import Article, ArticleTopic, Byline
from articles.models.author import Author, AuthorLink
from articles.models.column import Column, ColumnAuthor
from articles.models.history import History, Tombstone
from articles.models.published import (
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
)
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.topic import Topic, TopicAlias

__all__ = [
    "Article",
    "ArticleTopic",
    "Author",
    "AuthorLink",
    "Byline",
    "Column",
    "ColumnAuthor",
    "History",
    "PublishedArticle",
    "PublishedByline",
    "PublishedSection",
    "PublishedTopic",
    "Revision",
    "Section",
    "Tombstone",
    "Topic",
    "TopicAlias",
]
