"""Addresses of readers."""

from django.urls import path

from articles.live.feeds import CoverageFeed
from articles.live.views import live_post, live_since

urlpatterns = [
    path("live/<id:post_id>/", live_post, name="live_post"),
    path("live/<id:article_id>/since/<id:number>/", live_since, name="live_since"),
    path("live/<id:article_id>/feed/", CoverageFeed(), name="live_feed"),
]
