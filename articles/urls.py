"""Addresses of the journalism; a section's own address is in the address book."""

from django.urls import path

from articles import feeds
from articles.views import article, lists

urlpatterns = [
    path("", lists.home, name="home"),
    path("feed/", feeds.PaperFeed(), name="feed"),
    path("topic/<name:slug>/", lists.topic, name="topic"),
    path("author/<name:slug>/", lists.author, name="author"),
    path("opinion/", lists.opinion, name="opinion"),
    path("<name:section>/feed/", feeds.SectionFeed(), name="section_feed"),
    # Before columns: an article's address ends in a hyphen and digits, a column's may not.
    path("<name:section>/<name:slug>-<id:article_id>/", article.article, name="article"),
    path("opinion/<name:slug>/", lists.column, name="column"),
]
