"""Addresses at the root of the site: a worker rules over the folder it is served from."""

from django.urls import path

from newsroom.webapp.views import manifest, offline, worker

urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("service-worker.js", worker, name="service_worker"),
    path("offline/", offline, name="offline"),
]
