"""Addresses of the journalism; a section's own address is in the address book.

Home and the opinion front are in articles/fronts/urls.py.
"""

from django.urls import path

from articles import feeds
from articles.views import article, corrections, lists, preview, series, topic

urlpatterns = [
    path("feed/", feeds.PaperFeed(), name="feed"),
    path("topic/<name:slug>/", topic.topic, name="topic"),
    path("author/<name:slug>/", lists.author, name="author"),
    path("series/<name:slug>/", series.series, name="series"),
    path("corrections/", corrections.corrections_page, name="corrections"),
    path("corrections/feed/", feeds.CorrectionsFeed(), name="corrections_feed"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("<name:section>/feed/", feeds.SectionFeed(), name="section_feed"),
    # Before columns: an article's address ends in a hyphen and digits, a column's may not.
    path("<name:section>/<name:slug>-<id:article_id>/", article.article, name="article"),
    path(
        "<name:section>/<name:slug>-<id:article_id>/versions/",
        corrections.versions_page,
        name="versions",
    ),
    path("opinion/<name:slug>/", lists.column, name="column"),
    path("opinion/<name:slug>/feed/", feeds.ColumnFeed(), name="column_feed"),
]
