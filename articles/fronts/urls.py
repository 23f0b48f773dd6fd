"""Addresses of readers; a section's own address is in the address book."""

from django.urls import path

from articles.fronts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("opinion/", views.opinion, name="opinion"),
]
