"""Addresses of readers."""

from django.urls import URLPattern, path

from articles.breaking.feeds import BreakingFeed
from articles.breaking.views import breaking_now_view, breaking_page, ticker_page

urlpatterns: list[URLPattern] = [
    path("breaking/", breaking_page, name="breaking"),
    path("breaking/now/", breaking_now_view, name="breaking_now"),
    path("breaking/feed/", BreakingFeed(), name="breaking_feed"),
    path("ticker/", ticker_page, name="ticker"),
]
