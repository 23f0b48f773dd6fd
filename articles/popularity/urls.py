"""Addresses of readers; "count" is no window."""

from django.urls import path

from articles.popularity import views

urlpatterns = [
    path("most-read/", views.most_read, name="most_read"),
    path("most-read/count/", views.count, name="count_reading"),
    path("most-read/<slug:window>/", views.most_read, name="most_read_window"),
    path("most-read/<slug:window>/<name:section>/", views.most_read, name="most_read_section"),
]
