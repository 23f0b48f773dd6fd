"""All addresses of the site, in the order they are tried."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, register_converter

from newsroom.accounts.me import me
from newsroom.addresses.views import dispatch
from newsroom.lib.dates import DayConverter, MonthConverter, YearConverter
from newsroom.lib.slugs import DigestConverter, IdConverter, SlugConverter

register_converter(SlugConverter, "name")
register_converter(IdConverter, "id")
register_converter(DigestConverter, "digest")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DayConverter, "day")

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("accounts/", include("newsroom.accounts.urls")),
    path("me/", me, name="me"),
    path("media/", include("newsroom.media.urls")),
    path("newsletter/", include("newsletter.urls")),
    path("", include("newsroom.pages.urls")),
    path("", include("newsroom.webapp.urls")),
    path("", include("articles.reports.urls")),
    # Before the journalism's own: fronts take home and the opinion front over.
    path("", include("articles.fronts.urls")),
    path("", include("articles.popularity.urls")),
    path("", include("articles.breaking.urls")),
    path("", include("articles.live.urls")),
    path("", include("articles.lite.urls")),
    path("", include("articles.urls")),
    # Whatever has a one-segment address of its own: sections and pages.
    path("<name:segment>/", dispatch, name="address"),
]

handler404 = "newsroom.addresses.lost.not_found"
handler500 = "newsroom.errors.server_error"
