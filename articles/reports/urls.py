"""Addresses of readers' error reports."""

from django.urls import path

from articles.reports.views import report, report_sent

urlpatterns = [
    path("report/<id:article_id>/", report, name="report"),
    path("report/<id:article_id>/sent/", report_sent, name="report_sent"),
]
