"""Addresses of readers: whatever follows `/lite/` is the address of the full page."""

from django.urls import path

from articles.lite.views import lite

urlpatterns = [
    path("lite/", lite, name="lite"),
    path("lite/<path:address>", lite, name="lite_page"),
]
