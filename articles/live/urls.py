"""Addresses of readers."""

from django.urls import path

from articles.feeds.formats import in_every_format
from articles.live.feeds import coverage_feed
from articles.live.views import live_post, live_since

urlpatterns = [
    path("live/<id:post_id>/", live_post, name="live_post"),
    path("live/<id:article_id>/since/<id:number>/", live_since, name="live_since"),
    *in_every_format("live/<id:article_id>/", coverage_feed, "live_feed"),
]
