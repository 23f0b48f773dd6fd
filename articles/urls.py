"""Addresses of the journalism; a section's own address is in the address book.

Home and the opinion front are in articles/fronts/urls.py.
"""

from django.urls import path

from articles.feeds import views as feeds
from articles.feeds.formats import in_every_format
from articles.list_changes import Kind
from articles.views import (
    archive,
    article,
    corrections,
    lists,
    preview,
    search,
    series,
    share_card,
    sitemaps,
    topic,
)
from articles.views.feeds import feeds_opml, feeds_page

urlpatterns = [
    *in_every_format("", feeds.paper, "feed"),
    path("feeds/", feeds_page, name="feeds"),
    path("feeds/opml/", feeds_opml, name="feeds_opml"),
    *in_every_format("corrections/", feeds.corrected, "corrections_feed"),
    # Before the section that may bear the same name: the page is that of all opinion.
    *in_every_format("opinion/", feeds.opinion, "opinion_feed"),
    *in_every_format("topic/<name:slug>/", feeds.named, "topic_feed", {"kind": Kind.TOPIC}),
    *in_every_format("author/<name:slug>/", feeds.named, "author_feed", {"kind": Kind.AUTHOR}),
    *in_every_format("series/<name:slug>/", feeds.named, "series_feed", {"kind": Kind.SERIES}),
    *in_every_format("opinion/<name:slug>/", feeds.named, "column_feed", {"kind": Kind.COLUMN}),
    *in_every_format("<name:slug>/", feeds.named, "section_feed", {"kind": Kind.SECTION}),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("topic/<name:slug>/", topic.topic, name="topic"),
    path("author/<name:slug>/", lists.author, name="author"),
    path("series/<name:slug>/", series.series, name="series"),
    path("corrections/", corrections.corrections_page, name="corrections"),
    path(
        "share-card/<id:article_id>-<digest:digest>.jpg", share_card.share_card, name="share_card"
    ),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/", archive.year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", archive.month, name="archive_month"),
    path("archive/<year:year>/<month:month>/<day:day>/", archive.day, name="archive_day"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news_sitemap, name="news_sitemap"),
    # All at the root: a sitemap may only name what lies in or below its own folder.
    path("sitemap-<year:year>-<month:month>.xml", sitemaps.month, name="sitemap_month"),
    path(
        "sitemap-<year:year>-<month:month>-<id:part>.xml",
        sitemaps.month,
        name="sitemap_month_part",
    ),
    path("sitemap-<name:what>-<id:part>.xml", sitemaps.of, name="sitemap_of_part"),
    path("sitemap-<name:what>.xml", sitemaps.of, name="sitemap_of"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    # Before columns: an article's address ends in a hyphen and digits, a column's may not.
    path("<name:section>/<name:slug>-<id:article_id>/", article.article, name="article"),
    path(
        "<name:section>/<name:slug>-<id:article_id>/versions/",
        corrections.versions_page,
        name="versions",
    ),
    path("opinion/<name:slug>/", lists.column, name="column"),
]
