"""Addresses of readers."""

from django.urls import URLPattern, path

from articles.breaking.feeds import breaking_feed
from articles.breaking.views import breaking_now_view, breaking_page, ticker_page
from articles.feeds.formats import in_every_format

urlpatterns: list[URLPattern] = [
    path("breaking/", breaking_page, name="breaking"),
    path("breaking/now/", breaking_now_view, name="breaking_now"),
    *in_every_format("breaking/", breaking_feed, "breaking_feed"),
    path("ticker/", ticker_page, name="ticker"),
]
